import base64
import csv
import io

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import email_normalize


class DealerHireBatch(models.TransientModel):
    """Several people hired at once, from a file with one line each."""

    _name = "dealer.hire.batch"
    _description = "Hire from a File"

    dealer_id = fields.Many2one(
        "dealer.dealer", required=True, default=lambda self: self.env.user.sudo().dealer_id
    )
    file = fields.Binary(required=True, help="CSV: name, e-mail, role, first day, phone.")
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
        return self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_onboarding.dealer_learning_enrolment_action"
        )

    def _rows(self):
        """Yield values of lines; what cannot be read is told on the line."""
        try:
            text = base64.b64decode(self.file).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise UserError(
                self.env._("%(file)s is no CSV file in UTF-8.", file=self.filename)
            ) from error
        first = text.partition("\n")[0]
        rows = csv.reader(io.StringIO(text), delimiter=";" if ";" in first else ",")
        roles = {}
        for lang in [None, *dict(self.env["res.lang"].get_installed())]:
            for role in self.env["dealer.role"].with_context(lang=lang).search([]):
                roles[role.code.lower()] = roles[role.name.lower()] = role.id
        for number, row in enumerate(rows):
            cells = [cell.strip() for cell in row] + [""] * 5
            name, email, role, day, phone = cells[:5]
            is_title = not number and "@" not in email and role.lower() not in roles
            if name and not is_title:
                yield self._row(name, email, roles.get(role.lower()), role, day, phone)

    def _row(self, name, email, role_id, role, day, phone):
        vals = {"name": name, "email": email, "phone": phone, "role_id": role_id}
        vals["date_start"] = fields.Date.context_today(self)
        problems = []
        if not email_normalize(email):
            problems.append(self.env._("no e-mail address"))
        if not role_id:
            problems.append(self.env._("unknown role “%(role)s”", role=role))
        try:
            vals["date_start"] = fields.Date.to_date(day) or vals["date_start"]
        except ValueError:
            problems.append(self.env._("unreadable day “%(day)s”", day=day))
        return {**vals, "problem": ", ".join(problems)}

    def _again(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Hire from a file"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
