from odoo import fields, models


class StockScrap(models.Model):
    _inherit = "stock.scrap"

    # every list of a dealer is filtered by its company, for which Odoo has no index
    company_id = fields.Many2one(index=True)
