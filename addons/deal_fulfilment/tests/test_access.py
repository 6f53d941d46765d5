from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import FulfilmentCase


@tagged("post_install", "-at_install")
class TestAccess(FulfilmentCase):
    """Who sees which orders, and nobody those of another company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rival_company = cls.env["res.company"].create({"name": "Rival of the test"})
        cls.rival = new_test_user(
            cls.env,
            login="fulfilment_rival",
            groups="sales_team.group_sale_manager,stock.group_stock_manager,"
            "mrp.group_mrp_manager,purchase.group_purchase_manager",
            company_id=cls.rival_company.id,
            company_ids=[Command.set(cls.rival_company.ids)],
        )
        cls.novice = cls._user("novice", "sales_team.group_sale_salesman")

    def test_rival_sees_no_part_and_no_history(self):
        order = self._order((self.made, 1), (self.orphan, 1))
        order.order_line[0]._change_promise(order.date_order, "Wanted earlier")
        parts = self._parts(order)
        change = order.order_line.promise_change_ids
        self.assertTrue(parts and change)
        for records in (parts, change):
            theirs = records.with_user(self.rival).with_context(
                allowed_company_ids=self.rival_company.ids
            )
            self.assertFalse(theirs.search([("id", "in", records.ids)]))
            with self.assertRaises(AccessError):
                theirs.read(["product_id"])
        with self.assertRaises(AccessError):
            parts.with_user(self.rival).action_supply_again()
        wizard = (
            self.env["deal.promise.wizard"]
            .with_user(self.rival)
            .with_context(allowed_company_ids=self.rival_company.ids)
        )
        with self.assertRaises(AccessError):
            wizard.create(
                {
                    "sale_line_ids": order.order_line.ids,
                    "promised_date": order.date_order,
                    "reason": "No",
                }
            ).action_promise()

    def test_salesperson_sees_own_orders_only(self):
        own = self._order((self.made, 1), user=self.seller)
        own.user_id = self.novice
        others = self._order((self.made, 1))
        Fulfilment = self.env["deal.fulfilment"].with_user(self.novice)
        self.env.flush_all()
        self.assertTrue(Fulfilment.search([("order_id", "=", own.id)]))
        self.assertFalse(Fulfilment.search([("order_id", "=", others.id)]))

    def test_history_cannot_be_rewritten(self):
        order = self._order((self.made, 1))
        order.order_line._change_promise(order.date_order, "Wanted earlier")
        change = order.order_line.promise_change_ids
        for user in (self.seller, self.planner):
            with self.assertRaises(AccessError):
                change.with_user(user).write({"reason": "Never said"})
            with self.assertRaises(AccessError):
                change.with_user(user).unlink()

    def test_seller_who_may_not_plan_does_not_order_again(self):
        order = self._order((self.orphan, 1))
        with self.assertRaises(AccessError):
            self._parts(order).with_user(self.novice).action_supply_again()
