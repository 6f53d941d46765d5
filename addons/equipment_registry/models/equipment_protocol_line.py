from odoo import api, fields, models

from ..tools.numbers import plain


class EquipmentProtocolLine(models.Model):
    """What was found at one line of the checklist."""

    _name = "equipment.protocol.line"
    _description = "Line of a Protocol"
    _inherit = ["equipment.check.mixin", "equipment.protocol.content.mixin"]
    _order = "protocol_id, sequence, id"

    result = fields.Selection([("ok", "OK"), ("not_ok", "Not OK"), ("na", "Not applicable")])
    value = fields.Float(digits=0)
    is_measured = fields.Boolean(
        string="Measured", help="Zero is a reading too: this tells it from nothing."
    )
    text = fields.Char()
    remark = fields.Char(help="Why it deviates, and what is done about it.")
    verdict = fields.Selection(
        [("open", "Open"), ("ok", "OK"), ("deviation", "Deviation"), ("na", "Not applicable")],
        compute="_compute_verdict",
        store=True,
    )
    answer = fields.Char(compute="_compute_answer")

    @api.depends(
        "kind", "result", "value", "is_measured", "text", "limit_kind", "minimum", "maximum"
    )
    def _compute_verdict(self):
        for line in self:
            if line.result == "na":
                line.verdict = "na"
            elif line.kind == "check":
                line.verdict = {"ok": "ok", "not_ok": "deviation"}.get(line.result, "open")
            elif line.kind == "text":
                line.verdict = "ok" if (line.text or "").strip() else "open"
            elif not line.is_measured:
                line.verdict = "open"
            else:
                line.verdict = "ok" if line._is_within_limits(line.value) else "deviation"

    @api.depends("kind", "result", "value", "is_measured", "text", "uom_id.name")
    def _compute_answer(self):
        labels = dict(self._fields["result"]._description_selection(self.env))
        for line in self:
            if line.kind == "check" or line.result == "na":
                line.answer = labels.get(line.result, "")
            elif line.kind == "text":
                line.answer = line.text or ""
            else:
                unit = line.uom_id.name or ""
                line.answer = f"{plain(line.value)} {unit}".strip() if line.is_measured else ""

    @api.onchange("value")
    def _onchange_value(self):
        if self.value:
            self.is_measured = True

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._measured(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._measured(vals))

    @api.model
    def _measured(self, vals):
        """A value that is written was measured, unless it is said otherwise."""
        if vals.get("value") and "is_measured" not in vals:
            return {**vals, "is_measured": True}
        return vals
