"""Units of measured parameters convert both ways, temperatures too."""

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import EquipmentTypeCase


@tagged("post_install", "-at_install")
class TestUnits(EquipmentTypeCase):
    def unit(self, name):
        return self.env.ref(f"equipment_type.uom_{name}")

    def test_known_conversions(self):
        for value, start, end, expected in (
            (10, "litre_per_second", "cubic_metre_per_hour", 36),
            (600, "kilopascal", "bar", 6),
            (10, "metric_horsepower", "kilowatt", 7.3549875),
            (100, "metre_of_water", "kilopascal", 980.665),
            (25, "celsius", "kelvin", 298.15),
            (-40, "fahrenheit", "celsius", -40),
            (373.15, "kelvin", "fahrenheit", 212),
            (5, "standard_gravity", "metre_per_square_second", 49.03325),
        ):
            with self.subTest(f"{value} {start} in {end}"):
                result = self.unit(start)._convert_reading(value, self.unit(end))
                self.assertAlmostEqual(result, expected, places=4)

    def test_there_and_back_is_the_same(self):
        families = [units for units in self.env["uom.uom"]._families().values() if len(units) > 1]

        @settings(max_examples=60, deadline=None)
        @given(st.sampled_from(families), st.floats(-1e6, 1e6), st.data())
        def there_and_back(units, value, data):
            start = data.draw(st.sampled_from(list(units)))
            end = data.draw(st.sampled_from(list(units)))
            back = end._convert_reading(start._convert_reading(value, end), start)
            self.assertAlmostEqual(back, value, delta=1e-6 + abs(value) * 1e-9)

        there_and_back()

    def test_pressure_is_no_power(self):
        with self.assertRaisesRegex(UserError, "bar.*kW"):
            self.unit("bar")._convert_reading(3, self.unit("kilowatt"))

    def test_small_readings_are_not_rounded_away(self):
        self.assertEqual(self.unit("kilopascal")._to_reference(0.04), 0.0004)
