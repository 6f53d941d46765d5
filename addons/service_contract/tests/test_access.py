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
