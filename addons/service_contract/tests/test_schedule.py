from datetime import date

from odoo.tests import BaseCase, tagged

from ..tools.schedule import following_last_day, last_day, visit_dates

FAR = date(2100, 1, 1)


@tagged("post_install", "-at_install")
class TestSchedule(BaseCase):
    def test_visits_close_each_interval(self):
        found = visit_dates(date(2024, 1, 1), date(2024, 12, 31), 3, FAR)
        self.assertEqual([number for number, _due in found], [1, 2, 3, 4])
        self.assertEqual(found[0][1], date(2024, 3, 31))
        self.assertEqual(found[-1][1], date(2024, 12, 31))

    def test_months_are_counted_from_the_start(self):
        found = visit_dates(date(2024, 1, 31), date(2025, 1, 30), 1, FAR)
        self.assertEqual(found[0][1], date(2024, 2, 29), "a short month counts whole")
        self.assertEqual(found[1][1], date(2024, 3, 30))
        self.assertEqual(found[-1], (12, date(2025, 1, 30)))

    def test_horizon_and_nothing(self):
        self.assertEqual(
            len(visit_dates(date(2024, 1, 1), date(2024, 12, 31), 3, date(2024, 7, 1))), 2
        )
        self.assertEqual(visit_dates(date(2024, 1, 1), date(2024, 12, 31), 0, FAR), [])
        self.assertEqual(visit_dates(date(2024, 1, 1), date(2024, 2, 1), 3, FAR), [])
        end = date(9999, 12, 31)
        self.assertEqual(visit_dates(date(9999, 12, 30), end, 3, FAR), [], "after the horizon")

    def test_last_day_of_a_period(self):
        self.assertEqual(last_day(date(2024, 2, 29), 12), date(2025, 2, 28))
        self.assertEqual(last_day(date(2024, 2, 29), 48), date(2028, 2, 28))
        self.assertEqual(last_day(date(2024, 8, 31), 6), date(2025, 2, 28))
        self.assertEqual(last_day(date(2024, 1, 1), 12), date(2024, 12, 31))

    def test_periods_that_follow_are_counted_from_the_start(self):
        start, end = date(2024, 8, 31), date(2025, 2, 28)
        self.assertEqual(following_last_day(start, end, 6), date(2025, 8, 30))
        self.assertEqual(following_last_day(start, end, 12), date(2026, 2, 28))
        leap = date(2024, 2, 29)
        self.assertEqual(following_last_day(leap, date(2025, 2, 28), 36), date(2028, 2, 28))
        self.assertEqual(
            following_last_day(date(2024, 1, 1), date(2024, 12, 31), 12), date(2025, 12, 31)
        )

    def test_period_after_a_last_day_of_ones_own_follows_it(self):
        start = date(2024, 1, 1)
        self.assertEqual(following_last_day(start, date(2024, 6, 14), 12), date(2025, 6, 14))
        self.assertEqual(following_last_day(start, start, 1), date(2024, 2, 1))
