import base64
import codecs
import csv
import io
from datetime import datetime

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.misc import get_lang

DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y")


class DealerHireBatch(models.TransientModel):
    """Several people hired at once, from a file with one line each."""

    _name = "dealer.hire.batch"
    _description = "Hire from a File"

    dealer_id = fields.Many2one(
        "dealer.dealer", required=True, default=lambda self: self.env.user.sudo().dealer_id
    )
    file = fields.Binary(
        string="List of people", required=True, help="CSV: name, e-mail, role, first day, phone."
    )
    filename = fields.Char()
    line_ids = fields.One2many("dealer.hire.batch.line", "batch_id", string="People")
    problem_count = fields.Integer(compute="_compute_problem_count")

    @api.depends("line_ids.problem")
    def _compute_problem_count(self):
        for batch in self:
            batch.problem_count = len(batch.line_ids.filtered("problem"))

    def action_read(self):
        """Read the file and show what would be done, with what is wrong in it."""
        self.ensure_one()
        self.dealer_id._check_may_manage_staff()
        self.line_ids = [Command.clear(), *(Command.create(vals) for vals in self._rows())]
        return self._again()

    def action_hire(self):
        """Hire everybody on the lines, all or nobody.

        :raise UserError: a line still has a problem
        """
        self.ensure_one()
        if not self.line_ids or self.problem_count:
            raise UserError(
                self.env._("Correct the lines that have a problem; nobody has been hired.")
            )
        for line in self.line_ids:
            self._hire(line)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_onboarding.dealer_learning_enrolment_action"
        )

    def _hire(self, line):
        """Hire one person.

        :raise UserError: with the row of the file; the whole file waits then
        """
        try:
            self.env["dealer.staff.hire"].create(
                {
                    "dealer_id": self.dealer_id.id,
                    "name": line.name,
                    "email": line.email,
                    "phone": line.phone,
                    "role_id": line.role_id.id,
                    "date_start": line.date_start,
                }
            ).action_hire()
        except UserError as error:
            raise UserError(
                self.env._(
                    "Row %(row)s, %(name)s: %(problem)s Nobody has been hired.",
                    row=line.number,
                    name=line.name,
                    problem=error,
                )
            ) from error

    def _rows(self):
        """Yield values of lines; what cannot be read is told on the line.

        :raise UserError: the file has nobody in it
        """
        text = self._text()
        first = text.partition("\n")[0]
        mark = max(";,\t", key=first.count)
        roles = self._roles()
        found = False
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=mark), 1):
            cells = [cell.strip() for cell in row]
            name, email, role, day, phone = (cells + [""] * 5)[:5]
            is_title = number == 1 and "@" not in email and role.lower() not in roles
            if any(cells) and not is_title:
                found = True
                yield {
                    "number": number,
                    "name": name,
                    "email": email,
                    "phone": phone,
                    "role_id": roles.get(role.lower()),
                    "role_text": role,
                    "date_start": self._day(day),
                    "date_text": day,
                }
        if not found:
            raise UserError(self.env._("%(file)s names nobody.", file=self.filename or ""))

    def _text(self):
        """Return the file as text: in Unicode, else as the reader's office programs save it.

        :raise UserError: it is no text, a workbook perhaps
        """
        data = base64.b64decode(self.file or b"")
        is_russian = get_lang(self.env).code.startswith("ru")
        fallback = "cp1251" if is_russian else "cp1252"
        marks = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        for encoding in ("utf-16",) if data.startswith(marks) else ("utf-8-sig", fallback):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\0" not in text:
                return text
        raise UserError(
            self.env._(
                "%(file)s is no text. In a spreadsheet, save it as CSV and choose that file.",
                file=self.filename or "",
            )
        )

    def _roles(self):
        """Return {code or name in any language, lower case: id} of the roles."""
        roles = {}
        for lang in [None, *dict(self.env["res.lang"].get_installed())]:
            for role in self.env["dealer.role"].with_context(lang=lang).search([]):
                roles[role.code.lower()] = roles[role.name.lower()] = role.id
        return roles

    def _day(self, text):
        """Return the first day, today where none is given, or None when it cannot be read."""
        if not text:
            return fields.Date.context_today(self)
        for style in (DAYS[0], get_lang(self.env).date_format, *DAYS[1:]):
            try:
                return datetime.strptime(text, style).date()  # noqa: DTZ007  a day has no zone
            except ValueError:
                continue
        return None

    def _again(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Hire from a file"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }
