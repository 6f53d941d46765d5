from odoo.tests import BaseCase, tagged

from ..tools.numbers import plain
from ..tools.serial import serial_key


@tagged("post_install", "-at_install")
class TestSerial(BaseCase):
    def test_blanks_and_case_do_not_matter_but_dashes_do(self):
        self.assertEqual(serial_key(" cp40 - 0017\t"), "CP40-0017")
        self.assertNotEqual(serial_key("1-11"), serial_key("11-1"))

    def test_nothing_is_empty(self):
        self.assertEqual(serial_key(None), "")
        self.assertEqual(serial_key("  "), "")

    def test_numbers_are_printed_in_full(self):
        for value, text in (
            (1234567.0, "1234567"),
            (12345678.25, "12345678.25"),
            (100.0, "100"),
            (0.1 + 0.2, "0.3"),
            (0.00001, "0.00001"),
            (0.0, "0"),
            (-0.0000001, "0"),
            (-4.5, "-4.5"),
        ):
            self.assertEqual(plain(value), text)
