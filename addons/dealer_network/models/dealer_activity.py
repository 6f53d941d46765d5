from odoo import fields, models


class DealerActivity(models.Model):
    """What a dealer does for a brand: sales, service, parts, rental."""

    _name = "dealer.activity"
    _description = "Dealer Activity"
    _order = "sequence, name"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE(code)", "Another activity has this code.")
