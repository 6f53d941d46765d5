from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    deal_process_id = fields.Many2one(related="company_id.deal_process_id", readonly=False)
    deal_untouched_days = fields.Integer(related="company_id.deal_untouched_days", readonly=False)
