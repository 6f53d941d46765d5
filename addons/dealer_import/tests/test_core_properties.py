import csv
import io
import random
import unittest

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from ..core import reader
from ..core.checker import check
from ..core.plan import FIELDS, REFUSED, UNCHANGED, Known
from .common import TYPES, reference

HEAD = ("Code", "Name", "Type", "Parent code", "Country")
COUNTRY_CODES = st.sampled_from(["A", "B", "C", "D", "E", "F"])
REFERENCE = reference()

#: what people and programs put in cells, and what nobody should
NASTY = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "A", "dealer", "France", "+33 1 99 00 12 34", "00", "=1+1", "#N/A", "47,1", "1e309",
         "a@b.example", "http://[", "\x00", "\u200b", "\ufeff", "😀", "\r", '"', ";", "ß", "İ"]
    ),
)  # fmt: skip
TABLES = st.lists(st.lists(NASTY, min_size=1, max_size=8), max_size=12)
#: letters that all encodings of a language hold; an accented one stands beside a plain one, as in
#: words: "éèêà" alone would be the same bytes as a Russian word
FRENCH = st.lists(
    st.one_of(
        st.sampled_from("abcdefghijklmnoprstuv ABCDE0123456789"),
        st.builds("".join, st.tuples(st.sampled_from("bcdlmnprst"), st.sampled_from("éèêàçîô"))),
        st.just("À l"),
        st.just("École"),
    ),
    max_size=8,
).map("".join)
RUSSIAN = st.text(alphabet="абвгдежзиклмнопрстуфхцчшщыьэюя АБВГДЕЖЗ0123456789", max_size=12)


def to_csv(rows, delimiter=";"):
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    return buffer.getvalue()


def report_of(content):
    """Return the report of bytes, None when they cannot be read: nothing else may happen."""
    try:
        sheet = reader.read(content)
    except reader.UnreadableFile:
        return None
    return check(sheet, REFERENCE)


@tagged("post_install", "-at_install")
class TestCoreProperties(unittest.TestCase):
    test_tags = {"standard", "post_install"}

    @settings(max_examples=300, deadline=None)
    @given(st.binary(max_size=400))
    def test_any_bytes_are_read_or_refused(self, content):
        report_of(content)

    @settings(max_examples=100, deadline=None)
    @given(st.binary(max_size=200))
    def test_any_broken_workbook_is_read_or_refused(self, tail):
        report_of(b"PK\x03\x04" + tail)

    @settings(max_examples=200, deadline=None)
    @given(TABLES, st.permutations(FIELDS), st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]))
    def test_any_cells_are_checked(self, rows, keys, encoding):
        content = to_csv([keys[:8], *rows]).encode(encoding, "replace")
        report = report_of(content)
        if report is None:
            return
        numbers = {row.number for row in report.rows}
        for problem in report.problems:
            self.assertTrue(problem.row in numbers or problem.row <= report.header_row, problem)
        refused = {problem.row for problem in report.errors}
        for row in report.rows:
            self.assertEqual(row.action == REFUSED, row.number in refused)

    @settings(max_examples=100, deadline=None)
    @given(
        st.lists(st.tuples(FRENCH, FRENCH), min_size=1, max_size=20),
        st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
        st.sampled_from([";", ",", "\t"]),
    )
    def test_french_cells_survive_every_encoding(self, rows, encoding, delimiter):
        self._check_round_trip([("Code", "Téléphone"), *rows], encoding, delimiter)

    @settings(max_examples=100, deadline=None)
    @given(
        st.lists(st.tuples(RUSSIAN, RUSSIAN), min_size=1, max_size=20),
        st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1251"]),
        st.sampled_from([";", ",", "\t"]),
    )
    def test_russian_cells_survive_every_encoding(self, rows, encoding, delimiter):
        self._check_round_trip([("Код", "Наименование"), *rows], encoding, delimiter)

    def _check_round_trip(self, rows, encoding, delimiter):
        read = reader.read(to_csv(rows, delimiter).encode(encoding)).rows
        expected = [[cell.strip() for cell in row] for row in rows]
        for row in expected:
            while row and not row[-1]:
                row.pop()
        while expected and not expected[-1]:
            expected.pop()
        self.assertEqual(read, expected)

    @settings(max_examples=200, deadline=None)
    @given(st.dictionaries(COUNTRY_CODES, st.one_of(st.just(""), COUNTRY_CODES), min_size=1))
    def test_loops_are_found_where_they_are(self, parents):
        def on_loop(code):
            """Walk up as far as there are dealers; the plain definition of a loop."""
            here = parents.get(code)
            for _step in parents:
                if here == code:
                    return True
                here = parents.get(here)
            return False

        rows = [(code, code, "dealer", parent, "FR") for code, parent in parents.items()]
        report = report_of(to_csv([HEAD, *rows]).encode())
        found = {
            row.code
            for row in report.rows
            if any(p.code == "loop" and p.row == row.number for p in report.problems)
        }
        self.assertEqual(found, {code for code in parents if on_loop(code)})

    @settings(max_examples=100, deadline=None)
    @given(
        st.dictionaries(
            COUNTRY_CODES,
            st.tuples(st.sampled_from(sorted(TYPES)), st.one_of(st.just(""), COUNTRY_CODES)),
            min_size=1,
        ),
        st.randoms(use_true_random=False),
    )
    def test_order_of_rows_does_not_matter(self, dealers, rng: random.Random):
        rows = [(code, code, kind, parent, "FR") for code, (kind, parent) in dealers.items()]
        shuffled = list(rows)
        rng.shuffle(shuffled)
        self.assertEqual(self._findings(rows), self._findings(shuffled))

    def _findings(self, rows):
        report = report_of(to_csv([HEAD, *rows]).encode())
        code_of = {row.number: row.code for row in report.rows}
        return sorted((code_of[p.row], p.column, p.code) for p in report.problems)

    @settings(max_examples=100, deadline=None)
    @given(st.lists(st.tuples(*[NASTY] * 6), min_size=1, max_size=8))
    def test_what_was_loaded_is_unchanged_the_second_time(self, rows):
        """Take the values of a clean report for the database's: nothing is left to do."""
        head = ("Code", "Name", "Type", "Country", "Phone", "Latitude", "Longitude")
        numbered = [
            (f"N{at}", *(cell.replace("\0", "") for cell in row)) for at, row in enumerate(rows)
        ]
        sheet = reader.read(to_csv([head, *numbered]).encode("utf-8", "replace"))
        report = check(sheet, REFERENCE)
        known = {
            row.code: Known(row.code, row.values.get("type", ""), values=row.values)
            for row in report.rows
            if row.action != REFUSED
        }
        again = check(sheet, reference(dealers=known))
        for row in again.rows:
            if row.code in known:
                self.assertEqual(row.action, UNCHANGED)
