from odoo import fields, models


class DealerType(models.Model):
    """Business type of a dealer: its place in the network."""

    _name = "dealer.type"
    _description = "Dealer Type"
    _order = "sequence, name"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    allowed_child_type_ids = fields.Many2many(
        "dealer.type",
        "dealer_type_child_rel",
        "type_id",
        "child_type_id",
        string="May have below it",
        help="Types of the dealers that may belong to a dealer of this type.",
    )
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE(code)", "Another dealer type has this code.")
