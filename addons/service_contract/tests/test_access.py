from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ServiceCase


@tagged("post_install", "-at_install")
class TestAccess(ServiceCase):
    def test_rival_reads_and_writes_nothing(self):
        contract = self._contract()
        contract.action_activate()
        offer = self._offer()
        for records in (contract, contract.visit_ids, offer):
            rival = records.with_user(self.manager_b)
            with self.assertRaises(AccessError):
                rival.read([])
            with self.assertRaises(AccessError):
                rival.write({"date" if "date" in rival else "note": False})
            self.assertFalse(rival.search([]))

    def test_rivals_machine_is_not_covered(self):
        # an AccessError, or a UserError that names the two companies: either is one
        with self.assertRaises(UserError):
            self.env["service.contract"].with_user(self.manager_b).create(
                {
                    "partner_id": self.customer_b.id,
                    "plan_id": self.plan.id,
                    "unit_ids": self.unit.ids,
                }
            )

    def test_technician_reads_contracts(self):
        contract = self._contract()
        self.assertTrue(contract.with_user(self.technician_a).read(["name"]))
        with self.assertRaises(AccessError):
            contract.with_user(self.technician_a).write({"amount": 1})

    def test_buttons_are_shown_to_who_may_press_them(self):
        buttons = {
            "service.offer": ["action_accept", "action_ask_refusal", "action_reopen"],
            "service.contract": ["action_activate", "action_renew", "action_cancel"],
        }
        for model, names in buttons.items():
            for user, may in ((self.manager_a, True), (self.technician_a, False)):
                arch = self.env[model].with_user(user).get_view(view_type="form")["arch"]
                for name in names:
                    self.assertEqual(f'name="{name}"' in arch, may, (user.login, name))

    def test_shared_plans_are_changed_by_their_keeper_only(self):
        with self.assertRaises(AccessError):
            self.plan.with_user(self.manager_a).name = "Mine"
        own = (
            self.env["service.plan"]
            .with_user(self.manager_a)
            .create({"name": "Own", "code": "OWN"})
        )
        self.assertEqual(own.company_id, self.company_a)
        with self.assertRaises(AccessError):
            own.with_user(self.manager_b).read(["name"])
