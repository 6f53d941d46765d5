from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.dealer_territory import postal

russian = st.integers(100000, 699999).map(str)
fsa = st.from_regex(r"\A[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z]\Z")
canadian = st.builds(lambda a, b: f"{a} {b}", fsa, st.from_regex(r"\A[0-9][A-Z][0-9]\Z"))
british = st.from_regex(r"\A[A-Z]{1,2}[0-9]{1,2} [0-9][A-Z]{2}\Z")


@tagged("post_install", "-at_install")
class TestPostal(BaseCase):
    """The plain range logic; properties hold for any code."""

    @settings(max_examples=200, deadline=None)
    @given(st.text(max_size=20), st.sampled_from([None, "CA", "RU", "FR", "GB", "US", "LV"]))
    def test_a_key_has_only_sortable_characters(self, text, country):
        self.assertRegex(postal.key(text, country), r"^[-0-9A-Z]*$")

    @settings(max_examples=200, deadline=None)
    @given(canadian)
    def test_blanks_hyphens_and_case_do_not_matter(self, code):
        variants = {code, code.lower(), code.replace(" ", ""), code.replace(" ", "-")}
        self.assertEqual(len({postal.key(text, "CA") for text in variants}), 1)

    @settings(max_examples=200, deadline=None)
    @given(russian, russian, russian)
    def test_numeric_ranges_follow_the_numbers(self, first, last, code):
        first, last = sorted((first, last))
        inside = int(first) <= int(code) <= int(last)
        self.assertEqual(postal.key(code, "RU") in postal.interval(first, last, "RU"), inside)

    @settings(max_examples=200, deadline=None)
    @given(fsa, fsa, canadian)
    def test_prefix_ranges_hold_all_longer_codes(self, first, last, code):
        first, last = sorted((first, last))
        inside = first <= code[:3] <= last
        self.assertEqual(postal.key(code, "CA") in postal.interval(first, last, "CA"), inside)

    @settings(max_examples=200, deadline=None)
    @given(british)
    def test_a_british_code_lies_in_its_own_district_only(self, code):
        district = code.split()[0]
        area = "".join(filter(str.isalpha, district))
        number = int("".join(filter(str.isdigit, district)))
        key = postal.key(code, "GB")
        self.assertIn(key, postal.interval(district, None, "GB"))
        self.assertIn(key, postal.interval(area, None, "GB"))
        other = f"{area}{(number + 1) % 100}"
        self.assertNotIn(key, postal.interval(other, None, "GB"))

    @settings(max_examples=200, deadline=None)
    @given(st.lists(russian, min_size=4, max_size=4))
    def test_overlap_means_a_common_code(self, codes):
        a, b = sorted(codes[:2]), sorted(codes[2:])
        common = max(int(a[0]), int(b[0])) <= min(int(a[1]), int(b[1]))
        left, right = postal.interval(*a, "RU"), postal.interval(*b, "RU")
        self.assertEqual(left.overlaps(right), common)
        self.assertEqual(right.overlaps(left), common)

    @settings(max_examples=200, deadline=None)
    @given(st.lists(russian, min_size=4, max_size=4, unique=True))
    def test_a_range_within_another_is_more_specific(self, codes):
        codes.sort()
        outer = postal.interval(codes[0], codes[3], "RU")
        inner = postal.interval(codes[1], codes[2], "RU")
        country = postal.interval("", "", "RU")
        self.assertLess(0, inner.span)
        self.assertLess(inner.span, outer.span)
        self.assertLess(outer.span, country.span)
        self.assertLess(postal.interval(codes[1], None, "RU").span, inner.span)

    @settings(max_examples=100, deadline=None)
    @given(st.lists(st.tuples(russian, russian).map(sorted), max_size=5))
    def test_lists_are_read_as_they_are_written(self, pairs):
        text = "; ".join(f"{first} .. {last}" for first, last in pairs)
        self.assertEqual(postal.parse(text, "RU"), [tuple(pair) for pair in pairs])

    def test_a_lost_zero_comes_back(self):
        self.assertEqual(postal.key("1000", "FR"), "01000")
        self.assertEqual(postal.key("75", "FR"), "75")
        self.assertEqual(postal.key("D-01067", "DE"), "01067")

    def test_full_width_digits_are_digits(self):
        self.assertEqual(postal.key("〒１００-０００１", "JP"), "1000001")

    def test_nonsense_is_refused(self):
        for first, last, country in (
            ("H3B", "H2X", "CA"),
            ("", "H2X", "CA"),
            ("12A45", None, "RU"),
            ("Н2Х", None, "CA"),
            ("--", None, "CA"),
        ):
            with self.subTest(first=first, last=last), self.assertRaises(postal.PostalCodeError):
                postal.interval(first, last, country)
        for text in ("1000..2000..3000", "..2000", "10%0"):
            with self.subTest(text=text), self.assertRaises(postal.PostalCodeError):
                postal.parse(text, "FR")
