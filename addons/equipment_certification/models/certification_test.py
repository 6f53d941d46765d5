from odoo import fields, models
from odoo.exceptions import UserError


class CertificationTest(models.Model):
    """One test of an application, with what was measured in it."""

    _name = "certification.test"
    _description = "Certification test"
    _order = "application_id, date, id"

    application_id = fields.Many2one(
        "certification.application", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="application_id.company_id", store=True, index=True)
    name = fields.Char("Test", required=True)
    date = fields.Date(default=fields.Date.context_today)
    specimen = fields.Char(help="Serial number of the piece that was tested.")
    tester = fields.Char("Tested by", help="Person and laboratory.")
    ambient = fields.Char("Conditions", help="Temperature, humidity and pressure of the room.")
    line_ids = fields.One2many("certification.test.line", "test_id", string="Results", copy=True)
    state = fields.Selection(
        [("open", "Open"), ("passed", "Passed"), ("failed", "Failed")],
        default="open",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    note = fields.Text()

    def action_done(self):
        """Close the tests: passed when every result is within its limits.

        :raise UserError: a result is missing
        """
        for test in self:
            open_lines = test.line_ids.filtered(lambda line: line.result == "open")
            if open_lines or not test.line_ids:
                raise UserError(
                    self.env._(
                        "Test %(test)s of %(application)s has no result yet for: %(parameters)s.",
                        test=test.name,
                        application=test.application_id.name,
                        parameters=", ".join(open_lines.mapped("name")) or "–",
                    )
                )
            failed = any(line.result == "failed" for line in test.line_ids)
            test.state = "failed" if failed else "passed"
        self.application_id._settle()

    def action_repeat(self):
        """Start the test anew; the failed one stays in the file."""
        self.ensure_one()
        repeated = self.copy({"date": fields.Date.context_today(self)})
        self.application_id._reopen()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": repeated.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_open(self):
        """Open the results of the test."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
