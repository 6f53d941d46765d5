from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    certification_gate = fields.Selection(
        related="company_id.certification_gate", readonly=False, required=True
    )
