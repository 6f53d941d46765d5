from odoo import fields, models


class DealNeedKind(models.Model):
    """What a customer may need: equipment, its installation, certificates, service…"""

    _name = "deal.need.kind"
    _description = "Kind of Need"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char()
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    hint = fields.Char(translate=True, help="What to ask the customer.")
