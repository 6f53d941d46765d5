from odoo import fields, models


class DealerProductLine(models.Model):
    """Group of products managed together within a brand."""

    _name = "dealer.product.line"
    _description = "Product Line"
    _order = "brand_id, sequence, name"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    brand_id = fields.Many2one("dealer.brand", required=True, index=True, ondelete="restrict")
    date_launch = fields.Date(string="Launched on")
    date_end = fields.Date(string="Ends on")
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE(code)", "Another product line has this code.")
    _dates_order = models.Constraint(
        "CHECK(date_end IS NULL OR date_launch IS NULL OR date_end >= date_launch)",
        "A product line cannot end before its launch.",
    )
