from odoo import fields, models


class ServiceRefusalReason(models.Model):
    """Why customers do not want service."""

    _name = "service.refusal.reason"
    _description = "Reason to Refuse Service"
    _inherit = ["equipment.shareable.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
