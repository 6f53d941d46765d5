import io
from pathlib import Path

from openpyxl import load_workbook

from odoo.tests import tagged
from odoo.tools.misc import file_path

from .common import ImportCase

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@tagged("post_install", "-at_install")
class TestBaseImport(ImportCase):
    """Odoo's own Import records finds parents by their code."""

    def test_parents_by_code_in_the_same_file(self):
        result = (
            self.env["dealer.dealer"]
            .with_user(self.oem_manager)
            .load(
                ["code", "name", "type_id", "parent_id"],
                [
                    ["N-1", "Child of the importer", "Dealer", "T-IMP"],
                    ["N-2", "Grandchild", "Sub-dealer", "N-1"],
                ],
            )
        )
        self.assertEqual(result["messages"], [])
        self.assertEqual(self._dealer("N-1").parent_id, self.importer)
        self.assertEqual(self._dealer("N-2").parent_id, self._dealer("N-1"))

    def test_unknown_parent_is_told(self):
        result = (
            self.env["dealer.dealer"]
            .with_user(self.oem_manager)
            .load(["code", "name", "type_id", "parent_id"], [["N-1", "Orphan", "Dealer", "XX-9"]])
        )
        self.assertFalse(result["ids"])
        self.assertIn("XX-9", result["messages"][0]["message"])

    def test_template_is_offered_and_imports_as_it_is(self):
        template = self.env["dealer.dealer"].get_import_templates()[0]
        content = Path(file_path(template["template"].lstrip("/"))).read_bytes()
        rows = [
            ["" if value is None else str(value) for value in row]
            for row in load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
        ]
        preview = (
            self.env["base_import.import"]
            .with_user(self.oem_manager)
            .create(
                {
                    "res_model": "dealer.dealer",
                    "file": content,
                    "file_name": "dealers.xlsx",
                    "file_type": XLSX,
                }
            )
        )
        options = {
            "has_headers": True,
            "quoting": '"',
            "separator": ";",
            "float_decimal_separator": ".",
            "float_thousand_separator": ",",
        }
        matches = preview.parse_preview(options)["matches"]
        fields = [matches[index][0] for index in range(len(rows[0]))]
        result = preview.execute_import(fields, rows[0], options)
        self.assertEqual(result["messages"], [])
        self.assertEqual(self._dealer(rows[2][0]).parent_id.code, rows[1][0])
