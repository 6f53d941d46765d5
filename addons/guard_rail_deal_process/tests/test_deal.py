from freezegun import freeze_time

from odoo.exceptions import RedirectWarning, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.guard_rail.tests.common import GuardRailCase


@tagged("post_install", "-at_install")
class TestDeal(GuardRailCase):
    """A deal that runs longer than the competence of who works on it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        sales = cls.env.ref("sales_team.group_sale_salesman_all_leads")
        for user in cls.seller_a | cls.holder:
            user.group_ids = [Command.link(sales.id)]
        cls._rail(
            "Handing a deal on",
            "guard_rail.action_lead_assign",
            competence_id=cls.yearly.id,
        )

    def _hand_on(self, deal, user):
        deal.with_user(self.seller_a).with_context(allowed_company_ids=None).user_id = user

    def test_a_competence_that_ends_while_the_deal_runs_stops_the_next_step(self):
        with freeze_time("2026-03-01 10:00:00"):
            self._gain(self.person_a, self.yearly)
            deals = self.env["crm.lead"].with_user(self.seller_a)
            deal = deals.with_context(allowed_company_ids=None).create(
                {"name": "Long deal", "type": "opportunity", "user_id": self.seller_a.id}
            )
        with freeze_time("2027-02-28 10:00:00"):
            self._hand_on(deal, self.holder)
            self.assertEqual(deal.sudo().user_id, self.holder)
        with freeze_time("2027-03-01 10:00:00"):
            with self.assertRaises(RedirectWarning) as caught:
                self._hand_on(deal, self.seller_a)
            self.assertIn("Long deal", caught.exception.args[0])
            self.assertEqual(deal.sudo().user_id, self.holder)
            self._gain(self.person_a, self.yearly)
            self._hand_on(deal, self.seller_a)
        self.assertEqual(deal.sudo().user_id, self.seller_a)

    def test_moving_a_deal_to_a_stage_is_on_the_allow_list(self):
        action = self.env.ref("guard_rail_deal_process.action_deal_stage")
        self.assertTrue(action.installed)
        self.assertIsNone(action._problem())
        self.assertTrue(action.undo)

    def test_a_discount_given_after_the_confirmation_is_stopped_too(self):
        for name in ("rail_discount", "rail_discount_later"):
            self.env.ref(f"guard_rail.{name}").active = True
        orders = self.env["sale.order"].with_user(self.seller_a)
        product = self.env["product.product"].create({"name": "Pump", "list_price": 100})
        line = Command.create({"product_id": product.id, "discount": 0})
        order = orders.with_context(allowed_company_ids=None).create(
            {"partner_id": self.customer.id, "order_line": [line]}
        )
        order.action_confirm()
        for stop, change in (
            (RedirectWarning, Command.update(order.order_line.id, {"discount": 40})),
            (UserError, Command.create({"product_id": product.id, "discount": 40})),
        ):
            with self.assertRaises(stop):
                order.write({"order_line": [change]})
        order.order_line.discount = 5
        draft = {
            "partner_id": self.customer.id,
            "order_line": [Command.create({"product_id": product.id, "discount": 40})],
        }
        with self.assertRaisesRegex(UserError, "Discounts"):
            orders.with_context(allowed_company_ids=None).create({**draft, "state": "sale"})
