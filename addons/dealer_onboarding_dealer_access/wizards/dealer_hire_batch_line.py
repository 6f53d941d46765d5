from odoo import api, fields, models
from odoo.tools import email_normalize


class DealerHireBatchLine(models.TransientModel):
    """One person of the file, with what is wrong in which column until it is corrected."""

    _name = "dealer.hire.batch.line"
    _description = "Line of a File of People"
    _order = "number, id"

    batch_id = fields.Many2one("dealer.hire.batch", required=True, ondelete="cascade")
    number = fields.Integer(string="Row", readonly=True)
    name = fields.Char()
    email = fields.Char(string="E-mail")
    phone = fields.Char()
    role_id = fields.Many2one("dealer.role")
    role_text = fields.Char(string="Role in the file", readonly=True)
    date_start = fields.Date(string="First day")
    date_text = fields.Char(string="First day in the file", readonly=True)
    problem = fields.Char(compute="_compute_problem", store=True)

    @api.depends(
        "name", "email", "role_id", "date_start", "batch_id.dealer_id", "batch_id.line_ids.email"
    )
    def _compute_problem(self):
        known = self.env["dealer.person"]._match([line.email for line in self if line.email])
        for line in self:
            problems = [line._problem_of_address(known.get(line.email))]
            if not (line.name or "").strip():
                problems.append(("name", self.env._("missing")))
            if not line.role_id:
                problems.append(("role_id", line._unread(line.role_text)))
            if not line.date_start:
                problems.append(("date_start", line._unread(line.date_text)))
            told = ", ".join(
                self.env._("%(column)s: %(problem)s", column=line._label(name), problem=problem)
                for name, problem in problems
                if problem
            )
            line.problem = told or False

    def _problem_of_address(self, person):
        """Return (column, problem or None) of the e-mail address.

        :param person: dealer.person (sudo) of this address, or None
        """
        address = email_normalize(self.email)
        if not address:
            return "email", self.env._("no e-mail address")
        twins = self.batch_id.line_ids.filtered(
            lambda line: line.number < self.number and email_normalize(line.email) == address
        )
        if twins:
            return "email", self.env._("the same as in row %(row)s", row=twins[0].number)
        if person and person.staff_ids.filtered(lambda job: job.state == "current"):
            return "email", self.env._("in use in the network")
        return "email", None

    def _unread(self, text):
        if text:
            return self.env._("“%(text)s” is not understood", text=text)
        return self.env._("missing")

    def _label(self, name):
        return self._fields[name]._description_string(self.env)
