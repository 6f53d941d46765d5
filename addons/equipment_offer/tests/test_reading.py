"""Figures as customers say them."""

import doctest

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..engine import reading
from ..engine.reading import Reading, ReadingError, read

UNITS = {"m³/h": 1, "l/s": 2, "°C": 3, "bar": 4, "hp": 5, "gₙ": 6, "m H₂O": 7, "kW": 8}
NUMBERS = st.integers(-99_999_999, 99_999_999).map(lambda number: number / 100)


def written(number, decimal):
    return f"{number:.2f}".replace(".", decimal)


@tagged("post_install", "-at_install")
class TestReading(BaseCase):
    def test_examples_of_the_documentation(self):
        self.assertEqual(doctest.testmod(reading).failed, 0)

    def test_ways_to_say_it(self):
        for text, expected in {
            "11 l/s": (11, 11, 2),
            "11": (11, 11, None),
            "10 – 40 m3/h": (10, 40, 1),
            "10-40 M³/h": (10, 40, 1),
            "from 10 to 40 m³/h": (10, 40, 1),
            "de 10 à 40 bar": (10, 40, 4),
            "от 10 до 40 м3/ч": (10, 40, 1),
            "≥ 6 bar": (6, None, 4),
            "au moins 6 bar": (6, None, 4),
            "не менее 6 бар": (6, None, 4),
            "до 90 °C": (None, 90, 3),
            "up to 90C": (None, 90, 3),
            "jusqu'à 90 °C": (None, 90, 3),
            "max. 90": (None, 90, None),
            "\N{MINUS SIGN}40 … 85 °C": (-40, 85, 3),
            "-10 - -5 C": (-10, -5, 3),
            "10 ch": (10, 10, 5),
            "60 mH2O": (60, 60, 7),
            "5 g": (5, 5, 6),
            "7,5 кВт": (7.5, 7.5, 8),
            "1 200,5": (1200.5, 1200.5, None),
            "1,200.5": (1200.5, 1200.5, None),
        }.items():
            with self.subTest(text):
                self.assertEqual(read(text, UNITS), Reading(*expected))

    def test_thousands_are_those_of_the_writer(self):
        self.assertEqual(read("1,200", {}, decimal=".").low, 1200)
        self.assertEqual(read("1,200", {}, decimal=",").low, 1.2)
        self.assertEqual(read("1.200", {}, decimal=",").low, 1200)

    def test_what_is_no_figure_says_why(self):
        for text, code in {
            "": "empty",
            "   ": "empty",
            "much": "no_number",
            "5 kg": "unit",
            "40 - 10 bar": "order",
            "5 bar / h": "unit",
        }.items():
            with self.subTest(text), self.assertRaises(ReadingError) as caught:
                read(text, UNITS)
            self.assertEqual(caught.exception.code, code)

    @settings(max_examples=200, deadline=None)
    @given(NUMBERS, NUMBERS, st.sampled_from(list(UNITS)), st.sampled_from(".,"))
    def test_what_is_written_is_read(self, one, other, unit, decimal):
        low, high = sorted((one, other))
        text = f"{written(low, decimal)} … {written(high, decimal)} {unit}"
        self.assertEqual(read(text, UNITS, decimal), Reading(low, high, UNITS[unit]))
        self.assertEqual(
            read(f"≤ {written(high, decimal)} {unit}", UNITS, decimal),
            Reading(None, high, UNITS[unit]),
        )

    @settings(max_examples=300, deadline=None)
    @given(st.text(max_size=60))
    def test_nothing_breaks_the_reader(self, text):
        try:
            found = read(text, UNITS)
        except ReadingError:
            return
        self.assertTrue(found.low is not None or found.high is not None)
