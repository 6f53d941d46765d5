from odoo.tests import BaseCase, tagged

from ..tools.serial import serial_key


@tagged("post_install", "-at_install")
class TestSerial(BaseCase):
    def test_blanks_and_case_do_not_matter_but_dashes_do(self):
        self.assertEqual(serial_key(" cp40 - 0017\t"), "CP40-0017")
        self.assertNotEqual(serial_key("1-11"), serial_key("11-1"))

    def test_nothing_is_empty(self):
        self.assertEqual(serial_key(None), "")
        self.assertEqual(serial_key("  "), "")
