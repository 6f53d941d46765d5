import doctest

from odoo.tests import BaseCase

from ..tools import serial_number


class TestSerialNumber(BaseCase):
    def test_examples_of_the_module_hold(self):
        result = doctest.testmod(serial_number)
        self.assertGreater(result.attempted, 5)
        self.assertEqual(result.failed, 0)

    def test_a_range_is_of_one_series(self):
        for first, last in (
            ("A-001", "A-100"),
            ("a - 1", "A-20"),
            ("24/0042-X", "24/0142-X"),
            ("7", "7"),
            ("S999999999999998", "S999999999999999"),
        ):
            self.assertTrue(serial_number.is_range(first, last), (first, last))
        for first, last in (
            ("A-001", "B-100"),
            ("A-100", "A-001"),
            ("A-001-X", "A-100-Y"),
            ("A-01", "A-100A"),
            ("A-001", "A-10"),
            ("PROTOTYPE", "PROTOTYPE"),
            ("", ""),
            (None, "A-1"),
        ):
            self.assertFalse(serial_number.is_range(first, last), (first, last))

    def test_a_range_holds_its_numbers_and_no_others(self):
        inside = ("A-001", "A-050", "A-100", " a-050 ")
        outside = ("A-000", "A-101", "A-50", "A-0050", "B-050", "A-050-X", "A-", "", None, "A-٠٥٠")
        for serial in inside:
            self.assertTrue(serial_number.in_range(serial, "A-001", "A-100"), serial)
        for serial in outside:
            self.assertFalse(serial_number.in_range(serial, "A-001", "A-100"), serial)

    def test_numbers_without_zeros_grow(self):
        self.assertTrue(serial_number.in_range("P10", "P1", "P20"))
        self.assertFalse(serial_number.in_range("P010", "P1", "P20"))

    def test_a_long_number_is_compared_exactly(self):
        first, last = "9007199254740993000001", "9007199254740993000005"
        self.assertTrue(serial_number.in_range("9007199254740993000003", first, last))
        self.assertFalse(serial_number.in_range("9007199254740994000003", first, last))
