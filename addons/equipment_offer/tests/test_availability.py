"""Dates from what is really there."""

from datetime import date

from odoo import Command
from odoo.tests import tagged

from .common import EquipmentOfferCase

TODAY = date(2026, 11, 25)


@tagged("post_install", "-at_install")
class TestAvailability(EquipmentOfferCase):
    def ask(self, *demands):
        return (
            self.env["equipment.availability"]
            .with_user(self.seller)
            ._promises(list(demands), self.warehouse, TODAY)
        )

    def test_from_stock_after_the_customers_lead_time(self):
        self._stock(self.small, 3)
        self.small.sale_delay = 2
        (promise,) = self.ask((self.small, 3))
        self.assertEqual(
            (promise.source, promise.ready, promise.free), ("stock", date(2026, 11, 27), 3)
        )

    def test_two_lines_do_not_get_the_same_piece(self):
        self._stock(self.small, 3)
        first, second = self.ask((self.small, 2), (self.small, 2))
        self.assertEqual((first.source, second.source), ("stock", "request"))

    def test_what_is_on_its_way_counts_when_it_suffices(self):
        self._stock(self.small, 1)
        receipt = self.env["stock.move"].create(
            {
                "product_id": self.small.id,
                "product_uom_qty": 2,
                "product_uom": self.small.uom_id.id,
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": self.warehouse.lot_stock_id.id,
                "company_id": self.firm.id,
                "date": "2026-12-10 09:00:00",
            }
        )
        receipt._action_confirm()
        two, four = self.ask((self.small, 2))[0], self.ask((self.small, 4))[0]
        self.assertEqual((two.source, two.ready), ("incoming", date(2026, 12, 10)))
        self.assertEqual(four.source, "request")

    def test_bought_when_a_vendor_sells_it(self):
        self.small.seller_ids = [
            Command.create(
                {
                    "partner_id": self.env["res.partner"].create({"name": "Vendor"}).id,
                    "delay": 9,
                    "company_id": self.firm.id,
                }
            )
        ]
        (promise,) = self.ask((self.small, 1))
        self.assertEqual((promise.source, promise.ready), ("buy", date(2026, 12, 4)))

    def test_a_rivals_vendor_is_not_ours(self):
        self.small.seller_ids = [
            Command.create(
                {
                    "partner_id": self.env["res.partner"].create({"name": "Vendor"}).id,
                    "delay": 9,
                    "company_id": self.rival.id,
                }
            )
        ]
        (promise,) = self.ask((self.small, 1))
        self.assertEqual((promise.source, promise.ready), ("request", False))

    def test_services_have_no_stock(self):
        service = self.env["product.product"].create({"name": "Start-up", "type": "service"})
        self.assertEqual(self.ask((service, 1))[0].source, "service")

    def test_the_candidate_says_it_and_is_late_when_it_is(self):
        self._stock(self.small, 1)
        selection = self._select(application=["food"])
        small, large = selection.candidate_ids
        self.assertEqual((small.source, small.free_qty), ("stock", 1))
        self.assertIn("free in stock", small.availability)
        selection.wanted_date = "2030-01-01"
        self.assertFalse(small.is_late)
        self.assertTrue(large.is_late)  # nobody knows when
        selection.wanted_date = "2020-01-01"
        self.assertTrue(small.is_late)
