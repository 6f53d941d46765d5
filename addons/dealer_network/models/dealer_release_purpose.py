from odoo import fields, models


class DealerReleasePurpose(models.Model):
    """What the OEM wants released data for."""

    _name = "dealer.release.purpose"
    _description = "Purpose of Release"
    _order = "sequence, name"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    description = fields.Text(translate=True)
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE(code)", "Another purpose has this code.")
