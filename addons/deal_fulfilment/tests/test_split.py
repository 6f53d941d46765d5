from odoo.tests import tagged

from .common import FulfilmentCase


@tagged("post_install", "-at_install")
class TestSplit(FulfilmentCase):
    """A confirmed line is split by what is free, and the rest is made, else bought."""

    def test_line_from_stock(self):
        self._put(self.stocked, 5)
        order = self._order((self.stocked, 2))
        self.assertEqual(
            self._parts(order, "source", "quantity", "ready_quantity", "readiness", "state"),
            [("stock", 2, 2, 100, "ready")],
        )
        self.assertFalse(self._productions(order))

    def test_mixed_line_is_split_and_chained(self):
        self._put(self.made, 3)
        order = self._order((self.made, 10))
        production = self._productions(order)
        self.assertEqual(
            self._parts(order, "source", "quantity", "ready_quantity", "readiness", "state"),
            [("stock", 3, 3, 100, "ready"), ("manufacture", 7, 0, 0, "waiting")],
        )
        self.assertEqual(production.product_qty, 7)
        self.assertEqual(len(order.picking_ids), 1)
        self._produce(production)
        self.assertEqual(
            self._parts(order, "source", "ready_quantity", "state"),
            [("stock", 3, "ready"), ("manufacture", 7, "ready")],
        )

    def test_bought_line_is_chained(self):
        order = self._order((self.bought, 4))
        line = self._purchase_lines(order)
        self.assertEqual(line.product_qty, 4)
        self.assertEqual(self._parts(order, "source", "documents"), [("buy", line.order_id.name)])
        line.order_id.with_user(self.planner).button_confirm()
        receipt = line.order_id.picking_ids
        self.assertEqual(receipt.move_ids.move_dest_ids, order.order_line.move_ids)
        receipt.move_ids.picked = True
        receipt.with_user(self.worker).button_validate()
        self.assertEqual(self._parts(order, "state", "readiness"), [("ready", 100)])

    def test_four_kinds_in_one_order(self):
        self._put(self.stocked, 5)
        self._put(self.made, 1)
        other = self._product("CP-120 made")
        self._make_bom(other)
        order = self._order((self.stocked, 1), (other, 1), (self.bought, 1), (self.made, 3))
        self.assertCountEqual(
            self._parts(order, "product_id", "source", "quantity"),
            [
                (self.stocked, "stock", 1),
                (self.made, "stock", 1),
                (other, "manufacture", 1),
                (self.bought, "buy", 1),
                (self.made, "manufacture", 2),
            ],
        )
        self.assertEqual(len(order.picking_ids), 1)

    def test_bill_of_materials_wins_over_vendor(self):
        self.made.seller_ids = self.bought.seller_ids.copy(
            {"product_tmpl_id": self.made.product_tmpl_id.id}
        )
        order = self._order((self.made, 1))
        self.assertEqual(self._parts(order, "source"), [("manufacture",)])

    def test_two_lines_of_one_product_share_what_is_free(self):
        self._put(self.made, 3)
        order = self._order((self.made, 2), (self.made, 2))
        first, second = order.order_line
        self.assertEqual(self._parts(first, "source", "quantity"), [("stock", 2)])
        self.assertCountEqual(
            self._parts(second, "source", "quantity"), [("stock", 1), ("manufacture", 1)]
        )
        self._produce(self._productions(order))
        self.assertEqual(set(self._parts(order, "state")), {("ready",)})

    def test_reserved_stock_is_not_free(self):
        self._put(self.made, 3)
        self._order((self.made, 2))
        second = self._order((self.made, 2))
        self.assertCountEqual(
            self._parts(second, "source", "quantity"), [("stock", 1), ("manufacture", 1)]
        )

    def test_promised_stock_is_not_free_when_reserved_by_hand(self):
        self.warehouse.out_type_id.reservation_method = "manual"
        self._put(self.made, 3)
        first = self._order((self.made, 2))
        self.assertEqual(self._parts(first, "source", "ready_quantity"), [("stock", 0)])
        second = self._order((self.made, 2))
        self.assertCountEqual(
            self._parts(second, "source", "quantity"), [("stock", 1), ("manufacture", 1)]
        )

    def test_neither_made_nor_bought_does_not_block(self):
        self.warehouse.planner_id = self.planner
        self._put(self.orphan, 3)
        order = self._order((self.orphan, 10))
        self.assertEqual(order.state, "sale")
        self.assertCountEqual(
            self._parts(order, "source", "quantity", "state"),
            [("stock", 3, "ready"), ("missing", 7, "missing")],
        )
        task = self._tasks(order, "missing")
        self.assertIn("7 Units of Neither made nor bought are missing", task.note)
        self.assertEqual(task.user_id, self.planner)

    def test_task_goes_to_who_can_open_the_order(self):
        """A planner without rights on orders could not see the task: the seller gets it."""
        self.planner.group_ids = self.env.ref("base.group_user")
        self.warehouse.planner_id = self.planner
        order = self._order((self.orphan, 1))
        self.assertEqual(self._tasks(order, "missing").user_id, self.seller)

    def test_missing_goods_that_come_are_reserved(self):
        order = self._order((self.orphan, 2))
        receipt = self.env["stock.picking"].create(
            {
                "picking_type_id": self.warehouse.in_type_id.id,
                "move_ids": [
                    (
                        0,
                        0,
                        {
                            "product_id": self.orphan.id,
                            "product_uom_qty": 2,
                            "location_id": self.env.ref("stock.stock_location_suppliers").id,
                            "location_dest_id": self.warehouse.lot_stock_id.id,
                        },
                    )
                ],
            }
        )
        receipt.action_confirm()
        receipt.move_ids.picked = True
        receipt.with_user(self.worker).button_validate()
        self.assertEqual(self._parts(order, "state"), [("ready",)])

    def test_missing_goods_are_supplied_again(self):
        order = self._order((self.orphan, 2))
        self._make_bom(self.orphan)
        self._parts(order).with_user(self.planner).action_supply_again()
        self.assertEqual(self._parts(order, "source", "quantity"), [("manufacture", 2)])
        self.assertFalse(self._tasks(order, "missing"))
        self._produce(self._productions(order))
        self.assertEqual(self._parts(order, "state"), [("ready",)])

    def test_vendor_of_another_company_is_none(self):
        other = self.env["res.company"].create({"name": "Another firm"})
        self.bought.seller_ids.company_id = other
        order = self._order((self.bought, 1))
        self.assertEqual(self._parts(order, "source"), [("missing",)])
        self.assertTrue(self._tasks(order, "missing"))

    def test_bill_of_materials_of_another_company_is_none(self):
        self.bom.company_id = self.env["res.company"].create({"name": "Another firm"})
        order = self._order((self.made, 1))
        self.assertEqual(self._parts(order, "source"), [("missing",)])
        self.assertFalse(self.env["mrp.production"].search([("product_id", "=", self.made.id)]))

    def test_untracked_goods_are_taken_from_stock(self):
        screws = self._product("Screws", is_storable=False)
        order = self._order((screws, 100))
        self.assertEqual(self._parts(order, "source"), [("stock",)])
        self.assertFalse(order.activity_ids)

    def test_kit_is_split_by_component(self):
        kit = self._product("Set of two")
        self.env["mrp.bom"].create(
            {
                "product_tmpl_id": kit.product_tmpl_id.id,
                "type": "phantom",
                "bom_line_ids": [
                    (0, 0, {"product_id": self.made.id, "product_qty": 1}),
                    (0, 0, {"product_id": self.stocked.id, "product_qty": 2}),
                ],
            }
        )
        self._put(self.stocked, 4)
        order = self._order((kit, 2))
        self.assertCountEqual(
            self._parts(order, "product_id", "source", "quantity"),
            [(self.made, "manufacture", 2), (self.stocked, "stock", 4)],
        )

    def test_dozens_are_split_in_whole_units(self):
        self._put(self.made, 7)
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._order((self.made, 1), confirm=False)
        order.order_line.product_uom_id = dozen
        order.action_confirm()
        self.assertCountEqual(
            self._parts(order, "source", "quantity"), [("stock", 7), ("manufacture", 5)]
        )

    def test_pick_and_ship(self):
        self.warehouse.delivery_steps = "pick_ship"
        self._put(self.made, 3)
        order = self._order((self.made, 5))
        self.assertCountEqual(
            self._parts(order, "source", "quantity"), [("stock", 3), ("manufacture", 2)]
        )
        self._produce(self._productions(order))
        self.assertEqual(set(self._parts(order, "state")), {("ready",)})

    def test_warehouse_without_supply_works_as_stock_odoo(self):
        self.warehouse.supply_missing = False
        order = self._order((self.made, 2))
        self.assertFalse(self._parts(order))
        self.assertEqual(order.picking_ids.move_ids.procure_method, "make_to_stock")
        self.assertFalse(self._tasks(order, "slip"))
        self.warehouse.supply_missing = True
        order = self._order((self.made, 2))
        self.assertEqual(self._parts(order, "source"), [("manufacture",)])

    def test_new_warehouse_supplies_in_every_way_of_delivering(self):
        new = self.env["stock.warehouse"].create(
            {"name": "Second", "code": "SEC", "company_id": self.company.id}
        )
        self.assertEqual(set(new._delivery_rules().mapped("procure_method")), {"mts_else_mto"})
        new.delivery_steps = "pick_pack_ship"
        rules = new._delivery_rules()
        self.assertEqual(set(rules.mapped("procure_method")), {"mts_else_mto"})
        self.assertGreater(len(rules), 1)
