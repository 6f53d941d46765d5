import doctest
from datetime import date

from odoo.tests import BaseCase, tagged

from ..tools import opening_hours, validity


@tagged("post_install", "-at_install")
class TestTools(BaseCase):
    def test_examples_in_docstrings_hold(self):
        for module in (opening_hours, validity):
            result = doctest.testmod(module)
            self.assertTrue(result.attempted)
            self.assertFalse(result.failed, module.__name__)

    def test_consecutive_days_of_other_hours_are_not_merged(self):
        merged = opening_hours.merge_weekdays({0: ((9, 18),), 1: ((9, 17),), 2: ((9, 17),)})
        self.assertEqual(merged, [(0, 0, ((9, 18),)), (1, 2, ((9, 17),))])

    def test_both_ends_of_a_span_belong_to_it(self):
        start, end = date(2026, 3, 1), date(2026, 3, 31)
        self.assertEqual(validity.state_on(date(2026, 2, 28), start, end), "future")
        self.assertEqual(validity.state_on(start, start, end), "current")
        self.assertEqual(validity.state_on(end, start, end), "current")
        self.assertEqual(validity.state_on(date(2026, 4, 1), start, end), "past")
