from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import FulfilmentCase


@tagged("post_install", "-at_install")
class TestShipping(FulfilmentCase):
    """Nothing ships before it is in the warehouse."""

    def test_goods_that_are_not_made_yet_do_not_ship(self):
        order = self._order((self.made, 2))
        picking = order.picking_ids.with_user(self.worker)
        picking.move_ids.quantity = 2
        picking.move_ids.picked = True
        with self.assertRaisesRegex(UserError, "CP-80 made cannot be shipped: 2.0 Units"):
            picking.button_validate()
        self._produce(self._productions(order))
        picking.button_validate()
        self.assertEqual(picking.state, "done")

    def test_more_than_is_there_does_not_ship(self):
        self._put(self.stocked, 2)
        order = self._order((self.stocked, 2))
        picking = order.picking_ids.with_user(self.worker)
        picking.move_ids.quantity = 3
        picking.move_ids.picked = True
        with self.assertRaisesRegex(UserError, "CP-40 in stock cannot be shipped"):
            picking.button_validate()

    def test_what_is_there_ships(self):
        self._put(self.stocked, 2)
        order = self._order((self.stocked, 2))
        self._ship(order.picking_ids)
        self.assertEqual(order.order_line.qty_delivered, 2)

    def test_old_debt_of_another_place_is_no_obstacle(self):
        shelf = self.env["stock.location"].create(
            {"name": "Shelf", "location_id": self.warehouse.lot_stock_id.id}
        )
        self._put(self.stocked, -4, shelf)
        self._put(self.stocked, 10)
        order = self._order((self.stocked, 2))
        self._ship(order.picking_ids)
        self.assertEqual(order.order_line.qty_delivered, 2)
