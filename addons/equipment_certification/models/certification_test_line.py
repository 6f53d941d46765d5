from odoo import api, fields, models


class CertificationTestLine(models.Model):
    """What a test measured or looked at, against the limits of its scheme on that day."""

    _name = "certification.test.line"
    _description = "Result of a certification test"
    _inherit = "equipment.shared.mixin"
    _order = "test_id, sequence, id"

    test_id = fields.Many2one("certification.test", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="test_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char("Parameter", required=True)
    method = fields.Char()
    kind = fields.Selection(
        [("number", "Measured"), ("check", "Checked")], required=True, default="number"
    )
    unit = fields.Char()
    has_min = fields.Boolean("Lower limit")
    value_min = fields.Float("At least", digits=(16, 4))
    has_max = fields.Boolean("Upper limit")
    value_max = fields.Float("At most", digits=(16, 4))
    value = fields.Float(digits=(16, 4), copy=False)
    is_measured = fields.Boolean(
        compute="_compute_is_measured", store=True, readonly=False, copy=False
    )
    check = fields.Selection([("yes", "In order"), ("no", "Not in order")], copy=False)
    result = fields.Selection(
        [("open", "Open"), ("passed", "Passed"), ("failed", "Failed")],
        compute="_compute_result",
        store=True,
    )
    limits = fields.Char(compute="_compute_limits")

    @api.depends("value")
    def _compute_is_measured(self):
        """A value that was typed is a result; zero is one where it is ticked."""
        for line in self:
            line.is_measured = line.is_measured or bool(line.value)

    @api.depends(
        "kind", "value", "is_measured", "check", "has_min", "value_min", "has_max", "value_max"
    )
    def _compute_result(self):
        for line in self:
            line.result = line._result()

    @api.depends("has_min", "value_min", "has_max", "value_max", "unit")
    def _compute_limits(self):
        plain = self.env["equipment.check.mixin"]._plain
        for line in self:
            low, high = plain(line.value_min), plain(line.value_max)
            if line.has_min and line.has_max:
                words = f"{low} … {high}"
            elif line.has_min or line.has_max:
                words = f"≥ {low}" if line.has_min else f"≤ {high}"
            else:
                words = ""
            line.limits = words and f"{words} {line.unit or ''}".strip()

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.test_id._check_open()
        return lines

    def write(self, vals):
        self.test_id._check_open()
        result = super().write(vals)
        self.test_id._check_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_open(self):
        self.test_id._check_open()

    def _report_value(self):
        """Return the value as it is printed."""
        return self.env["equipment.check.mixin"]._plain(self.value)

    def _result(self):
        if self.kind == "check":
            return {"yes": "passed", "no": "failed"}.get(self.check, "open")
        if not self.is_measured:
            return "open"
        too_low = self.has_min and self.value < self.value_min
        too_high = self.has_max and self.value > self.value_max
        return "failed" if too_low or too_high else "passed"
