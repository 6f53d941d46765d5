from odoo import api, fields, models

from ..tools.numbers import plain


class EquipmentCheckMixin(models.AbstractModel):
    """What is to be checked or measured, and within which limits."""

    _name = "equipment.check.mixin"
    _description = "Thing to Check or Measure"

    sequence = fields.Integer(default=10)
    section = fields.Char(help="Heading under which the line stands.")
    name = fields.Char(required=True)
    kind = fields.Selection(
        [("check", "Check"), ("reading", "Reading"), ("text", "Text")],
        required=True,
        default="check",
    )
    help = fields.Char(string="How to do it")
    is_required = fields.Boolean(string="Required", default=True)
    limit_kind = fields.Selection(
        [
            ("none", "No limit"),
            ("minimum", "At least"),
            ("maximum", "At most"),
            ("between", "Between"),
        ],
        string="Limits",
        required=True,
        default="none",
    )
    minimum = fields.Float(digits=0)
    maximum = fields.Float(digits=0)
    uom_id = fields.Many2one("uom.uom", string="Unit of measure", ondelete="restrict")
    meter_id = fields.Many2one(
        "equipment.meter",
        ondelete="restrict",
        help="The reading becomes a reading of this meter of the machine.",
    )
    limit_text = fields.Char(string="Limit", compute="_compute_limit_text")

    _limits_order = models.Constraint(
        "CHECK(limit_kind != 'between' OR maximum >= minimum)",
        "The upper limit of a reading is not below the lower one.",
    )

    @api.model
    def _plain(self, value):
        """Return a number as it is printed; for add-ons that print readings of their own."""
        return plain(value)

    @api.depends("limit_kind", "minimum", "maximum", "uom_id.name")
    def _compute_limit_text(self):
        for line in self:
            low, high = plain(line.minimum), plain(line.maximum)
            text = {"minimum": f"≥ {low}", "maximum": f"≤ {high}", "between": f"{low} – {high}"}
            unit = f" {line.uom_id.name}" if line.uom_id else ""
            limit = text.get(line.limit_kind)
            line.limit_text = f"{limit}{unit}" if limit else ""

    def _is_within_limits(self, value):
        """Tell whether a value, in the line's unit, is within the limits."""
        if self.limit_kind in ("minimum", "between") and value < self.minimum:
            return False
        return not (self.limit_kind in ("maximum", "between") and value > self.maximum)
