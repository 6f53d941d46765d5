from odoo import fields, models


class DealerReleaseSubject(models.Model):
    """A kind of a dealer's data that the OEM may ask to read."""

    _name = "dealer.release.subject"
    _description = "Subject of Release"
    _order = "sequence, name"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    description = fields.Text(translate=True, help="What the dealer reads before it decides.")
    purpose_id = fields.Many2one(
        "dealer.release.purpose", string="Usual purpose", ondelete="restrict"
    )
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE(code)", "Another subject has this code.")
