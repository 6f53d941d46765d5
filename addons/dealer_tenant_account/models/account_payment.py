from odoo import fields, models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    # every list of a dealer is filtered by its company, for which Odoo has no index
    company_id = fields.Many2one(index=True)
