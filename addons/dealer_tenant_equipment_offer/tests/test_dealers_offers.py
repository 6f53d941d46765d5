"""Two dealers: each selects and offers for itself, and gets at nothing of the other's."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.dealer_tenant.tests.common import DealerTenantCase

KINDS = [
    "equipment.criterion",
    "equipment.offer.sending",
    "equipment.selection",
    "equipment.selection.answer",
    "equipment.selection.candidate",
    "equipment.selection.rule",
    "equipment.selection.rule.condition",
]


@tagged("post_install", "-at_install")
class TestDealersOffers(DealerTenantCase):
    def test_every_kind_is_made_and_every_door_stays_shut(self):
        self.patch(self.env.registry["dealer.isolation.check"], "_kinds", lambda check: list(KINDS))
        check = self.env["dealer.isolation.check"].run(self.dealer_a, self.dealer_b)
        self.assertEqual(
            {line.model: line.verdict for line in check.line_ids},
            dict.fromkeys(KINDS, "tight"),
            check.line_ids.mapped("reason"),
        )

    def test_a_dealers_rule_speaks_to_its_own_sellers_only(self):
        for seller in self.seller_a | self.seller_b:
            self._grant(seller, "sales_team.group_sale_manager")
        rule = self._as(self.seller_a, "equipment.selection.rule").create(
            {"name": "Own", "explanation": "Nobody else's business"}
        )
        self.assertEqual(rule.company_id, self.dealer_a.company_id)
        rule.company_id = False
        self.assertEqual(rule.company_id, self.dealer_a.company_id)
        self.assertFalse(self._sees(self.seller_b, rule))
        with self.assertRaises(AccessError):
            rule.with_user(self.seller_b).read(["explanation"])

    def test_a_selection_is_the_dealers_own(self):
        for seller in self.seller_a | self.seller_b:
            self._grant(seller, "sales_team.group_sale_salesman_all_leads")
        selection = self._as(self.seller_a, "equipment.selection").create({"title": "Own"})
        self.assertEqual(selection.company_id, self.dealer_a.company_id)
        self.assertTrue(self._sees(self.seller_a, selection))
        self.assertFalse(self._sees(self.seller_b, selection))
        for door in (
            lambda theirs: theirs.read(["title"]),
            lambda theirs: theirs.write({"title": "mine"}),
            lambda theirs: theirs.unlink(),
        ):
            with self.assertRaises(AccessError):
                door(selection.with_user(self.seller_b))
