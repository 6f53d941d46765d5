from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    deal_quality_calls = fields.Integer(related="company_id.deal_quality_calls", readonly=False)
    deal_quality_script_id = fields.Many2one(
        related="company_id.deal_quality_script_id", readonly=False
    )
