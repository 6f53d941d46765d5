import base64
import io
import json
import logging

from openpyxl import load_workbook

from odoo.exceptions import RedirectWarning, UserError, ValidationError
from odoo.tests import tagged

from .common import DATA, ImportCase

HEAD = ("Code", "Name", "Type", "Parent code", "Country")


@tagged("post_install", "-at_install")
class TestImport(ImportCase):
    def test_network_file_loads_whole_and_a_second_time_writes_nothing(self):
        run = self._load(self._read("network_170.csv"))
        dealers = run.dealer_ids
        self.assertEqual((run.create_count, len(dealers)), (170, 170))
        self.assertEqual(run.problem_ids, self.env["dealer.import.problem"])
        by_level = {}
        for dealer in dealers:
            by_level[dealer.level] = by_level.get(dealer.level, 0) + 1
        self.assertEqual(by_level, {1: 6, 2: 54, 3: 110})
        self._check_one_dealer()
        self._check_second_time()

    def _check_one_dealer(self):
        dealer = self._dealer("RU-I002")
        self.assertEqual(dealer.name, "Машины Зелёный мыс Import 2")
        self.assertEqual((dealer.mode, dealer.state), ("connected", "active"))
        self.assertEqual((dealer.country_id.code, dealer.city), ("RU", "Королёв"))
        self.assertEqual((dealer.phone, dealer.lang), ("+74950009570", "ru_RU"))
        self.assertEqual(dealer.currency_id.name, "RUB")
        self.assertEqual(dealer.brand_ids.mapped("name"), ["Aquila"])
        self.assertEqual(dealer.outlet_ids.mapped("is_main"), [True])
        self.assertEqual(dealer.outlet_ids.city, "Королёв")
        self.assertEqual(set(dealer.operation_ids.activity_id.mapped("code")), {"sales", "rental"})
        self.assertEqual(dealer.staff_ids.person_id.email, "yuliya.kuzmich@ru-i002.example")
        self.assertEqual(dealer.staff_ids.role_id.code, "principal")
        self.assertEqual(self._dealer("CA-S009").parent_id.code, "CA-D009")
        self.assertEqual(self._dealer("CA-S009").state_id.code, "QC")

    def _check_second_time(self):
        written = []
        for model in ("dealer.dealer", "dealer.outlet", "dealer.operation", "dealer.person",
                      "dealer.staff", "res.partner", "mail.message"):  # fmt: skip
            self._watch(model, written)
        run, _report = self._start(self._read("network_170.xlsx"))
        self.assertEqual((run.state, run.unchanged_count), ("checked", 170))
        run.action_load()
        self.env.flush_all()
        self.assertEqual((run.state, written), ("loaded", []))

    def _watch(self, model, written):
        """Note every create and write of a model."""
        record_class = self.env.registry[model]
        for name in ("create", "write"):
            original = getattr(record_class, name)

            def noted(records, vals, original=original, name=name):
                written.append((records._name, name, vals))
                return original(records, vals)

            if hasattr(original, "_api_model"):
                noted._api_model = original._api_model
            self.patch(record_class, name, noted)

    def test_same_network_in_every_encoding(self):
        self._load(self._read("network_170.csv"))
        for name, count in (
            ("network_170.xlsx", 170),
            ("network_170_utf8_bom.csv", 170),
            ("network_170_utf16.csv", 170),
            ("network_cyrillic_cp1251.csv", 57),
            ("network_french_cp1252.csv", 29),
        ):
            with self.subTest(file=name):
                run, report = self._start(self._read(name))
                self.assertEqual(report.problems, [])
                self.assertEqual(run.unchanged_count, count)

    def test_dirty_file_is_refused_with_every_problem(self):
        before = self.env["dealer.dealer"].search_count([])
        run, report = self._start(self._read("network_dirty.csv"))
        found = [
            {"row": p.row, "column": p.key or "", "code": p.code, "severity": p.severity}
            for p in run.problem_ids
        ]
        expected = json.loads((DATA / "network_dirty.json").read_text(encoding="utf-8"))
        self.assertCountEqual(found, expected)
        self.assertEqual(run.state, "refused")
        run.action_load()
        self.assertEqual(run.state, "refused")
        self.assertEqual(self.env["dealer.dealer"].search_count([]), before)
        self.assertEqual(run._content(), self._read("network_dirty.csv"))

    def test_every_message_names_what_is_wrong_in_the_readers_language(self):
        run, _report = self._start(self._read("network_dirty.csv"))
        for lang in ("en_US", "fr_FR", "ru_RU"):
            for problem in run.problem_ids.with_context(lang=lang):
                self.assertTrue(problem.message)
                self.assertNotIn("%(", problem.message)
        country = run.problem_ids.filtered(lambda problem: problem.code == "unknown_country")
        self.assertEqual((country.row, country.cell, country.header), (16, "G16", "Country"))
        for lang, text in (
            ("en_US", "There is no country “Syldavie”"),
            ("fr_FR", "Il n’y a pas de pays « Syldavie »"),
            ("ru_RU", "Нет страны «Syldavie»"),
        ):
            self.assertIn(text, country.with_context(lang=lang).message)

    def test_unreadable_file_is_kept_and_named(self):
        for content, code in (
            (b"\xd0\xcf\x11\xe0", "legacy_workbook"),
            (b"PK\x03\x04", "broken_workbook"),
            (b'Code\n"A', "broken_csv"),
        ):
            run, _report = self._start(content)
            self.assertEqual((run.state, run.problem_ids.mapped("code")), ("refused", [code]))
            self.assertEqual(run._content(), content)
            self.assertTrue(run.problem_ids.message)

    def test_workbook_marks_the_wrong_cells(self):
        run, _report = self._start(
            [
                HEAD,
                ("A-1", "=HYPERLINK(1)", "dealer", "", "Syldavie"),
            ]
        )
        book = load_workbook(io.BytesIO(run._marked_workbook()))
        cell = book.worksheets[0]["E2"]
        self.assertEqual(cell.fill.fgColor.rgb, "00F4A6A6")
        self.assertIn("Syldavie", cell.comment.text)
        self.assertEqual(book.worksheets[0]["B2"].data_type, "s")
        self.assertEqual(
            [cell.value for cell in book.worksheets[1][2]][:4], [2, "E2", "Country", "Syldavie"]
        )

    def test_failure_while_writing_leaves_nothing_behind(self):
        run, _report = self._start(
            [
                HEAD,
                ("N-1", "One", "importer", "", "FR"),
                ("N-2", "Two", "dealer", "N-1", "FR"),
            ]
        )
        self.assertEqual(run.state, "checked")
        Staff = self.env.registry["dealer.import.loader"]
        original = Staff._create_operations

        def fail_at_second_level(loader, rows, outlets, links):
            if rows and rows[0].code == "N-2":
                raise ValidationError(rows[0].code)
            return original(loader, rows, outlets, links)

        self.patch(Staff, "_create_operations", fail_at_second_level)
        run.action_load()
        self.assertEqual((run.state, run.failure), ("failed", "N-2"))
        self.assertFalse(self._dealer("N-1"))
        self.assertFalse(self.env["res.partner"].search([("name", "=", "One")]))

    def test_refused_activation_fails_the_run_and_names_the_dealer(self):
        """An agreement that does not run yet is told with a way to it, which is no user error."""
        dealer = self._create_dealer("N-1", "One", "type_dealer", state="candidate")
        run, _report = self._start([("Code", "Status"), ("N-1", "active")])
        self.assertEqual(run.state, "checked")

        def refuse(dealers, state, reason=None):
            message = f"{dealers.display_name}: no agreement"
            raise RedirectWarning(message, 1, "Go there")

        self.patch(self.env.registry["dealer.dealer"], "_set_state", refuse)
        run.action_load()
        self.assertEqual((run.state, run.failure), ("failed", "[N-1] One: no agreement"))
        self.assertEqual(dealer.state, "candidate")

    def test_refusal_by_the_database_leaves_nothing_behind(self):
        run, _report = self._start([HEAD, ("N-1", "One", "importer", "", "FR")])
        Loader = self.env.registry["dealer.import.loader"]

        def break_constraint(loader, rows, outlets, links):
            self.env.cr.execute("UPDATE dealer_dealer SET name = NULL WHERE code = 'N-1'")

        self.patch(Loader, "_create_operations", break_constraint)
        logger = logging.getLogger("odoo.sql_db")
        self.addCleanup(setattr, logger, "disabled", logger.disabled)
        logger.disabled = True
        with self.assertLogs("odoo.addons.dealer_import", "WARNING"):
            run.action_load()
        self.assertEqual(run.state, "failed")
        self.assertFalse(self._dealer("N-1"))

    def test_database_changed_since_the_dry_run(self):
        run, _report = self._start([HEAD, ("N-1", "One", "importer", "", "FR")], existing="refuse")
        self.assertEqual(run.state, "checked")
        self._create_dealer("N-1", "Somebody was faster", "type_dealer")
        run.action_load()
        self.assertEqual(run.state, "refused")
        self.assertEqual(run.problem_ids.mapped("code"), ["code_exists"])

    def test_loaded_run_is_not_loaded_again(self):
        run = self._load([HEAD, ("N-1", "One", "importer", "", "FR")])
        with self.assertRaisesRegex(UserError, "test.csv"):
            run.action_load()

    def test_queries_do_not_grow_with_the_dealers(self):
        self._load([HEAD, *self._rows("W", 3)])  # fills caches
        few = self._count_queries(self._rows("X", 5))
        many = self._count_queries(self._rows("Y", 50))
        self.assertLessEqual(many, few * 1.15)

    def _rows(self, prefix, count):
        top = (f"{prefix}-0", "Top", "importer", "", "FR")
        return [top] + [
            (f"{prefix}-{number}", f"Dealer {number}", "dealer", top[0], "FR")
            for number in range(1, count)
        ]

    def _count_queries(self, rows):
        run, _report = self._start([HEAD, *rows])
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        run.action_load()
        self.env.flush_all()
        self.assertEqual(run.state, "loaded")
        return self.env.cr.sql_log_count - before

    def test_headings_and_words_can_be_taught(self):
        self.env["dealer.import.column"].with_user(self.oem_admin).create(
            {"name": "Händlernummer", "key": "code"}
        )
        self.env["dealer.import.value"].with_user(self.oem_admin).create(
            {"name": "Vertragshändler", "kind": "type", "code": "dealer"}
        )
        run = self._load(
            [
                ("HÄNDLERNUMMER", "Name", "Type", "Country"),
                ("N-1", "Eins", "VERTRAGSHÄNDLER", "Германия"),
            ]
        )
        self.assertEqual(run.dealer_ids.type_id.code, "dealer")
        self.assertEqual(run.dealer_ids.country_id.code, "DE")


@tagged("post_install", "-at_install")
class TestWizard(ImportCase):
    def test_dry_run_shows_the_tree_and_load_opens_the_dealers(self):
        rows = [
            HEAD,
            ("N-2", "Child", "dealer", "N-1", "FR"),
            ("N-1", "Top", "importer", "", "FR"),
        ]
        content = "\n".join(";".join(row) for row in rows).encode()
        wizard = (
            self.env["dealer.import.wizard"]
            .with_user(self.oem_manager)
            .create({"file": base64.b64encode(content), "filename": "net.csv"})
        )
        with self.assertRaises(UserError):
            wizard.copy({"file": False}).action_check()
        wizard.action_check()
        self.assertEqual(wizard.line_ids.mapped("code"), ["N-1", "N-2"])
        self.assertEqual(wizard.line_ids.mapped("level"), [1, 2])
        self.assertIn("Level 2: 1 to create", wizard.level_summary)
        self.assertFalse(self._dealer("N-1"))
        action = wizard.action_load()
        loaded = self.env["dealer.dealer"].search(action["domain"])
        self.assertEqual(set(loaded.mapped("code")), {"N-1", "N-2"})
