from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    inquiry_thread_hours = fields.Integer(related="company_id.inquiry_thread_hours", readonly=False)
    inquiry_own_contacts = fields.Text(related="company_id.inquiry_own_contacts", readonly=False)
