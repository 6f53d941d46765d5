from odoo import api, fields, models
from odoo.exceptions import UserError

#: What may still be written when a test is closed.
OPEN_AFTER_TEST = {"note"}


class CertificationTest(models.Model):
    """One test of an application, with what was measured in it."""

    _name = "certification.test"
    _description = "Certification test"
    _inherit = ["equipment.state.mixin", "equipment.shared.mixin"]
    _order = "application_id, date, id"
    _state_ways = {"open": {"passed", "failed"}, "passed": set(), "failed": set()}

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

    def write(self, vals):
        if not vals.keys() <= OPEN_AFTER_TEST:
            self._check_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_open(self):
        self._check_open()

    def action_done(self):
        """Close the tests: passed when every result is within its limits.

        :raise UserError: a result is missing
        """
        for test in self:
            test.state = test._verdict()
        self.application_id._settle()
        return True

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

    def _check_way(self, vals):
        super()._check_way(vals)
        for test in self:
            verdict = test._verdict()
            if verdict != vals["state"]:
                raise UserError(
                    self.env._(
                        "Test %(test)s of %(application)s: its results say “%(verdict)s”.",
                        test=test.name,
                        application=test.application_id.name,
                        verdict=self._state_label(verdict),
                    )
                )

    def _verdict(self):
        """Return the state that the results lead to.

        :raise UserError: a result is missing
        """
        self.ensure_one()
        open_lines = self.line_ids.filtered(lambda line: line.result == "open")
        if open_lines or not self.line_ids:
            raise UserError(
                self.env._(
                    "Test %(test)s of %(application)s has no result yet for: %(parameters)s.",
                    test=self.name,
                    application=self.application_id.name,
                    parameters=", ".join(open_lines.mapped("name")) or "–",
                )
            )
        return "failed" if "failed" in self.line_ids.mapped("result") else "passed"

    def _check_open(self):
        """What was measured stands, with the test that it was measured in."""
        closed = self.filtered(lambda test: test.state != "open")
        if closed:
            raise UserError(
                self.env._(
                    "Test %(test)s of %(application)s is closed: its results stand.",
                    test=closed[0].name,
                    application=closed[0].application_id.name,
                )
            )
