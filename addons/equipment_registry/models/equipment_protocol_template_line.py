from odoo import fields, models


class EquipmentProtocolTemplateLine(models.Model):
    """One thing to check or to measure."""

    _name = "equipment.protocol.template.line"
    _description = "Line of a Checklist"
    _inherit = ["equipment.check.mixin", "equipment.shared.mixin"]
    _order = "template_id, sequence, id"

    template_id = fields.Many2one(
        "equipment.protocol.template", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="template_id.company_id", store=True, index=True)
    name = fields.Char(translate=True)
    section = fields.Char(translate=True)
    help = fields.Char(translate=True)
