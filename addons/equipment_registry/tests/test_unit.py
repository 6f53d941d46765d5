from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import EquipmentCase


@tagged("post_install", "-at_install")
class TestUnit(EquipmentCase):
    def _kinds(self, unit):
        return unit.event_ids.sorted("id").mapped("kind")

    def test_a_received_machine_has_an_identity_and_a_unit(self):
        unit = self._move(self.company_a, "receipt", ["T-1"])
        self.assertEqual((unit.serial, unit.state), ("T-1", "stock"))
        self.assertEqual(unit.lot_id.name, "T-1")
        self.assertEqual(unit.equipment_type_id, self.pump_type)
        self.assertEqual(unit.identity_id.holder_company_id, self.company_a)
        self.assertEqual(unit.identity_id.brand, "Testa")
        self.assertEqual(self._kinds(unit), ["received"])

    def test_what_has_no_type_or_serial_number_is_no_machine(self):
        before = self.env["equipment.unit"].search_count([])
        self._move(
            self.company_a,
            "receipt",
            ["T-2"],
            product=self._create_product("Without type", equipment_type_id=False),
        )
        self.assertEqual(self.env["equipment.unit"].search_count([]), before)

    def test_delivery_names_owner_and_site(self):
        self._move(self.company_a, "receipt", ["T-3"])
        unit = self._move(self.company_a, "delivery", ["T-3"], self.site)
        self.assertEqual((unit.state, unit.owner_id), ("delivered", self.customer))
        self.assertEqual(unit.site_id, self.site)
        self.assertTrue(unit.delivery_date)
        self.assertEqual(self._kinds(unit), ["received", "delivered"])
        self.assertEqual(unit.event_ids[0].owner_id, self.customer)

    def test_return_and_delivery_to_another_customer(self):
        self._move(self.company_a, "receipt", ["T-4"])
        unit = self._move(self.company_a, "delivery", ["T-4"], self.site)
        identity = unit.identity_id
        identity.in_service_date = "2020-02-02"
        self._move(self.company_a, "return", ["T-4"], self.site)
        self.assertEqual(
            (unit.state, unit.owner_id.id, unit.in_service_date), ("stock", False, False)
        )
        self._move(self.company_a, "delivery", ["T-4"], self.other_customer)
        self.assertEqual((unit.state, unit.owner_id), ("delivered", self.other_customer))
        self.assertEqual(self._kinds(unit), ["received", "delivered", "returned", "delivered"])
        owners = unit.event_ids.sorted("id").mapped("owner_id.name")
        self.assertEqual(owners, ["Customer of A", "Second customer of A"])
        self.assertEqual(unit.event_ids.sorted("id")[2].owner_id, self.customer)
        self.assertEqual(str(identity.in_service_date), "2020-02-02", "the machine keeps its age")

    def test_machine_goes_from_company_to_company_and_keeps_its_identity(self):
        made = self._move(self.company_a, "receipt", ["T-5"])
        self._move(self.company_a, "delivery", ["T-5"], self.company_b.partner_id)
        got = self._move(self.company_b, "receipt", ["T-5"], self.company_a.partner_id)
        self.assertEqual(got.identity_id, made.identity_id)
        self.assertNotEqual(got, made)
        self.assertEqual(made.identity_id.holder_company_id, self.company_b)
        self.assertEqual(made.owner_id, self.company_b.partner_id)
        self._move(self.company_b, "delivery", ["T-5"], self.customer_b)
        self.assertEqual(
            made.owner_id, self.company_b.partner_id, "A knows nothing of the customer"
        )

    def test_serial_swapped_at_the_last_moment(self):
        self._move(self.company_a, "receipt", ["T-6", "T-7"])
        picking = self._transfer(self.company_a, "delivery", ["T-6"], self.site)
        self._pick(picking.move_ids, ["T-7"])
        picking.button_validate()
        planned, taken = self._units(self.company_a, ["T-6"]), self._units(self.company_a, ["T-7"])
        self.assertEqual((planned.state, planned.owner_id.id), ("stock", False))
        self.assertEqual((taken.state, taken.owner_id), ("delivered", self.customer))

    def test_one_number_of_a_brand_is_on_one_product_only(self):
        self._move(self.company_a, "receipt", ["T-8"])
        with self.assertRaisesRegex(ValidationError, "t-8 of Test compressor.*Test pump"):
            self._move(self.company_a, "receipt", ["t-8"], product=self.compressor)

    def test_products_without_brand_number_on_their_own(self):
        one, two = self._create_product("One"), self._create_product("Two")
        units = self._move(self.company_a, "receipt", ["1"], product=one)
        units |= self._move(self.company_a, "receipt", ["1"], product=two)
        self.assertEqual(len(units.identity_id), 2)

    def test_unit_by_hand_finds_the_machine(self):
        got = self._move(self.company_b, "receipt", ["T-9"])
        unit = (
            self.env["equipment.unit"]
            .with_user(self.manager_a)
            .create({"product_id": self.pump.id, "serial": " t-9", "owner_id": self.customer.id})
        )
        self.assertEqual(unit.company_id, self.company_a)
        self.assertEqual(unit.sudo().identity_id, got.identity_id)
        self.assertEqual(got.identity_id.holder_company_id, self.company_b, "B still has it")

    def test_unit_needs_a_plate(self):
        with self.assertRaisesRegex(UserError, "serial number"):
            self.env["equipment.unit"].create({"product_id": self.pump.id})

    def test_unit_by_hand_takes_up_the_lot_when_the_machine_comes_in(self):
        unit = self.env["equipment.unit"].create(
            {
                "product_id": self.pump.id,
                "serial": "T-10",
                "company_id": self.company_a.id,
                "state": "delivered",
                "owner_id": self.customer.id,
            }
        )
        again = self._move(self.company_a, "return", ["T-10"], self.customer)
        self.assertEqual(again, unit)
        self.assertEqual((unit.lot_id.name, unit.state), ("T-10", "stock"))

    def test_renamed_lot_renames_the_machine(self):
        unit = self._move(self.company_a, "receipt", ["T-11"])
        identity = unit.identity_id
        unit.lot_id.name = "T-11b"
        self.assertEqual(
            (unit.identity_id, identity.serial, unit.serial), (identity, "T-11b", "T-11b")
        )
        unit.with_user(self.manager_a).serial = "T-11c"
        self.assertEqual((unit.lot_id.name, unit.serial_key), ("T-11c", "T-11C"))

    def test_correction_to_a_known_number_goes_over_to_that_machine(self):
        known = self._move(self.company_b, "receipt", ["T-12"])
        unit = self._move(self.company_a, "receipt", ["T-21"])
        unit.serial = "T-12"
        self.assertEqual(unit.identity_id, known.identity_id)

    def test_change_of_owner_by_hand_is_history(self):
        self._move(self.company_a, "receipt", ["T-13"])
        unit = self._move(self.company_a, "delivery", ["T-13"], self.customer)
        unit.with_user(self.manager_a).write({"owner_id": self.other_customer.id})
        event = unit.event_ids.sorted("id")[-1]
        self.assertEqual((event.kind, event.owner_id), ("moved", self.other_customer))
        self.assertEqual(event.user_id, self.manager_a)

    def test_many_machines_cost_no_more_queries_each(self):
        def queries(serials):
            picking = self._transfer(self.company_a, "receipt", serials)
            self.env.flush_all()
            self.env.invalidate_all()
            moves = picking.move_ids
            moves.move_line_ids.lot_id.mapped("name")
            units = self.env["equipment.unit"].sudo()
            before = self.env.cr.sql_log_count
            units._ensure_for_lots(moves.move_line_ids)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        few = queries([f"Q-{number}" for number in range(3)])
        many = queries([f"R-{number}" for number in range(30)])
        self.assertLessEqual(many, few + 3)

    def test_search_by_number_as_people_type_it(self):
        self._move(self.company_a, "receipt", ["ZQ-0017", "ZQ-0018", "XZQ-0017"])
        Unit = self.env["equipment.unit"].with_user(self.technician_a)
        found = dict(Unit.name_search("zq-00"))
        self.assertEqual(len(found), 2)
        self.assertEqual(len(Unit.name_search("zq-0017")), 1)
        self.assertEqual(len(Unit.name_search("Q-0018")), 1, "a part, where none begins so")
        self.assertEqual(len(Unit.name_search("%")), 0)
