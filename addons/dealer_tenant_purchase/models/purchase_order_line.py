from odoo import fields, models


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    # every list of a dealer is filtered by its company, for which Odoo has no index
    company_id = fields.Many2one(index=True)
