from odoo import fields, models


class EquipmentParameterChoice(models.Model):
    """One answer of a parameter that is chosen from a list."""

    _name = "equipment.parameter.choice"
    _inherit = "equipment.shared.mixin"
    _description = "Choice of a Technical Parameter"
    _order = "parameter_id, sequence, id"

    parameter_id = fields.Many2one(
        "equipment.parameter", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Short, stable name for files and interfaces.")
    company_id = fields.Many2one(related="parameter_id.company_id", store=True, index=True)

    _code_uniq = models.Constraint(
        "UNIQUE(parameter_id, code)", "This parameter has a choice with this code already."
    )
