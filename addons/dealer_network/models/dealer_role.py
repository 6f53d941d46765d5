from odoo import fields, models


class DealerRole(models.Model):
    """Job at a dealer, defined by the OEM so that the network speaks one language."""

    _name = "dealer.role"
    _description = "Role at a Dealer"
    _order = "sequence, name"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    is_principal = fields.Boolean(
        string="Leads the dealer",
        help="The principal hires staff, switches the release and approves support access.",
    )
    activity_id = fields.Many2one("dealer.activity", ondelete="restrict")
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE(code)", "Another role has this code.")
