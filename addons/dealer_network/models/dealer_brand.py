from odoo import fields, models


class DealerBrand(models.Model):
    """Brand that the OEM sells through its dealers."""

    _name = "dealer.brand"
    _description = "Brand"
    _inherit = ["image.mixin"]
    _order = "sequence, name"

    name = fields.Char(required=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    product_line_ids = fields.One2many("dealer.product.line", "brand_id", string="Product lines")
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE(code)", "Another brand has this code.")
