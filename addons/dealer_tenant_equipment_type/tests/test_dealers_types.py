"""Two dealers: each keeps types of its own, and gets at nothing of the other's."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.dealer_tenant.tests.common import DealerTenantCase

KINDS = [
    "equipment.parameter",
    "equipment.parameter.choice",
    "equipment.parameter.value",
    "equipment.type",
]


@tagged("post_install", "-at_install")
class TestDealersTypes(DealerTenantCase):
    def test_every_kind_is_made_and_every_door_stays_shut(self):
        self.patch(self.env.registry["dealer.isolation.check"], "_kinds", lambda check: list(KINDS))
        check = self.env["dealer.isolation.check"].run(self.dealer_a, self.dealer_b)
        self.assertEqual(
            {line.model: line.verdict for line in check.line_ids},
            dict.fromkeys(KINDS, "tight"),
            check.line_ids.mapped("reason"),
        )

    def _head_of(self, dealer_seller):
        self._grant(dealer_seller, "equipment_type.group_equipment_manager")
        return dealer_seller

    def test_a_dealer_reads_what_is_shared_and_changes_only_its_own(self):
        shared = self.env["equipment.type"].create({"name": "Pump", "code": "test_pump"})
        head = self._head_of(self.seller_a)
        self.assertTrue(self._sees(head, shared))
        with self.assertRaises(AccessError):
            shared.with_user(head).name = "mine"
        own = self._as(head, "equipment.type").create(
            {"name": "Own", "code": "own", "parent_id": shared.id}
        )
        self.assertEqual(own.company_id, self.dealer_a.company_id)
        self.assertFalse(self._sees(self.seller_b, own))

    def test_a_dealer_cannot_share_its_type_with_everybody(self):
        head = self._head_of(self.seller_a)
        for model_name in ("equipment.type", "equipment.parameter"):
            own = self._as(head, model_name).create({"name": "Own", "code": "own"})
            own.company_id = False
            self.assertEqual(own.company_id, self.dealer_a.company_id, model_name)
            with self.assertRaises(AccessError):
                own.company_id = self.dealer_b.company_id
            self.assertFalse(self._sees(self.seller_b, own))

    def test_who_leads_a_dealer_keeps_its_types(self):
        manager = self.env.ref("equipment_type.group_equipment_manager")
        keeper = self.env.ref("equipment_type.group_shared_manager")
        for role in ("head_of_sales", "principal"):
            groups = self.env.ref(f"dealer_tenant.user_role_{role}").group_id.all_implied_ids
            self.assertIn(manager, groups)
            self.assertNotIn(keeper, groups)
