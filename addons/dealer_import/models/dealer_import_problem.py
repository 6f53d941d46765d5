from openpyxl.utils import get_column_letter

from odoo import api, fields, models
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

#: Text of each problem; besides its own parameters each knows %(value)s and %(column)s.
MESSAGES = {
    # the file as a whole
    "empty_file": _lt("The file is empty."),
    "legacy_workbook": _lt(
        "This is a workbook of Excel 97-2003 (.xls). Save it as .xlsx or CSV and upload it again."
    ),
    "broken_workbook": _lt("The workbook is damaged or protected by a password."),
    "broken_csv": _lt(
        "Reading stopped in this row: a quotation mark is opened and not closed, or stands "
        "inside a cell. Correct it, or save the file as .xlsx."
    ),
    "wrong_encoding": _lt(
        "The text is not written in %(encoding)s. Choose another encoding, or save the file "
        "as UTF-8 or .xlsx."
    ),
    "too_large": _lt("The workbook is too large once unpacked."),
    "too_many_rows": _lt("The file has more than %(limit)s rows. Split it."),
    "too_many_columns": _lt("This row has more than %(limit)s columns."),
    "cell_too_long": _lt("A cell of this row holds more than %(limit)s characters."),
    "no_header": _lt(
        "No row with known column headings was found in the first rows. The first row should "
        "read like: Code, Name, Type, Parent code, Country."
    ),
    "no_rows": _lt("There are headings but no dealers below them."),
    "missing_column": _lt("There is no column “%(column)s”."),
    "unknown_column": _lt(
        "The column “%(value)s” is not known and will be ignored. An administrator can teach "
        "its heading under Configuration, Import headings."
    ),
    "duplicate_column": _lt("“%(value)s” is a second column for “%(column)s”."),
    "cell_without_header": _lt("“%(value)s” stands in a column without heading and is ignored."),
    # single cells
    "missing_value": _lt("“%(column)s” is missing."),
    "cell_error": _lt("The spreadsheet shows the error %(value)s here instead of a value."),
    "bad_code": _lt(
        "“%(value)s” cannot be a dealer code: letters, digits, dots, dashes and slashes only, "
        "32 at most."
    ),
    "bad_email": _lt("“%(value)s” is not an e-mail address."),
    "bad_website": _lt("“%(value)s” is not a web address."),
    "bad_phone": _lt("“%(value)s” is not a phone number of the dealer's country."),
    "doubtful_phone": _lt(
        "“%(value)s” does not look like a number in use; it will be stored as %(number)s."
    ),
    "doubtful_zip": _lt("“%(value)s” does not look like a postal code of %(country)s."),
    "doubtful_vat": _lt("The check digits of tax number “%(value)s” are not right."),
    "bad_coordinate": _lt(
        "“%(value)s” is not a coordinate: degrees with decimals, latitude from -90 to 90, "
        "longitude from -180 to 180."
    ),
    "half_coordinates": _lt("Latitude and longitude come together; “%(column)s” is missing."),
    "half_operations": _lt(
        "An operation is an activity for a brand; “%(column)s” is empty, so none will be made."
    ),
    "missing_principal": _lt("There is an e-mail or phone of the principal, but no name."),
    # words
    "unknown_type": _lt("There is no dealer type “%(value)s”."),
    "unknown_mode": _lt("There is no mode “%(value)s”; the modes are full, light and connected."),
    "unknown_state": _lt("There is no status “%(value)s”."),
    "unknown_country": _lt(
        "There is no country “%(value)s”. Its name in English, French or Russian or its ISO "
        "code is understood."
    ),
    "unknown_region": _lt(
        "%(country)s has no state or province “%(value)s” here; it will be left empty."
    ),
    "unknown_brand": _lt("There is no brand “%(item)s”."),
    "unknown_activity": _lt("There is no activity “%(item)s”."),
    "unknown_role": _lt("There is no role of a principal “%(value)s”."),
    "unknown_currency": _lt("There is no currency “%(value)s”."),
    "unknown_lang": _lt("There is no language “%(value)s”."),
    "inactive_lang": _lt(
        "The language “%(value)s” is not installed; the dealer gets the default language."
    ),
    # rows among each other
    "duplicate_code": _lt("The code “%(value)s” stands in row %(first)s already."),
    "code_taken": _lt("The code “%(value)s” belongs to a dealer of another network."),
    "code_exists": _lt("A dealer with the code “%(value)s” exists already."),
    "email_of_another": _lt(
        "“%(value)s” is the e-mail of %(other)s in row %(first)s; a person has one name."
    ),
    "two_phones": _lt("The same person has another phone in row %(first)s."),
    "unknown_parent": _lt("There is no dealer “%(value)s” in the file or in the database."),
    "terminated_parent": _lt("The parent “%(value)s” is terminated."),
    "loop": _lt("The dealers go round in a circle: %(path)s."),
    "type_not_allowed": _lt(
        "A dealer of type “%(type)s” may not stand below one of type “%(parent_type)s”."
    ),
    "child_not_allowed": _lt(
        "The dealer %(child)s of type “%(type)s” stands below this one and would not be "
        "allowed there any more."
    ),
    "bad_state_change": _lt("The status cannot go from “%(old)s” to “%(new)s”."),
}


class DealerImportProblem(models.Model):
    """One finding of a dry run, kept without words so that each reads it in his language."""

    _name = "dealer.import.problem"
    _description = "Problem in a Network File"
    _order = "run_id, row, sequence, id"
    _rec_name = "code"

    run_id = fields.Many2one(
        "dealer.import.run", required=True, index=True, ondelete="cascade", readonly=True
    )
    sequence = fields.Integer(readonly=True)
    row = fields.Integer(readonly=True, help="As spreadsheet programs count; 0 is the whole file.")
    position = fields.Integer(default=-1, readonly=True, help="Column counted from 0, -1 for none.")
    cell = fields.Char(compute="_compute_cell")
    key = fields.Char(string="Technical column", readonly=True)
    header = fields.Char(string="Column", readonly=True)
    value = fields.Char(readonly=True)
    code = fields.Char(string="Kind", readonly=True, index=True)
    severity = fields.Selection(
        [("error", "Error"), ("warning", "Warning")], required=True, readonly=True
    )
    params = fields.Json(readonly=True)
    message = fields.Char(compute="_compute_message")

    @api.depends("row", "position")
    def _compute_cell(self):
        for problem in self:
            letter = get_column_letter(problem.position + 1) if problem.position >= 0 else ""
            problem.cell = f"{letter}{problem.row or ''}"

    @api.depends("code", "params", "value", "key")
    @api.depends_context("lang")
    def _compute_message(self):
        labels = dict(self.env["dealer.import.column"]._selection_key())
        for problem in self:
            text = self.env._(MESSAGES[problem.code]) if problem.code in MESSAGES else problem.code
            column = problem.header or labels.get(problem.key, problem.key or "")
            problem.message = text % {
                **(problem.params or {}),
                "value": problem.value or "",
                "column": column,
            }

    @api.model
    def _values(self, problem, sequence, headers):
        """Return the values of a record for a :class:`core.plan.Problem`."""
        named = 0 <= problem.position < len(headers)
        return {
            "sequence": sequence,
            "row": problem.row,
            "position": problem.position,
            "key": problem.column,
            "header": headers[problem.position] if named else "",
            "value": problem.value,
            "code": problem.code,
            "severity": problem.severity,
            "params": dict(problem.params),
        }
