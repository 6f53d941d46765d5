import io
import unittest

from openpyxl import Workbook

from odoo.tests import tagged

from ..core import formats, reader
from ..core.checker import check
from ..core.plan import CREATE, REFUSED, UNCHANGED, UPDATE, Known
from ..core.words import Lexicon, fold
from .common import as_csv, reference

HEAD = ("Code", "Name", "Type", "Parent code", "Country")


def checked(*rows, head=HEAD, **values):
    return check(reader.read(as_csv([head, *rows])), reference(**values))


def codes(report):
    return [(problem.row, problem.column, problem.code) for problem in report.problems]


@tagged("post_install", "-at_install")
class TestReader(unittest.TestCase):
    test_tags = {"standard", "post_install"}

    def test_every_encoding_gives_the_same_cells(self):
        text = "Код;Название\nА1;Журавль\nБ2;Ёлка"
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251"):
            rows = reader.read(text.encode(encoding)).rows
            self.assertEqual(rows[2], ["Б2", "Ёлка"], encoding)

    def test_french_windows_file_is_not_taken_for_cyrillic(self):
        rows = reader.read("Code;Nom\nA;Évêché créé à Nîmes".encode("cp1252")).rows
        self.assertEqual(rows[1], ["A", "Évêché créé à Nîmes"])

    def test_delimiter_is_the_one_that_cuts_evenly(self):
        for delimiter in (";", ",", "\t"):
            content = as_csv([("Code", "Name"), ("A", '"x;y, z"'), ("B", "c")], delimiter)
            sheet = reader.read(content)
            self.assertEqual(sheet.delimiter, delimiter)
            self.assertEqual(sheet.rows[1], ["A", "x;y, z"])

    def test_unclosed_quote_is_refused_not_swallowed(self):
        with self.assertRaises(reader.UnreadableFile) as caught:
            reader.read(b'Code;Name\nA;"Rivage\nB;Taiga\n')
        self.assertEqual((caught.exception.code, caught.exception.row), ("broken_csv", 2))

    def test_wrong_forced_encoding_is_named(self):
        with self.assertRaises(reader.UnreadableFile) as caught:
            reader.read("Code;Nîmes".encode("cp1252"), encoding="utf-8")
        self.assertEqual(caught.exception.code, "wrong_encoding")

    def test_workbook_numbers_read_as_typed(self):
        book = Workbook()
        for row in (["Code", "Zip", "Latitude"], [100, "01000", 47.5]):
            book.active.append(row)
        buffer = io.BytesIO()
        book.save(buffer)
        self.assertEqual(reader.read(buffer.getvalue()).rows[1], ["100", "01000", "47.5"])

    def test_unusable_files_are_named(self):
        cases = {
            b"": "empty_file",
            b" \n ": "empty_file",
            b"\xd0\xcf\x11\xe0\xa1\xb1": "legacy_workbook",
            b"PK\x03\x04broken": "broken_workbook",
        }
        for content, code in cases.items():
            with self.subTest(code=code), self.assertRaises(reader.UnreadableFile) as caught:
                reader.read(content)
            self.assertEqual(caught.exception.code, code)

    def test_too_wide_and_too_long(self):
        with self.assertRaises(reader.UnreadableFile) as caught:
            reader.read(b";".join([b"a"] * (reader.MAX_COLUMNS + 1)))
        self.assertEqual(caught.exception.code, "too_many_columns")
        with self.assertRaises(reader.UnreadableFile) as caught:
            reader.read(b"Code\n" + b"a" * (reader.MAX_CELL + 1))
        self.assertEqual(caught.exception.code, "cell_too_long")


@tagged("post_install", "-at_install")
class TestFormats(unittest.TestCase):
    test_tags = {"standard", "post_install"}

    def test_phones_in_three_ways_are_one_number(self):
        for text in ("+33 1 99 00 12 34", "0033 199001234", "01.99.00.12.34"):
            self.assertEqual(formats.phone(text, "FR"), ("+33199001234", True))
        self.assertEqual(formats.phone("8 (495) 000-12-34", "RU"), ("+74950001234", True))
        self.assertEqual(formats.phone("(514) 555-0123", "CA"), ("+15145550123", True))

    def test_national_phone_without_country_is_refused(self):
        self.assertEqual(formats.phone("01 99 00 12 34", None), (None, False))

    def test_zip_shapes(self):
        for good in (("H2Y 1C6", "CA"), ("44000", "FR"), ("LV-1050", "LV"), ("anything", "TD")):
            self.assertTrue(formats.zip_fits(*good), good)
        for bad in (("4400", "FR"), ("D2Y 1C6", "CA"), ("66004", "RU")):
            self.assertFalse(formats.zip_fits(*bad), bad)

    def test_email(self):
        self.assertEqual(formats.email("Zoe@Rivage.Example"), "zoe@rivage.example")
        for bad in ("zoe", "zoe@", "zoe@@a.example", "zoe@example", "a b@c.example"):
            self.assertIsNone(formats.email(bad), bad)

    def test_coordinates(self):
        self.assertEqual(formats.coordinate("47,2184", 90), 47.2184)
        self.assertEqual(formats.coordinate("-1.5°", 180), -1.5)
        for bad in ("95", "nan", "1e5", "47°13'N", ""):
            self.assertIsNone(formats.coordinate(bad, 90), bad)

    def test_website_gets_a_scheme(self):
        self.assertEqual(formats.website("www.rivage.example"), "http://www.rivage.example")
        self.assertIsNone(formats.website("no web"))
        self.assertIsNone(formats.website("http://[bad"))

    def test_vat_check_digits(self):
        self.assertTrue(formats.vat_fits("FR40303265045", "FR"))
        self.assertFalse(formats.vat_fits("FR40303265046", "FR"))
        self.assertTrue(formats.vat_fits("any", "TD"))


@tagged("post_install", "-at_install")
class TestWords(unittest.TestCase):
    test_tags = {"standard", "post_install"}

    def test_case_accents_and_punctuation_do_not_matter(self):
        self.assertEqual(fold("  Téléphone_(du) DIRIGEANT: "), "telephone du dirigeant")

    def test_word_of_two_meanings_has_none(self):
        lexicon = Lexicon([("Georgia", "GE"), ("georgia", "US-GA"), ("Géorgie", "GE")])
        self.assertIsNone(lexicon.find("Georgia"))
        self.assertEqual(lexicon.find("georgie"), "GE")


@tagged("post_install", "-at_install")
class TestChecker(unittest.TestCase):
    test_tags = {"standard", "post_install"}

    def test_headings_in_three_languages_below_a_title(self):
        for head in (
            ("Code", "Name", "Type", "Country"),
            ("Code concessionnaire", "Raison sociale", "TYPE", "Pays"),
            ("Код дилера", "Наименование", "Тип", "Страна"),
        ):
            content = as_csv([("Network 2026",), (), head, ("A", "Rivage", "dealer", "FR")])
            report = check(reader.read(content), reference())
            self.assertEqual(codes(report), [])
            self.assertEqual((report.header_row, report.rows[0].number), (3, 4))

    def test_file_without_headings(self):
        self.assertEqual(
            codes(check(reader.read(b"foo;bar\n1;2"), reference())), [(0, "", "no_header")]
        )

    def test_file_without_code_column(self):
        report = checked(("Rivage", "dealer"), head=("Name", "Type"))
        self.assertEqual(codes(report), [(1, "code", "missing_column")])

    def test_two_columns_of_one_meaning(self):
        report = checked(("A", "Rivage", "x"), head=("Code", "Name", "Company name"))
        self.assertIn((1, "name", "duplicate_column"), codes(report))

    def test_parents_may_follow_their_children(self):
        report = checked(
            ("B", "Child", "subdealer", "A", "FR"), ("A", "Parent", "dealer", "", "FR")
        )
        self.assertEqual(codes(report), [])
        self.assertEqual([[row.code for row in rows] for rows in report.levels()], [["A"], ["B"]])

    def test_loop_is_shown_from_each_of_its_rows(self):
        report = checked(
            ("A", "a", "dealer", "C", "FR"),
            ("B", "b", "subdealer", "A", "FR"),
            ("C", "c", "service_point", "B", "FR"),
        )
        loops = [problem for problem in report.problems if problem.code == "loop"]
        self.assertEqual(
            [dict(loop.params)["path"] for loop in loops],
            ["A → C → B → A", "B → A → C → B", "C → B → A → C"],
        )

    def test_loop_through_a_dealer_of_the_database(self):
        known = {
            "A": Known("A", "dealer", ""),
            "B": Known("B", "subdealer", "A"),
        }
        report = checked(("A", "", "", "B", ""), dealers=known)
        self.assertIn((2, "parent", "loop"), codes(report))

    def test_change_of_type_that_a_child_does_not_allow(self):
        known = {"A": Known("A", "dealer", ""), "B": Known("B", "subdealer", "A")}
        report = checked(("A", "", "Service point", "", ""), dealers=known)
        self.assertEqual(codes(report), [(2, "type", "child_not_allowed")])

    def test_terminated_parent(self):
        known = {"A": Known("A", "dealer", "", "terminated")}
        report = checked(("B", "b", "subdealer", "A", "FR"), dealers=known)
        self.assertEqual(codes(report), [(2, "parent", "terminated_parent")])

    def test_code_of_another_network_is_refused(self):
        report = checked(
            ("A", "a", "dealer", "", "FR"), dealers={"A": Known("A", "dealer", mine=False)}
        )
        self.assertEqual(codes(report), [(2, "code", "code_taken")])

    def test_existing_code_is_refused_when_asked_so(self):
        report = checked(
            ("A", "a", "dealer", "", "FR"),
            dealers={"A": Known("A", "dealer")},
            may_update=False,
        )
        self.assertEqual(codes(report), [(2, "code", "code_exists")])

    def test_status_cannot_go_back(self):
        known = {"A": Known("A", "dealer", state="active", values={"state": "active"})}
        report = checked(("A", "prospect"), head=("Code", "Status"), dealers=known)
        self.assertEqual(codes(report), [(2, "state", "bad_state_change")])

    def test_empty_cells_change_nothing(self):
        values = {"name": "Rivage", "city": "Nantes", "brands": ("aquila", "boreas")}
        known = {"A": Known("A", "dealer", values=values)}
        report = checked(
            ("a", "Rivage", "", "boreas", "sales"),
            head=("Code", "Name", "City", "Brands", "Activities"),
            dealers={"A": Known("A", "dealer", values={**values, "activities": ("sales",)})},
        )
        self.assertEqual(report.rows[0].action, UNCHANGED)
        report = checked(("A", "Rivage", "Brest"), head=("Code", "Name", "City"), dealers=known)
        self.assertEqual(
            (report.rows[0].action, report.rows[0].changes), (UPDATE, {"city": "Brest"})
        )

    def test_one_person_two_names(self):
        head = (*HEAD, "Principal name", "Principal e-mail")
        report = checked(
            ("A", "a", "dealer", "", "FR", "Zoé Noël", "z@a.example"),
            ("B", "b", "dealer", "", "FR", "Loïc Gagné", "z@a.example"),
            head=head,
        )
        self.assertEqual(codes(report), [(3, "principal_email", "email_of_another")])

    def test_inactive_language_warns_and_is_dropped(self):
        report = checked(("A", "a", "dealer", "", "FR", "German"), head=(*HEAD, "Language"))
        self.assertEqual(codes(report), [(2, "lang", "inactive_lang")])
        self.assertEqual(report.rows[0].action, CREATE)
        self.assertNotIn("lang", report.rows[0].values)

    def test_country_by_name_and_code(self):
        rows = [
            (f"A{number}", "a", "dealer", "", country)
            for number, country in enumerate(
                ("Côte d'Ivoire", "КОТ-Д’ИВУАР", "ci", "Ivory Coast?!")
            )
        ]
        report = checked(*rows)
        self.assertEqual(
            [row.values.get("country") for row in report.rows], ["CI", "CI", "CI", None]
        )
        self.assertEqual(report.rows[3].action, REFUSED)

    def test_duplicate_rows_are_all_listed(self):
        report = checked(*[("A", "a", "dealer", "", "FR")] * 3)
        self.assertEqual(
            codes(report), [(3, "code", "duplicate_code"), (4, "code", "duplicate_code")]
        )
