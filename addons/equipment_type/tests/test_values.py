"""What products say of their parameters."""

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import EquipmentTypeCase


@tagged("post_install", "-at_install")
class TestValues(EquipmentTypeCase):
    def test_a_type_has_the_parameters_of_the_types_above(self):
        self.assertEqual(self.centrifugal.all_parameter_ids, self.flow | self.material | self.power)

    def test_missing_values_are_named_until_they_are_given(self):
        self.assertEqual(self.pump.equipment_missing_ids, self.flow | self.material | self.power)
        self._give(self.flow, value_number=5, value_number_max=40)
        self.assertEqual(self.pump.equipment_missing_ids, self.material | self.power)

    def test_a_value_in_another_unit_compares_as_what_it_is(self):
        litres = self.env.ref("equipment_type.uom_litre_per_second")
        value = self._give(self.flow, value_number=1, value_number_max=10, uom_id=litres.id)
        self.assertAlmostEqual(value.reference_min, 3.6)
        self.assertAlmostEqual(value.reference_max, 36)
        reaching = self.env["equipment.parameter.value"].search(
            [("parameter_id", "=", self.flow.id), ("reference_max", ">=", 35)]
        )
        self.assertIn(value, reaching)

    def test_values_read_as_people_write_them(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        flow = self._give(self.flow, value_number=5.5, value_number_max=1200)
        self.assertEqual(flow.value_display, "5.5–1,200 m³/h")
        self.assertRegex(flow.with_context(lang="fr_FR").value_display, r"^5,5–1\s200 m³/h$")
        heat = self._give(self.temperature, value_number=-10, value_number_max=90)
        self.assertEqual(heat.value_display, "\N{MINUS SIGN}10 … 90 °C")
        milk = self.env.ref("equipment_type.material_milk")
        material = self._give(self.material, choice_ids=[Command.set(milk.ids)])
        self.assertEqual(material.value_display, "Milk")

    def test_nonsense_is_refused_with_product_and_parameter(self):
        bar = self.env.ref("equipment_type.uom_bar")
        air = self.env.ref("equipment_type.material_air")
        for values, message in (
            ({"value_number": 9, "value_number_max": 4}, "Pump P-1, Flow: the range ends"),
            (
                {"value_number": 1, "value_number_max": 4, "uom_id": bar.id},
                "Pump P-1, Flow: the unit bar does not convert to m³/h",
            ),
            (
                {"value_number_max": 4, "choice_ids": [Command.set(air.ids)]},
                "another parameter",
            ),
        ):
            with (
                self.subTest(message),
                self.assertRaisesRegex(ValidationError, message),
                self.env.cr.savepoint(),
            ):
                self._give(self.flow, **values)
        with self.assertRaisesRegex(ValidationError, "Processed material: choose at least one"):
            self._give(self.material)

    @mute_logger("odoo.sql_db")
    def test_one_value_per_parameter(self):
        self._give(self.power, value_number=7.5)
        with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
            self._give(self.power, value_number=11)
        self.assertIn("parameter_uniq", str(caught.exception))

    def test_the_form_proposes_the_unit_and_copies_with_the_product(self):
        with Form(self.pump) as form, form.equipment_value_ids.new() as line:
            line.parameter_id = self.power
            self.assertEqual(line.uom_id, self.power.uom_id)
            line.value_number = 11
        copied = self.pump.copy()
        self.assertEqual(copied.equipment_value_ids.value_display, "11 kW")

    def test_products_are_counted_with_those_of_types_below(self):
        self.assertEqual(self.pump_type.product_count, 1)
        self.assertEqual(
            self.env["product.template"].search(self.pump_type.action_view_products()["domain"]),
            self.pump,
        )

    def test_a_type_is_not_above_itself(self):
        with self.assertRaises(UserError):
            self.pump_type.parent_id = self.centrifugal

    def test_a_text_has_no_unit(self):
        with self.assertRaises(ValidationError):
            self.env["equipment.parameter"].create(
                {"name": "X", "code": "x", "kind": "text", "uom_id": self.flow.uom_id.id}
            )

    def test_many_products_take_a_fixed_number_of_queries(self):
        products = self.env["product.template"].create(
            [{"name": f"P{i}", "equipment_type_id": self.centrifugal.id} for i in range(60)]
        )
        for product in products:
            self._give(self.flow, product, value_number=1, value_number_max=2)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(10):
            for product in products:
                _ = (
                    product.equipment_missing_ids,
                    product.equipment_value_ids.mapped("value_display"),
                )
