from odoo import fields, models


class StockQuant(models.Model):
    _inherit = "stock.quant"

    # every list of a dealer is filtered by its company, for which Odoo has no index
    company_id = fields.Many2one(index=True)
