from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import FulfilmentCase


@tagged("post_install", "-at_install")
class TestPromise(FulfilmentCase):
    """What the customer was promised, what is expected, and what happens when they part."""

    def _agreed(self, days=20):
        return (fields.Datetime.now() + timedelta(days=days)).replace(second=0, microsecond=0)

    def test_agreed_date_is_promised(self):
        date = self._agreed()
        order = self._order((self.made, 1), commitment_date=date)
        self.assertEqual(order.order_line.promised_date, date)
        self.assertFalse(order.order_line.promise_change_ids)
        self.assertFalse(self._tasks(order, "slip"))

    def test_without_agreement_the_later_of_lead_time_and_supply_is_promised(self):
        order = self._order((self.made, 1))
        line = order.order_line
        self.assertGreaterEqual(line.promised_date + timedelta(minutes=1), line.forecast_date)
        self.assertFalse(self._tasks(order, "slip"))

    def test_late_production_warns_the_seller_on_the_deal(self):
        deal = self._deal()
        date = self._agreed()
        order = self._order((self.made, 1), commitment_date=date, opportunity_id=deal.id)
        production = self._productions(order)
        production.with_user(self.planner).date_start = date + timedelta(days=10)
        self.assertEqual(self._tasks(deal, "slip").user_id, self.seller)
        self.assertIn(production.name, self._tasks(deal, "slip").note)
        change = order.order_line.promise_change_ids
        self.assertEqual(change.kind, "forecast")
        self.assertIn(production.name, change.reason)
        self.assertGreater(change.new_date, date)
        self.assertEqual(change.user_id, self.planner)
        self.assertEqual(self._parts(order, "is_late"), [(True,)])
        # in time again: the task is done, the history stays
        production.with_user(self.planner).date_start = date - timedelta(days=10)
        self.assertFalse(self._tasks(deal, "slip"))
        self.assertEqual(len(order.order_line.promise_change_ids), 2)

    def test_the_seller_reads_the_warning_in_his_language_whoever_caused_it(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.seller.lang = "fr_FR"
        date = self._agreed()
        order = self._order((self.made, 1), commitment_date=date)
        production = self._productions(order).with_user(self.planner)
        production.with_context(lang="en_US").date_start = date + timedelta(days=10)
        note = self._tasks(order, "slip").note
        self.assertIn("est désormais prévu pour le", note)
        self.assertIn("promis pour le", note)
        self.assertIn("désormais prévu", order.order_line.promise_change_ids.reason)

    def test_late_purchase_warns(self):
        date = self._agreed()
        order = self._order((self.bought, 1), commitment_date=date)
        purchase = self._purchase_lines(order)
        purchase.with_user(self.planner).date_planned = date + timedelta(days=3)
        self.assertIn(purchase.order_id.name, self._tasks(order, "slip").note)
        purchase.order_id.button_confirm()
        purchase.with_user(self.planner).date_planned = date - timedelta(days=1)
        self.assertFalse(self._tasks(order, "slip"))

    def test_late_receipt_warns(self):
        date = self._agreed()
        order = self._order((self.bought, 1), commitment_date=date)
        purchase = self._purchase_lines(order).order_id
        purchase.button_confirm()
        purchase.picking_ids.with_user(self.worker).scheduled_date = date + timedelta(days=9)
        self.assertTrue(self._tasks(order, "slip"))

    def test_promise_changes_with_a_reason_only(self):
        order = self._order((self.made, 1), commitment_date=self._agreed())
        line = order.order_line.with_user(self.seller)
        before = line.promised_date
        with self.assertRaisesRegex(UserError, "say why the promised date changes"):
            line.promised_date = self._agreed(40)
        wizard = (
            self.env["deal.promise.wizard"]
            .with_user(self.seller)
            .create(
                {
                    "sale_line_ids": line.ids,
                    "promised_date": self._agreed(40),
                    "reason": "The foundation is not ready",
                }
            )
        )
        wizard.action_promise()
        self.assertEqual(line.promised_date, self._agreed(40))
        change = line.promise_change_ids
        self.assertEqual(
            (change.kind, change.old_date, change.new_date, change.reason, change.user_id),
            (
                "promise",
                before,
                self._agreed(40),
                "The foundation is not ready",
                self.seller,
            ),
        )

    def test_new_delivery_date_of_the_order_is_a_new_promise(self):
        order = self._order((self.made, 1), commitment_date=self._agreed())
        order.with_user(self.seller).commitment_date = self._agreed(30)
        self.assertEqual(order.order_line.promised_date, self._agreed(30))
        self.assertIn(order.name, order.order_line.promise_change_ids.reason)

    # -- an order that changes after its confirmation

    def _add(self, order, product, quantity=1):
        """Add a line as the seller, and return it."""
        order = order.with_user(self.seller)
        before = order.order_line
        order.order_line = [Command.create({"product_id": product.id, "product_uom_qty": quantity})]
        return order.order_line - before

    def test_added_line_is_promised_for_the_agreed_date(self):
        order = self._order((self.made, 1), commitment_date=self._agreed())
        line = self._add(order, self.bought)
        self.assertEqual(line.promised_date, self._agreed())
        self.assertTrue(line.forecast_date)
        self.assertFalse(order.order_line.promise_change_ids)
        production = self._productions(order)
        purchase = self._purchase_lines(order)
        purchase.with_user(self.planner).date_planned = self._agreed(23)
        note = self._tasks(order, "slip").note
        self.assertIn(self.bought.name, note)
        self.assertNotIn(production.product_id.name, note)

    def test_added_line_that_cannot_come_warns(self):
        order = self._order((self.made, 1), commitment_date=self._agreed())
        self.assertFalse(self._tasks(order, "slip"))
        self._add(order, self.orphan)
        note = self._tasks(order, "slip").note
        self.assertIn("Added to the confirmed order.", note)
        self.assertIn(f"{self.orphan.name}: promised for", note)

    def test_line_that_is_added_weeks_later_is_not_promised_for_the_past(self):
        self._put(self.stocked, 5)
        with freeze_time(self._agreed(-21)):
            order = self._order((self.stocked, 1))
        line = self._add(order, self.stocked)
        self.assertGreaterEqual(line.promised_date.date(), fields.Date.today())
        self.assertEqual(self._parts(line, "is_late"), [(False,)])

    def test_less_ordered_than_what_is_late_is_in_time_again(self):
        self._put(self.made, 3)
        date = self._agreed()
        order = self._order((self.made, 10), commitment_date=date)
        self._productions(order).with_user(self.planner).date_start = date + timedelta(days=10)
        self.assertTrue(self._tasks(order, "slip"))
        self._forget()
        order.order_line.with_user(self.seller).product_uom_qty = 3
        self.assertFalse(self._tasks(order, "slip"))
        self.assertLessEqual(order.order_line.forecast_date, date)
        self.assertIn(
            "The ordered quantity changed.", order.order_line.promise_change_ids.mapped("reason")
        )

    # -- day by day

    def test_cron_finds_what_is_overdue(self):
        order = self._order((self.made, 1), commitment_date=self._agreed())
        with freeze_time(self._agreed(25)), self.enter_registry_test_mode():
            self.env.ref("deal_fulfilment.ir_cron_check_promises").method_direct_trigger()
        note = self._tasks(order, "slip").note
        self.assertIn("has passed", note)
        with freeze_time(self._agreed(26)), self.enter_registry_test_mode():
            self.env.ref("deal_fulfilment.ir_cron_check_promises").method_direct_trigger()
        # one task, which does not grow day by day
        self.assertEqual(self._tasks(order, "slip").note, note)
