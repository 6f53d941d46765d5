import base64
from collections import Counter

from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError


class DealerImportWizard(models.TransientModel):
    """Upload a network file, look at the dry run, load it."""

    _name = "dealer.import.wizard"
    _description = "Import a Dealer Network"

    file = fields.Binary(string="Network file", attachment=False)
    filename = fields.Char()
    existing = fields.Selection(
        [("update", "Update them"), ("refuse", "Refuse the file")],
        string="Dealers that exist already",
        required=True,
        default="update",
        help="Dealers are found by their code. An empty cell never deletes a value.",
    )
    encoding = fields.Selection(
        [
            ("auto", "Detect"),
            ("utf-8", "UTF-8"),
            ("utf-16", "UTF-16"),
            ("cp1251", "Windows-1251 (Cyrillic)"),
            ("cp1252", "Windows-1252 (Western)"),
            ("latin-1", "ISO-8859-1 (Western)"),
        ],
        required=True,
        default="auto",
    )
    delimiter = fields.Selection(
        [("auto", "Detect"), (";", "Semicolon"), (",", "Comma"), ("\t", "Tab")],
        string="Columns are separated by",
        required=True,
        default="auto",
    )
    run_id = fields.Many2one("dealer.import.run", readonly=True)
    state = fields.Selection(related="run_id.state")
    row_count = fields.Integer(related="run_id.row_count")
    create_count = fields.Integer(related="run_id.create_count")
    update_count = fields.Integer(related="run_id.update_count")
    unchanged_count = fields.Integer(related="run_id.unchanged_count")
    error_count = fields.Integer(related="run_id.error_count")
    warning_count = fields.Integer(related="run_id.warning_count")
    problem_ids = fields.One2many(related="run_id.problem_ids")
    line_ids = fields.One2many("dealer.import.line", "wizard_id", readonly=True)
    summary = fields.Char(compute="_compute_summary")
    level_summary = fields.Html(compute="_compute_level_summary")

    def _compute_summary(self):
        for wizard in self:
            if wizard.state == "refused":
                wizard.summary = self.env._(
                    "The file is refused as a whole, nothing was written: %(errors)s errors and "
                    "%(warnings)s warnings in %(rows)s rows. Correct it and upload it again.",
                    errors=wizard.error_count,
                    warnings=wizard.warning_count,
                    rows=wizard.row_count,
                )
            else:
                wizard.summary = self.env._(
                    "The file can be loaded: %(create)s dealers to create, %(update)s to update, "
                    "%(unchanged)s unchanged, %(warnings)s warnings.",
                    create=wizard.create_count,
                    update=wizard.update_count,
                    unchanged=wizard.unchanged_count,
                    warnings=wizard.warning_count,
                )

    def _compute_level_summary(self):
        for wizard in self:
            counts = Counter((line.level, line.action) for line in wizard.line_ids)
            levels = sorted({level for level, _action in counts})
            items = Markup("").join(
                Markup("<li>%s</li>")
                % self.env._(
                    "Level %(level)s: %(create)s to create, %(update)s to update, "
                    "%(unchanged)s unchanged, %(refused)s refused",
                    level=level,
                    create=counts[level, "create"],
                    update=counts[level, "update"],
                    unchanged=counts[level, "unchanged"],
                    refused=counts[level, "refused"],
                )
                for level in levels
            )
            wizard.level_summary = Markup("<ul>%s</ul>") % items

    def action_check(self):
        """Make the dry run and show it; nothing is written to the network."""
        self.ensure_one()
        if not self.file:
            raise UserError(self.env._("Choose the network file first."))
        content = base64.b64decode(self.with_context(bin_size=False).file)
        run, report = self.env["dealer.import.run"]._start(
            content,
            self.filename or self.env._("network file"),
            existing=self.existing,
            encoding=None if self.encoding == "auto" else self.encoding,
            delimiter=None if self.delimiter == "auto" else self.delimiter,
        )
        lines = self.env["dealer.import.line"]._values_of_report(report)
        self.write(
            {
                "run_id": run.id,
                "line_ids": [fields.Command.clear(), *map(fields.Command.create, lines)],
            }
        )
        return self._action_reopen()

    def action_back(self):
        """Choose another file; the run of this one stays in the list."""
        self.write({"run_id": False, "file": False, "line_ids": [fields.Command.clear()]})
        return self._action_reopen()

    def action_load(self):
        """Load the checked file as a whole."""
        self.ensure_one()
        return self.run_id.action_load()

    def action_download_problems(self):
        """Download the file with the offending cells marked."""
        return self.run_id.action_download_problems()

    def _action_reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import a dealer network"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }
