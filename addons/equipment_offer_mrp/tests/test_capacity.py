"""What the factory can take on, and when, decides the date of what is made."""

from datetime import date, datetime

from freezegun import freeze_time

from odoo import Command
from odoo.tests import TransactionCase, new_test_user, tagged

MONDAY = date(2026, 11, 30)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-30 06:00:00")
class TestCapacity(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Factory"})
        cls.calendar = cls.env["resource.calendar"].create(
            {"name": "Factory", "tz": "UTC", "company_id": cls.company.id}
        )
        cls.seller = new_test_user(
            cls.env,
            "capacity_seller",
            "base.group_user,sales_team.group_sale_salesman",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.center = cls.env["mrp.workcenter"].create(
            {
                "name": "Assembly",
                "company_id": cls.company.id,
                "resource_calendar_id": cls.calendar.id,
            }
        )
        cls.vendor = cls.env["res.partner"].create({"name": "Vendor"})
        cls.part, cls.machine = cls.env["product.product"].create(
            [{"name": "Part", "is_storable": True}, {"name": "Machine", "is_storable": True}]
        )
        cls.bom = cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": cls.machine.product_tmpl_id.id,
                "company_id": cls.company.id,
                "bom_line_ids": [Command.create({"product_id": cls.part.id, "product_qty": 2})],
                "operation_ids": [
                    Command.create(
                        {
                            "name": "Assemble",
                            "workcenter_id": cls.center.id,
                            "time_mode": "manual",
                            "time_cycle_manual": 480,
                        }
                    )
                ],
            }
        )

    def stock(self, product, quantity):
        self.env["stock.quant"]._update_available_quantity(
            product, self.warehouse.lot_stock_id, quantity
        )

    def ask(self, *quantities, product=None):
        """Return the promises as the seller gets them."""
        return (
            self.env["equipment.availability"]
            .with_user(self.seller)
            ._promises(
                [(product or self.machine, quantity) for quantity in quantities],
                self.warehouse,
                MONDAY,
            )
        )

    def test_a_machine_is_ready_when_the_work_centre_has_the_hours(self):
        self.stock(self.part, 10)
        (promise,) = self.ask(1)
        self.assertEqual((promise.source, promise.ready), ("make", MONDAY))
        self.assertEqual(promise.steps[-1]["workcenter"], "Assembly")
        self.assertEqual(promise.steps[-1]["hours"], 8)

    def test_what_is_planned_already_comes_first(self):
        self.stock(self.part, 10)
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Other orders",
                "calendar_id": self.calendar.id,
                "resource_id": self.center.resource_id.id,
                "time_type": "other",
                "date_from": datetime(2026, 11, 30, 0),
                "date_to": datetime(2026, 12, 2, 23),
            }
        )
        (promise,) = self.ask(1)
        self.assertEqual(promise.ready, date(2026, 12, 3))

    def test_two_lines_of_an_offer_do_not_get_the_same_hours(self):
        self.stock(self.part, 10)
        other = self.env["product.product"].create({"name": "Other", "is_storable": True})
        self.bom.copy({"product_tmpl_id": other.product_tmpl_id.id})
        first, second = (
            self.env["equipment.availability"]
            .with_user(self.seller)
            ._promises([(self.machine, 1), (other, 1)], self.warehouse, MONDAY)
        )
        self.assertEqual((first.ready, second.ready), (MONDAY, date(2026, 12, 1)))

    def test_a_missing_component_delays_and_is_named(self):
        self.part.seller_ids = [
            Command.create(
                {"partner_id": self.vendor.id, "delay": 14, "company_id": self.company.id}
            )
        ]
        (promise,) = self.ask(1)
        self.assertEqual(promise.steps[0]["product"], self.part.id)
        self.assertEqual(promise.steps[0]["end"], "2026-12-14")
        self.assertEqual(promise.ready, date(2026, 12, 14))

    def test_nobody_sells_the_component(self):
        (promise,) = self.ask(1)
        self.assertEqual((promise.source, promise.ready), ("request", False))

    def test_what_lies_in_stock_is_not_made(self):
        self.stock(self.machine, 1)
        self.stock(self.part, 10)
        one, two = self.ask(1, 1)
        self.assertEqual((one.source, two.source), ("stock", "make"))

    def test_another_company_does_not_see_into_the_factory(self):
        other = self.env["res.company"].create({"name": "Dealer"})
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", other.id)], limit=1)
        self.stock(self.part, 10)
        (promise,) = self.env["equipment.availability"]._promises(
            [(self.machine, 1)], warehouse, MONDAY
        )
        self.assertEqual((promise.source, promise.steps), ("request", []))
