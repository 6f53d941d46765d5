from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.queue_job.tests.common import trap_jobs

from ..tools.isolation_prober import Prober
from .common import DealerTenantCase

KINDS = ["res.partner", "res.users", "res.partner.category", "ir.filters", "mail.template"]


@tagged("post_install", "-at_install")
class TestIsolationCheck(DealerTenantCase):
    def setUp(self):
        super().setUp()
        kinds = [kind for kind in KINDS if kind in self.env]
        self.patch(self.env.registry["dealer.isolation.check"], "_kinds", lambda check: list(kinds))

    def _run(self):
        return self.env["dealer.isolation.check"].run(self.dealer_a, self.dealer_b)

    def test_every_kind_is_made_and_every_door_stays_shut(self):
        check = self._run()
        self.assertEqual(check.line_ids.mapped("made"), ["form"] * len(KINDS))
        self.assertEqual(set(check.line_ids.mapped("verdict")), {"tight"})
        self.assertEqual(check.state, "tight")
        self.assertEqual(check.problem_count, 0)
        self.assertTrue(all(check.line_ids.mapped("owner_sees")))
        self.assertIn("got nothing", check.headline)

    @mute_logger("odoo.sql_db")
    def test_an_open_door_is_found(self):
        """The check is worth something only if it can fail."""
        self._policy("res.partner.category").tenancy_class = "technical"
        check = self._run()
        line = check.line_ids.filtered(lambda line: line.model == "res.partner.category")
        self.assertEqual(line.verdict, "leak")
        self.assertEqual(line.doors["search.orm"], "leak")
        self.assertEqual(line.doors["read.rpc"], "leak")
        self.assertEqual(line.doors["delete.orm"], "leak")
        self.assertEqual(line.door_write, "LEAK")
        self.assertEqual(check.state, "leak")
        check.invalidate_recordset(["line_ids"])
        self.assertEqual(check.line_ids[0], line, "leaks come first")

    def test_nothing_is_left_behind(self):
        def counts():
            self.env.flush_all()
            return {
                name: self.env[name].with_context(active_test=False).search_count([])
                for name in (
                    *KINDS,
                    "res.company",
                    "dealer.dealer",
                    "dealer.staff",
                    "dealer.person",
                    "mail.message",
                    "mail.mail",
                    "ir.attachment",
                )
            }

        before = counts()
        self.env["dealer.isolation.check"]._check_dealer(self.dealer_a)
        self.assertEqual(counts(), before)

    def test_a_principal_checks_its_own_dealer(self):
        with trap_jobs() as jobs:
            action = self.dealer_a.with_user(self.principal_a).action_check_isolation()
            check = self._as(self.principal_a, "dealer.isolation.check").browse(action["res_id"])
            self.assertEqual(check.state, "running")
            self.assertIn("You may leave", check.headline)
            self.assertEqual(self.dealer_a.isolation_state, "none", "nothing is proven yet")
            # as the queue does: on a cursor of its own that may commit
            self.env.flush_all()
            with self.enter_registry_test_mode():
                jobs.perform_enqueued_jobs()
            self.env.invalidate_all()
        self.assertEqual(check.state, "tight")
        self.assertEqual(check.rival_name, "A synthetic rival")
        self.assertTrue(check.line_ids.read(["door_search", "verdict"]))
        self.assertEqual(self.dealer_a.isolation_state, "tight")

    def test_a_second_press_joins_the_check_underway(self):
        dealer = self.dealer_a.with_user(self.principal_a)
        with trap_jobs() as jobs:
            first = dealer.action_check_isolation()
            self.assertEqual(dealer.action_check_isolation()["res_id"], first["res_id"])
            jobs.assert_jobs_count(1)

    def test_a_check_that_breaks_says_so(self):
        def broken(check):
            raise ValueError("The probe has no battery")

        self.patch(self.env.registry["dealer.isolation.check"], "_kinds", broken)
        with mute_logger("odoo.addons.dealer_tenant.models.dealer_isolation_check"):
            check = self.env["dealer.isolation.check"]._check_dealer(self.dealer_a)
        self.assertEqual((check.state, check.message), ("failed", "The probe has no battery"))
        self.assertEqual(self.dealer_a.isolation_state, "none")

    def test_nobody_else_checks_it(self):
        for user in (self.seller_a, self.principal_b, self.oem_user):
            with self.assertRaises(AccessError):
                self.env["dealer.isolation.check"].with_user(user)._check_dealer(
                    self.dealer_a.with_user(user)
                )

    def test_a_rival_does_not_read_the_result(self):
        check = self.env["dealer.isolation.check"]._check_dealer(self.dealer_a)
        self.assertFalse(self._sees(self.principal_b, check))
        self.assertTrue(self._sees(self.oem_user, check))

    def test_run_cannot_be_called_from_outside(self):
        self.assertTrue(self.env.registry["dealer.isolation.check"].run._api_private)

    def test_the_intruder_has_every_right_a_dealer_can_have(self):
        groups = self.env["dealer.isolation.check"]._widest_groups()
        self.assertIn(self.env.ref("base.group_partner_manager"), groups)
        self.assertNotIn(self.env.ref("base.group_system"), groups)
        self.assertNotIn(self.env.ref("dealer_network.group_network_user"), groups)
        self.assertNotIn(self.env.ref("dealer_network.group_dealer_api"), groups)

    def test_an_administrator_is_no_intruder(self):
        with self.assertRaises(AssertionError):
            Prober(self.env)
