from odoo import fields, models

from .crm_inquiry_channel import PER_MINUTE


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    inquiry_thread_hours = fields.Integer(related="company_id.inquiry_thread_hours", readonly=False)
    inquiry_hook_per_minute = fields.Integer(
        string="Calls of one webhook in a minute",
        config_parameter="inquiry_desk.hook_per_minute",
        default=PER_MINUTE,
    )
    inquiry_own_contacts = fields.Text(related="company_id.inquiry_own_contacts", readonly=False)
