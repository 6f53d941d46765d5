from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_protocol import ProtocolCase


@tagged("post_install", "-at_install")
class TestProtocolStock(ProtocolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template.is_automatic = True
        cls.handover = cls.env["equipment.protocol.template"].create(
            {"name": "Delivery", "kind": "delivery", "company_id": False}
        )

    def _work(self, unit):
        return unit.protocol_ids.filtered(lambda one: one.state != "cancelled")

    def test_delivery_calls_for_commissioning(self):
        unit = self._delivered("S-1")
        work = self._work(unit)
        self.assertEqual(
            (work.kind, work.state, work.site_id), ("commissioning", "draft", self.site)
        )
        self.assertTrue(work.picking_id)

    def test_technician_prints_it_without_a_part_in_the_warehouse(self):
        work = self._work(self._delivered("S-11")).with_user(self.technician_a)
        self.assertFalse(self.env["stock.picking"].with_user(self.technician_a).has_access("read"))
        content, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.technician_a)
            ._render_qweb_html("equipment_registry.report_protocol", work.ids)
        )
        self.assertIn(work.sudo().picking_id.name, content.decode())
        form = work.web_read({"picking_id": {"fields": {"display_name": {}}}})
        self.assertEqual(form[0]["picking_id"]["display_name"], work.picking_name)

    def test_delivery_to_a_company_of_the_network_does_not(self):
        unit = self._delivered("S-2", self.company_b.partner_id)
        self.assertFalse(self._work(unit))

    def test_prepared_work_goes_over_to_the_serial_number_that_went(self):
        self._move(self.company_a, "receipt", ["S-3", "S-4"])
        picking = self._transfer(self.company_a, "delivery", ["S-3"], self.site)
        picking.with_user(self.manager_a).action_prepare_protocols()
        planned, taken = self._units(self.company_a, ["S-3"]), self._units(self.company_a, ["S-4"])
        prepared = self._work(planned)
        self.assertEqual(sorted(prepared.mapped("kind")), ["commissioning", "delivery"])
        self._pick(picking.move_ids, ["S-4"])
        picking.button_validate()
        self.assertEqual(self._work(taken), prepared)
        self.assertFalse(self._work(planned))
        self.assertIn("S-4", prepared[0].name)

    def test_serial_number_corrected_after_the_delivery(self):
        self._move(self.company_a, "receipt", ["S-21", "S-22"])
        wrong, right = (self._units(self.company_a, [serial]) for serial in ("S-21", "S-22"))
        picking = self._transfer(self.company_a, "delivery", ["S-21"], self.site)
        picking.button_validate()
        work = self._work(wrong)
        work.write({"user_id": self.technician_a.id, "date_planned": "2030-01-01 08:00:00"})
        picking.move_line_ids.lot_id = right.lot_id
        self.assertEqual((right.state, right.owner_id), ("delivered", self.customer))
        self.assertEqual((wrong.state, wrong.owner_id.id), ("stock", False))
        self.assertEqual((work.unit_id, work.state), (right, "planned"))
        self.assertEqual(work.user_id, self.technician_a)
        self.assertFalse(self._work(wrong))
        self.assertEqual(
            wrong.event_ids.sorted("id").mapped("kind"), ["received", "delivered", "returned"]
        )

    def test_what_was_signed_of_the_wrong_machine_stays_with_it(self):
        self._move(self.company_a, "receipt", ["S-23", "S-24"])
        wrong, right = (self._units(self.company_a, [serial]) for serial in ("S-23", "S-24"))
        picking = self._transfer(self.company_a, "delivery", ["S-23"], self.site)
        picking.button_validate()
        signed = self._work(wrong)
        self._fill(signed)
        self._sign(signed, "technician")
        picking.move_line_ids.lot_id = right.lot_id
        self.assertEqual((signed.unit_id, signed.state), (wrong, "cancelled"))
        self.assertEqual(self._work(right).state, "draft")

    def test_serial_number_added_to_what_was_delivered(self):
        self._move(self.company_a, "receipt", ["S-25", "S-26"])
        first, second = (self._units(self.company_a, [serial]) for serial in ("S-25", "S-26"))
        picking = self._transfer(self.company_a, "delivery", ["S-25"], self.site)
        picking.button_validate()
        line = picking.move_line_ids.copy({"lot_id": second.lot_id.id, "quantity": 1})
        self.assertEqual((line.state, second.state), ("done", "delivered"))
        self.assertEqual(second.site_id, self.site)
        line.quantity = 0
        self.assertEqual((first.state, second.state), ("delivered", "stock"))

    def test_a_late_correction_leaves_a_machine_that_went_on(self):
        self._move(self.company_a, "receipt", ["S-27", "S-28"])
        wrong, right = (self._units(self.company_a, [serial]) for serial in ("S-27", "S-28"))
        picking = self._transfer(self.company_a, "delivery", ["S-27"], self.site)
        picking.button_validate()
        self._move(self.company_a, "return", ["S-27"], self.site)
        self._move(self.company_a, "delivery", ["S-27"], self.other_customer)
        picking.move_line_ids.lot_id = right.lot_id
        self.assertEqual((wrong.state, wrong.owner_id), ("delivered", self.other_customer))
        self.assertEqual(right.state, "delivered")

    def test_machines_that_go_without_a_transfer_take_over_no_work(self):
        waiting = self._protocol(self._move(self.company_a, "receipt", ["S-29"]))
        unit = self._move(self.company_a, "receipt", ["S-30"])
        stock = self._warehouse(self.company_a).lot_stock_id
        move = self.env["stock.move"].create(
            {
                "product_id": self.pump.id,
                "product_uom_qty": 1,
                "location_id": stock.id,
                "location_dest_id": self.env.ref("stock.stock_location_customers").id,
                "company_id": self.company_a.id,
                "partner_id": self.site.id,
            }
        )
        move._action_confirm()
        self._pick(move, ["S-30"])
        move._action_done()
        self.assertEqual(waiting.unit_id.serial, "S-29")
        work = self._work(unit)
        self.assertEqual((work.owner_id, work.site_id), (self.customer, self.site))

    def test_prepared_twice_is_there_once(self):
        self._move(self.company_a, "receipt", ["S-5"])
        picking = self._transfer(self.company_a, "delivery", ["S-5"], self.site)
        picking.with_user(self.manager_a).action_prepare_protocols()
        picking.with_user(self.manager_a).action_prepare_protocols()
        picking.button_validate()
        self.assertEqual(len(self._work(self._units(self.company_a, ["S-5"]))), 2)
        self.assertEqual(picking.equipment_protocol_count, 2)

    def test_nothing_to_prepare_without_serial_numbers(self):
        self._move(self.company_a, "receipt", ["S-6"])
        picking = self._transfer(self.company_a, "delivery", ["S-6"], self.site)
        picking.move_ids.move_line_ids.unlink()
        with self.assertRaisesRegex(UserError, "serial numbers"):
            picking.action_prepare_protocols()

    def test_return_cancels_what_was_to_be_done_and_delivery_calls_for_it_again(self):
        unit = self._delivered("S-7")
        first = self._work(unit)
        first.write({"user_id": self.technician_a.id, "date_planned": "2030-01-01 08:00:00"})
        self._move(self.company_a, "return", ["S-7"], self.site)
        self.assertEqual((first.state, len(first.activity_ids)), ("cancelled", 0))
        self._move(self.company_a, "delivery", ["S-7"], self.other_customer)
        second = self._work(unit)
        self.assertEqual((second.state, second.owner_id), ("draft", self.other_customer))
        self.assertEqual(second.name, "COM-S-7-02")

    def test_second_life_begins_anew_and_the_first_stays_on_paper(self):
        unit = self._delivered("S-8")
        first = self._work(unit)
        self._fill(first)
        self._sign(first)
        self.assertEqual(unit.state, "service")
        self._move(self.company_a, "return", ["S-8"], self.site)
        self._move(self.company_a, "delivery", ["S-8"], self.other_customer)
        self.assertEqual((unit.state, unit.in_service_date), ("delivered", False))
        self.assertEqual((first.state, first.owner_id), ("done", self.customer))
        self.assertTrue(unit.identity_id.in_service_date)
