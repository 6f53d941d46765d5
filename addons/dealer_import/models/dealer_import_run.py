import base64
import hashlib
import io
import logging

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from psycopg2 import Error as DatabaseError

from odoo import api, fields, models
from odoo.exceptions import RedirectWarning, UserError

from ..core import reader
from ..core.checker import check
from ..core.plan import CREATE, UNCHANGED, UPDATE, Problem, Report

_logger = logging.getLogger(__name__)

FILLS = {
    "error": PatternFill("solid", fgColor="F4A6A6"),
    "warning": PatternFill("solid", fgColor="FCE8A6"),
}


class DealerImportRun(models.Model):
    """A network file that somebody uploaded, and what became of it.

    The file is kept whatever the outcome, so that no rejected row is lost.
    """

    _name = "dealer.import.run"
    _description = "Network Import"
    _order = "create_date desc, id desc"

    name = fields.Char(string="File name", required=True, readonly=True)
    file = fields.Binary(required=True, readonly=True, attachment=True)
    file_hash = fields.Char(string="SHA-256", readonly=True, index=True)
    encoding = fields.Char(readonly=True)
    delimiter = fields.Char(readonly=True)
    existing = fields.Selection(
        [("update", "Update them"), ("refuse", "Refuse the file")],
        string="Dealers that exist already",
        required=True,
        default="update",
        readonly=True,
    )
    company_id = fields.Many2one(
        "res.company",
        string="OEM company",
        required=True,
        index=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Uploaded by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    state = fields.Selection(
        [
            ("checked", "Ready to load"),
            ("refused", "Refused"),
            ("loaded", "Loaded"),
            ("failed", "Failed"),
        ],
        required=True,
        default="refused",
        readonly=True,
        index=True,
    )
    date_loaded = fields.Datetime(string="Loaded on", readonly=True)
    failure = fields.Text(readonly=True)
    row_count = fields.Integer(string="Rows", readonly=True)
    create_count = fields.Integer(string="To create", readonly=True)
    update_count = fields.Integer(string="To update", readonly=True)
    unchanged_count = fields.Integer(string="Unchanged", readonly=True)
    error_count = fields.Integer(string="Errors", readonly=True)
    warning_count = fields.Integer(string="Warnings", readonly=True)
    problem_ids = fields.One2many("dealer.import.problem", "run_id", string="Problems")
    dealer_ids = fields.Many2many("dealer.dealer", string="Dealers", readonly=True)
    dealer_count = fields.Integer(compute="_compute_dealer_count")
    problems_file = fields.Binary(compute="_compute_problems_file")

    @api.depends("dealer_ids")
    def _compute_dealer_count(self):
        for run in self:
            run.dealer_count = len(run.dealer_ids)

    @api.depends("file", "problem_ids")
    def _compute_problems_file(self):
        for run in self:
            run.problems_file = base64.b64encode(run._marked_workbook())

    # Check

    @api.model
    def _start(self, content, name, existing="update", encoding=None, delimiter=None):
        """Keep a file, check it and return its run with the dry run's report.

        :param bytes content: the file as uploaded
        :param str name: its name
        :param str existing: ``update`` dealers that exist, or ``refuse`` the file
        :param str encoding: codec, None to detect
        :param str delimiter: one character, None to detect
        :return: (dealer.import.run, core.plan.Report)
        """
        run = self.create(
            {
                "name": name,
                "file": base64.b64encode(content),
                "file_hash": hashlib.sha256(content).hexdigest(),
                "existing": existing,
                "encoding": encoding,
                "delimiter": delimiter,
            }
        )
        return run, run._check()

    def _content(self):
        return base64.b64decode(self.with_context(bin_size=False).file)

    def _check(self):
        """Make the dry run, keep its problems and counts, return its report."""
        self.ensure_one()
        report = self._report()
        self.problem_ids.unlink()
        Problem_ = self.env["dealer.import.problem"]
        errors = len(report.errors)
        self.write(
            {
                "state": "refused" if errors else "checked",
                "failure": False,
                "row_count": len(report.rows),
                "create_count": report.count(CREATE),
                "update_count": report.count(UPDATE),
                "unchanged_count": report.count(UNCHANGED),
                "error_count": errors,
                "warning_count": len(report.problems) - errors,
                "problem_ids": [
                    fields.Command.create(Problem_._values(problem, sequence, report.headers))
                    for sequence, problem in enumerate(report.problems)
                ],
            }
        )
        return report

    def _report(self):
        try:
            sheet = reader.read(self._content(), self.encoding or None, self.delimiter or None)
        except reader.UnreadableFile as error:
            params = tuple(error.params.items())
            return Report(problems=[Problem(error.code, error.row, params=params)])
        self.write({"encoding": sheet.encoding, "delimiter": sheet.delimiter})
        reference = self.env["dealer.import.reference"]._build(sheet, self.existing == "update")
        return check(sheet, reference)

    # Load

    def action_load(self):
        """Load the file as a whole, or refuse it as a whole.

        The file is checked again first: the database may have changed since
        the dry run. When writing fails nothing stays written and the run says
        why.

        :return: window of the dealers, or of the run when it did not load
        """
        self.ensure_one()
        self.check_access("write")
        self.lock_for_update()
        if self.state == "loaded":
            raise UserError(self.env._("%(name)s has been loaded already.", name=self.name))
        report = self._check()
        if report.errors:
            return self._action_form()
        try:
            with self.env.cr.savepoint():
                dealers = self._load(report)
        except (UserError, RedirectWarning, DatabaseError) as error:
            self.env.invalidate_all(flush=False)
            self.write({"state": "failed", "failure": self._failure_text(error)})
            _logger.info("network import %s failed: %s", self.id, type(error).__name__)
            return self._action_form()
        self.write(
            {
                "state": "loaded",
                "date_loaded": fields.Datetime.now(),
                "dealer_ids": [fields.Command.set(dealers.ids)],
            }
        )
        _logger.info("network import %s loaded %s dealers", self.id, len(dealers))
        return self.action_view_dealers()

    def _load(self, report):
        reason = self.env._("Import of %(name)s", name=self.name)
        dealers = self.env["dealer.import.loader"]._load(report, reason)
        self.env.flush_all()  # what the database refuses must show inside the savepoint
        return dealers

    def _failure_text(self, error):
        if isinstance(error, UserError | RedirectWarning):
            return error.args[0]
        _logger.warning("network import %s", self.id, exc_info=error)
        return self.env._(
            "The database refused the data; the server's log tells why. Nothing was loaded."
        )

    # Windows

    def action_view_dealers(self):
        """Open the dealers that this run created or changed."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_network.dealer_dealer_action"
        )
        title = self.env._("Dealers of %(name)s", name=self.name)
        return {
            **action,
            "name": title,
            "display_name": title,
            "domain": [("id", "in", self.dealer_ids.ids)],
            "context": {"active_test": False},
            "target": "main",
        }

    def _action_form(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "main",
        }

    def action_download_problems(self):
        """Download the file as a workbook with the offending cells marked."""
        self.ensure_one()
        stem = self.name.rsplit(".", 1)[0].replace("/", "-")
        name = self.env._("%(file)s - problems.xlsx", file=stem)
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/problems_file/{name}?download=true",
            "target": "download",
        }

    # Workbook

    def _marked_workbook(self):
        """Return an XLSX: the rows as read, marked where they are wrong, and the list."""
        self.ensure_one()
        book = Workbook()
        sheet = book.active
        sheet.title = self.env._("File")
        try:
            rows = reader.read(self._content(), self.encoding or None, self.delimiter or None).rows
        except reader.UnreadableFile:
            rows = []
        for number, cells in enumerate(rows, 1):
            for column, text in enumerate(cells, 1):
                self._set_text(sheet.cell(number, column), text)
        by_cell = self.problem_ids.filtered(lambda problem: problem.row and problem.position >= 0)
        for (row, position), problems in by_cell.grouped(
            lambda problem: (problem.row, problem.position)
        ).items():
            self._mark(sheet.cell(row, position + 1), problems)
        self._list_problems(book.create_sheet(self.env._("Problems")))
        buffer = io.BytesIO()
        book.save(buffer)
        return buffer.getvalue()

    @api.model
    def _set_text(self, cell, text):
        cell.value = text
        cell.data_type = "s"  # a text that begins with "=" must not become a formula

    @api.model
    def _mark(self, cell, problems):
        errors = problems.filtered(lambda problem: problem.severity == "error")
        cell.fill = FILLS["error" if errors else "warning"]
        cell.comment = Comment("\n".join(problems.mapped("message")), self.env.company.name)

    def _list_problems(self, sheet):
        labels = dict(
            self.env["dealer.import.problem"]._fields["severity"]._description_selection(self.env)
        )
        sheet.append(
            [
                self.env._("Row"),
                self.env._("Cell"),
                self.env._("Column"),
                self.env._("Value"),
                self.env._("Severity"),
                self.env._("Problem"),
            ]
        )
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for number, problem in enumerate(self.problem_ids, 2):
            sheet.cell(number, 1, problem.row or None)
            texts = (
                problem.cell, problem.header, problem.value, labels[problem.severity],
                problem.message,
            )  # fmt: skip
            for column, text in enumerate(texts, 2):
                self._set_text(sheet.cell(number, column), text or "")
