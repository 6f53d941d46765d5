from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    dealer_onboarding_closed = fields.Boolean(
        string="Network set-up panel closed",
        help="The steps to the first dealer are no longer shown in this company.",
    )
