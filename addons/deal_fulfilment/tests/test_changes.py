from odoo.fields import Command
from odoo.tests import tagged

from .common import FulfilmentCase


@tagged("post_install", "-at_install")
class TestChanges(FulfilmentCase):
    """An order that changes after its confirmation, and orders made for it that are cancelled."""

    def _set(self, order, quantity, line=0):
        order.order_line[line].with_user(self.seller).product_uom_qty = quantity

    # -- increase

    def test_increase_raises_the_production(self):
        order = self._order((self.made, 2))
        production = self._productions(order)
        self._set(order, 5)
        self.assertEqual(self._productions(order), production)
        self.assertEqual(production.product_qty, 5)
        self.assertEqual(self._parts(order, "source", "quantity"), [("manufacture", 5)])

    def test_increase_takes_what_is_free_by_now(self):
        order = self._order((self.made, 2))
        self._put(self.made, 1)
        self._set(order, 4)
        self.assertCountEqual(
            self._parts(order, "source", "quantity"), [("manufacture", 3), ("stock", 1)]
        )

    def test_increase_after_work_began_makes_another_production(self):
        order = self._order((self.made, 2))
        first = self._productions(order)
        first.qty_producing = 1
        self._set(order, 5)
        productions = self._productions(order)
        self.assertEqual(sorted(productions.mapped("product_qty")), [2, 3])
        self.assertEqual(sum(self._parts(order).mapped("quantity")), 5)

    def test_increase_raises_the_request(self):
        order = self._order((self.bought, 2))
        self._set(order, 5)
        self.assertEqual(self._purchase_lines(order).product_qty, 5)

    def test_added_line_of_the_same_product_is_chained(self):
        order = self._order((self.made, 2))
        order.with_user(self.seller).write(
            {"order_line": [(0, 0, {"product_id": self.made.id, "product_uom_qty": 3})]}
        )
        self.assertEqual(sum(self._productions(order).mapped("product_qty")), 5)
        for production in self._productions(order):
            self._produce(production)
        self.assertEqual(set(self._parts(order, "state")), {("ready",)})

    # -- decrease

    def test_decrease_lowers_the_production_before_stock(self):
        self._put(self.made, 3)
        order = self._order((self.made, 10))
        self._set(order, 8)
        self.assertEqual(self._productions(order).product_qty, 5)
        self.assertCountEqual(
            self._parts(order, "source", "quantity"), [("stock", 3), ("manufacture", 5)]
        )

    def test_decrease_to_what_is_in_stock_cancels_the_production(self):
        self._put(self.made, 3)
        order = self._order((self.made, 10))
        production = self._productions(order)
        self._set(order, 2)
        self.assertEqual(production.state, "cancel")
        self.assertEqual(
            self._parts(order, "source", "quantity", "ready_quantity"), [("stock", 2, 2)]
        )
        self.assertEqual(self._parts(self._order((self.made, 1)), "source"), [("stock",)])

    def test_decrease_after_work_began_frees_stock_and_tells_the_planner(self):
        self._put(self.made, 3)
        order = self._order((self.made, 10))
        production = self._productions(order)
        production.qty_producing = 2
        self._set(order, 8)
        self.assertEqual(production.product_qty, 7)
        self.assertCountEqual(
            self._parts(order, "source", "quantity"), [("stock", 1), ("manufacture", 7)]
        )
        self.assertFalse(self._tasks(production, "surplus"))
        self._set(order, 5)
        self.assertEqual(self._parts(order, "source", "quantity"), [("manufacture", 5)])
        self.assertIn("2 Units of CP-80 made less", self._tasks(production, "surplus").note)

    def test_decrease_lowers_the_request(self):
        order = self._order((self.bought, 5))
        line = self._purchase_lines(order)
        self._set(order, 3)
        self.assertEqual(line.product_qty, 3)
        self._set(order, 0)
        self.assertFalse(line.exists())
        self.assertFalse(self._parts(order))

    def test_decrease_of_what_is_bought_already_is_told(self):
        order = self._order((self.bought, 5))
        purchase = self._purchase_lines(order).order_id
        purchase.button_confirm()
        self._set(order, 3)
        self.assertEqual(purchase.order_line.product_qty, 5)
        self.assertEqual(self._parts(order, "source", "quantity"), [("buy", 3)])
        self.assertIn("2 Units of VF-7 bought less", self._tasks(purchase, "surplus").note)
        receipt = purchase.picking_ids
        receipt.move_ids.picked = True
        receipt.button_validate()
        self.assertEqual(self._parts(order, "ready_quantity"), [(3,)])

    def test_request_shared_by_two_orders_keeps_the_others_share(self):
        self.vendor.group_rfq = "all"
        first = self._order((self.bought, 5))
        second = self._order((self.bought, 4))
        line = self._purchase_lines(first)
        self.assertEqual(line, self._purchase_lines(second))
        self.assertEqual(line.product_qty, 9)
        first.with_user(self.seller)._action_cancel()
        self.assertEqual(line.product_qty, 4)
        self.assertEqual(self._parts(second, "source", "quantity"), [("buy", 4)])

    # -- cancellation by the customer

    def test_cancelled_order_gives_all_back(self):
        self._put(self.made, 3)
        order = self._order((self.made, 10), (self.bought, 2))
        production = self._productions(order)
        purchase = self._purchase_lines(order).order_id
        order.with_user(self.seller)._action_cancel()
        self.assertEqual(order.state, "cancel")
        self.assertEqual(production.state, "cancel")
        self.assertEqual(purchase.state, "cancel")
        self.assertFalse(self._parts(order))
        self.assertEqual(self._parts(self._order((self.made, 3)), "source"), [("stock",)])

    def test_cancelled_order_whose_production_began(self):
        order = self._order((self.made, 4))
        production = self._productions(order)
        production.qty_producing = 1
        order.with_user(self.seller)._action_cancel()
        self.assertEqual(production.state, "progress")
        self.assertIn("4 Units of CP-80 made less", self._tasks(production, "surplus").note)

    def test_salesperson_without_other_rights_cancels(self):
        novice = self._user("novice", "sales_team.group_sale_salesman")
        order = self._order((self.made, 4), (self.bought, 2), (self.bought, 3), user=novice)
        production = self._productions(order)
        purchase = self._purchase_lines(order).order_id
        self._forget()
        order._action_cancel()
        self.assertEqual((order.state, production.state), ("cancel", "cancel"))
        self.assertEqual(purchase.state, "cancel")

    def test_salesperson_without_other_rights_lowers_and_cancels_what_has_begun(self):
        novice = self._user("novice", "sales_team.group_sale_salesman")
        order = self._order((self.made, 4), (self.bought, 5), user=novice)
        production = self._productions(order)
        production.qty_producing = 1
        purchase = self._purchase_lines(order).order_id
        purchase.button_confirm()
        self._forget()
        order.order_line = [
            Command.update(line.id, {"product_uom_qty": 3}) for line in order.order_line
        ]
        self.assertIn("2 Units of VF-7 bought less", self._tasks(purchase, "surplus").note)
        self._forget()
        order._action_cancel()
        self.assertEqual(order.state, "cancel")
        self.assertIn("3 Units of VF-7 bought less", self._tasks(purchase, "surplus").note)
        self.assertIn("3 Units of CP-80 made less", self._tasks(production, "surplus").note)

    def test_order_confirmed_again_after_cancellation(self):
        order = self._order((self.made, 2))
        order._action_cancel()
        order.action_draft()
        order.action_confirm()
        self.assertEqual(self._parts(order, "source", "quantity"), [("manufacture", 2)])
        self.assertEqual(self._productions(order).product_qty, 2)

    # -- cancellation of what was ordered

    def test_production_cancelled_half_way(self):
        """Four of ten were made: they stay with the order, six are missing and asked for."""
        order = self._order((self.made, 10))
        production = self._productions(order)
        self._produce(production, 4)
        rest = self._productions(order) - production
        self.assertEqual(rest.product_qty, 6)
        self.assertEqual(self._parts(order, "ready_quantity", "short_quantity"), [(4, 0)])
        rest.with_user(self.planner).action_cancel()
        self.assertEqual(order.state, "sale")
        self.assertCountEqual(
            self._parts(order, "source", "quantity", "ready_quantity", "state"),
            [("manufacture", 4, 4, "ready"), ("missing", 6, 0, "missing")],
        )
        self.assertIn("6 Units of CP-80 made are missing", self._tasks(order, "missing").note)
        self._parts(order).filtered(lambda p: p.source == "missing").with_user(
            self.planner
        ).action_supply_again()
        self.assertCountEqual(
            self._parts(order, "source", "quantity"), [("manufacture", 4), ("manufacture", 6)]
        )
        again = self._productions(order).filtered(lambda p: p.state == "confirmed")
        self._produce(again)
        self.assertEqual(set(self._parts(order, "state")), {("ready",)})

    def test_who_is_asked_for_supply_reads_it_in_his_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        order = self._order((self.made, 2))
        self.warehouse.planner_id = self.seller
        self.seller.lang = "fr_FR"
        self._productions(order).with_user(self.planner).with_context(lang="en_US").action_cancel()
        task = self._tasks(order, "missing")
        self.assertEqual(task.user_id, self.seller)
        self.assertIn("Il manque 2", task.note)
        self.assertIn("a été annulé", task.note)

    def test_production_cancelled_in_a_three_step_warehouse(self):
        self.warehouse.manufacture_steps = "pbm_sam"
        order = self._order((self.made, 2))
        self._productions(order).with_user(self.planner).action_cancel()
        self.assertEqual(self._parts(order, "source", "quantity"), [("missing", 2)])

    def test_request_cancelled(self):
        order = self._order((self.bought, 2))
        self._purchase_lines(order).order_id.with_user(self.planner).button_cancel()
        self.assertEqual(self._parts(order, "source", "state"), [("missing", "missing")])
        self.assertTrue(self._tasks(order, "missing"))

    def _part_came(self):
        """Order five of what is bought, and receive two of them."""
        order = self._order((self.bought, 5))
        purchase = self._purchase_lines(order).order_id
        purchase.button_confirm()
        receipt = purchase.picking_ids
        receipt.move_ids.quantity = 2
        self._ship(receipt)
        return order, purchase, receipt

    def test_purchase_cancelled_after_part_of_it_came(self):
        order, purchase, receipt = self._part_came()
        (purchase.picking_ids - receipt).with_user(self.worker).action_cancel()
        self.assertCountEqual(
            self._parts(order, "source", "quantity", "state"),
            [("buy", 2, "ready"), ("missing", 3, "missing")],
        )

    def test_buyer_without_other_rights_cancels(self):
        buyer = self._user("buyer", "purchase.group_purchase_user")
        order = self._order((self.bought, 2))
        request = self._purchase_lines(order).order_id
        self._forget()
        request.with_user(buyer).button_cancel()
        self.assertEqual(self._parts(order, "source", "state"), [("missing", "missing")])
        task = self._tasks(order, "missing")
        self.assertIn(request.name, task.note)
        self.assertEqual(task.user_id, self.seller)

    def test_buyer_without_other_rights_cancels_after_part_of_it_came(self):
        buyer = self._user("buyer", "purchase.group_purchase_user")
        order, purchase, _receipt = self._part_came()
        self._forget()
        purchase.with_user(buyer).button_cancel()
        self.assertCountEqual(
            self._parts(order, "source", "quantity", "state"),
            [("buy", 2, "ready"), ("missing", 3, "missing")],
        )

    def test_request_lowered_by_the_buyer_is_seen(self):
        order = self._order((self.bought, 5))
        self._purchase_lines(order).with_user(self.planner).product_qty = 3
        self.assertEqual(
            self._parts(order, "short_quantity", "is_short", "state"), [(2, True, "missing")]
        )

    # -- delivery and return

    def test_partial_delivery_and_return(self):
        self._put(self.made, 3)
        order = self._order((self.made, 5))
        first = order.picking_ids
        self._ship(first)
        self.assertCountEqual(
            self._parts(order, "source", "quantity", "state"),
            [("stock", 3, "delivered"), ("manufacture", 2, "waiting")],
        )
        self.assertEqual(order.order_line.qty_delivered, 3)
        self._return(first, 1)
        self.assertEqual(order.order_line.qty_delivered, 2)
        self.assertCountEqual(
            self._parts(order, "source", "quantity", "returned_quantity"),
            [("stock", 3, 1), ("manufacture", 2, 0)],
        )
        self._produce(self._productions(order))
        self._ship(order.picking_ids.filtered(lambda p: p.state == "assigned"))
        self.assertEqual(order.order_line.qty_delivered, 4)

    def test_delivery_without_back_order_gives_the_rest_back(self):
        self._put(self.made, 3)
        order = self._order((self.made, 5))
        production = self._productions(order)
        self._ship(order.picking_ids, backorder=False)
        self.assertEqual(production.state, "cancel")
        self.assertEqual(self._parts(order, "quantity", "state"), [(3, "delivered")])

    def test_change_after_partial_delivery(self):
        self._put(self.made, 3)
        order = self._order((self.made, 5))
        self._ship(order.picking_ids)
        self._set(order, 4)
        self.assertEqual(self._productions(order).product_qty, 1)
        self._set(order, 8)
        self.assertEqual(self._productions(order).product_qty, 5)
        self.assertEqual(sum(quantity for (quantity,) in self._parts(order, "quantity")), 8)
