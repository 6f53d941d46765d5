from odoo import models


class StockReference(models.Model):
    _name = "stock.reference"
    _inherit = ["stock.reference", "dealer.tenant.owned.mixin"]
