from odoo import fields, models


class EquipmentMeter(models.Model):
    """What is counted or gauged on machines over their life: running hours, starts, litres."""

    _name = "equipment.meter"
    _description = "Meter"
    _inherit = ["equipment.shareable.mixin"]
    _order = "sequence, name"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    uom_id = fields.Many2one("uom.uom", string="Unit of measure", ondelete="restrict")
    is_cumulative = fields.Boolean(
        string="Only goes up", default=True, help="A lower reading is refused, unless it is reset."
    )
    active = fields.Boolean(default=True)
