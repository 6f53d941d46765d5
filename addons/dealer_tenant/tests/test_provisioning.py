from contextlib import suppress
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.queue_job.tests.common import trap_jobs

from .common_provisioning import ProvisioningCase


@tagged("post_install", "-at_install")
class TestProvisioning(ProvisioningCase):
    def test_full_dealer_gets_flat_company_of_its_own(self):
        self._provision(self.dealer)
        company = self.dealer.company_id
        self.assertEqual(company.name, "Provisioned Pumps")
        self.assertFalse(company.parent_id)
        self.assertEqual(company.partner_id, self.dealer.partner_id)
        self.assertEqual(company.network_company_id, self.oem_company)
        self.assertEqual(company.currency_id, self.dealer.currency_id)
        self.assertEqual(self.dealer.provisioning_state, "done")
        self.assertEqual(self.dealer.provisioning_progress, 100)

    def test_staff_gets_logins_in_the_tenant_with_groups_of_the_role(self):
        self._provision(self.dealer)
        principal, seller = self.principal_line.user_id, self.seller_line.user_id
        self.assertEqual(principal.login, "paula.prime@people.example")
        self.assertEqual(principal.company_ids, self.dealer.company_id)
        self.assertTrue(principal.has_group("dealer_network.group_dealer_manager"))
        self.assertTrue(seller.has_group("base.group_user"))
        self.assertTrue(seller.has_group("dealer_network.group_dealer_user"))
        self.assertFalse(seller.has_group("dealer_network.group_dealer_manager"))
        self.assertEqual(
            seller.role_line_ids.role_id, self.env.ref("dealer_tenant.user_role_salesperson")
        )
        self.assertEqual(seller.dealer_scope_ids, self.dealer)
        self.assertEqual(
            seller.with_user(seller).company_id.name,
            "Provisioned Pumps",
            "the seller signs in to the dealer's company",
        )

    def test_second_run_writes_nothing(self):
        light = self._create_dealer("T-P2", "Light one", "type_dealer", mode="light")
        self._create_staff(light, "role_principal", "Lena Light")
        connected = self._create_dealer("T-P3", "Connected one", "type_dealer", mode="connected")
        dealers = self.dealer | light | connected
        self._provision(dealers)
        self.assertEqual(self._writes(dealers._provision), [])

    def test_interrupted_run_continues_where_it_was(self):
        """A job that died after the company finds it again instead of making a second one."""
        self.dealer._provision_company()
        company = self.dealer.company_id
        self._provision(self.dealer)
        self.assertEqual(self.dealer.company_id, company)
        self.assertEqual(
            self.env["res.company"].search_count([("name", "=like", "Provisioned Pumps%")]), 1
        )
        self.assertTrue(self.seller_line.user_id)

    def test_oem_users_do_not_become_members(self):
        with trap_jobs() as trap:
            self.dealer.with_user(self.oem_admin).action_provision()
            self._run(trap)
        self.assertEqual(self.dealer.provisioning_state, "done")
        members = self.dealer.company_id.with_context(active_test=False).user_ids
        self.assertNotIn(self.oem_admin, members)
        self.assertEqual(
            members - self.env.ref("base.user_root"),
            self.principal_line.user_id | self.seller_line.user_id,
        )
        self.assertEqual(self.oem_admin.company_ids, self.oem_company)

    def test_company_picked_by_hand_loses_its_oem_members(self):
        company = self.env["res.company"].create({"name": "Made by hand"})
        self.oem_user.company_ids += company
        self.dealer.company_id = company
        self.assertEqual(self.oem_user.company_ids, self.oem_company)

    def test_namesakes_carry_their_code(self):
        twins = self._create_dealer("T-P4", "Twin", "type_dealer") | self._create_dealer(
            "T-P5", "Twin", "type_dealer"
        )
        self._provision(twins)
        self.assertEqual(twins.company_id.mapped("name"), ["Twin (T-P4)", "Twin (T-P5)"])

    def test_light_dealer_works_in_the_lobby_without_capability_groups(self):
        light = self._create_dealer("T-P6", "Light one", "type_dealer", mode="light")
        line = self._create_staff(light, "role_salesperson", "Lena Light")
        self._provision(light)
        self.assertFalse(light.company_id)
        self.assertEqual(line.user_id.company_ids, self.lobby)
        self.assertEqual(
            line.user_id.role_line_ids.role_id, self.env.ref("dealer_tenant.user_role_light")
        )
        self.assertFalse(line.user_id.has_group("base.group_multi_company"))

    def test_connected_dealer_gets_an_api_user_only(self):
        connected = self._create_dealer("T-P7", "Connected one", "type_dealer", mode="connected")
        line = self._create_staff(connected, "role_principal", "Cora Connected")
        self._provision(connected)
        user = connected.api_user_id
        self.assertEqual(user.login, "api.t-p7")
        self.assertEqual(user.all_group_ids, self.env.ref("dealer_network.group_dealer_api"))
        self.assertEqual(user.company_ids, self.lobby)
        self.assertEqual(user.dealer_scope_ids, connected)
        self.assertEqual(user.dealer_id, connected)
        self.assertFalse(line.user_id)
        self.assertFalse(connected.company_id)

    def test_scope_of_api_user_survives_a_change_in_the_tree(self):
        connected = self._create_dealer("T-P7", "Connected one", "type_dealer", mode="connected")
        self._provision(connected)
        connected.parent_id = self.importer
        self.assertEqual(connected.api_user_id.dealer_scope_ids, connected)

    def test_people_without_address_are_named_and_the_rest_is_done(self):
        self.seller_line.person_id.email = False
        self._provision(self.dealer)
        self.assertEqual(self.dealer.provisioning_state, "done")
        self.assertIn("Sam Seller", self.dealer.provisioning_message)
        self.assertTrue(self.principal_line.user_id)
        self.assertFalse(self.seller_line.user_id)

    def test_prospects_are_refused_by_name(self):
        prospect = self._create_dealer("T-P8", "Prospect", "type_dealer", state="prospect")
        with self.assertRaisesRegex(UserError, "Prospect"):
            prospect.with_user(self.oem_admin).action_provision()

    def test_chart_of_accounts_is_not_loaded_unasked(self):
        self.dealer.country_id = self.env.ref("base.fr")
        self._provision(self.dealer)
        if "chart_template" in self.env["res.company"]._fields:
            self.assertFalse(self.dealer.company_id.chart_template)
        self.assertFalse(self.dealer.company_id.install_l10n_modules())


@tagged("post_install", "-at_install")
class TestProvisioningAccess(ProvisioningCase):
    def test_only_administrators_provision(self):
        for user in (self.oem_user, self.oem_manager, self.principal_a, self.seller_b):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.dealer_a.with_user(user).action_provision()

    def test_rival_cannot_read_the_progress(self):
        with self.assertRaises(AccessError):
            self.dealer_a.with_user(self.principal_b).read(["provisioning_state"])

    def test_only_administrators_change_the_mode(self):
        self._provision(self.dealer)
        for user in (self.oem_manager, self.seller_a):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.dealer.with_user(user).mode = "light"


@tagged("post_install", "-at_install")
class TestProvisioningJobs(ProvisioningCase):
    def test_one_job_per_dealer_whatever_often_it_is_asked_for(self):
        other = self._create_dealer("T-P9", "Other", "type_dealer")
        dealers = (self.dealer | other).with_user(self.oem_admin)
        with trap_jobs() as trap:
            action = dealers.action_provision()
            dealers.action_provision()
            trap.assert_jobs_count(2)
            self.assertEqual({job.channel for job in trap.enqueued_jobs}, {"root.provisioning"})
            self.assertEqual(set(dealers.mapped("provisioning_state")), {"queued"})
            self._run(trap)
        self.assertEqual(set(dealers.mapped("provisioning_state")), {"done"})
        self.assertEqual(action["domain"], [("id", "in", dealers.ids)])

    def _provision_by_job(self, error=None):
        with trap_jobs() as trap:
            self.dealer.with_user(self.oem_admin).action_provision()
            if error:
                # not assertRaises: it would roll back what the job committed
                with suppress(error), self.assertLogs("odoo.addons.dealer_tenant"):
                    self._run(trap)
            else:
                self._run(trap)
        self.env.invalidate_all()

    def test_failure_is_shown_in_words_and_can_be_tried_again(self):
        new_test_user(self.env, "sam.seller@people.example")
        self._provision_by_job(UserError)
        self.assertEqual(self.dealer.provisioning_state, "failed")
        self.assertIn("Sam Seller", self.dealer.provisioning_message)
        self.assertIn("sam.seller@people.example", self.dealer.provisioning_message)
        company = self.dealer.company_id
        self.assertTrue(company, "what was done before the failure stays")
        self.seller_line.person_id.email = "sam@seller.example"
        self._provision_by_job()
        self.assertEqual(self.dealer.provisioning_state, "done")
        self.assertFalse(self.dealer.provisioning_message)
        self.assertEqual(self.dealer.company_id, company)

    def test_unexpected_error_says_where_to_look(self):
        failing = patch.object(
            type(self.dealer), "_provision_users", autospec=True, side_effect=KeyError("boom")
        )
        with failing:
            self._provision_by_job(KeyError)
        self.assertEqual(self.dealer.provisioning_state, "failed")
        self.assertIn("boom", self.dealer.provisioning_message)
        self._provision_by_job()
        self.assertEqual(self.dealer.provisioning_state, "done")

    def test_job_may_commit_after_each_step(self):
        function = self.env.ref("dealer_tenant.queue_job_function_provision")
        self.assertEqual(function.name, "<dealer.dealer>._provision_job")
        self.assertEqual(function.channel, "root.provisioning")
        self.assertTrue(function.allow_commit)
        commits = []
        job = self.dealer.with_context(job_uuid="a job of the queue")
        with patch.object(self.env.cr, "commit", lambda: commits.append(1)):
            job._provision_job()
        steps = len(self.env["dealer.dealer"]._provisioning_steps())
        self.assertEqual(len(commits), steps + 1)
