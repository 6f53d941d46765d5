from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    dealer_api_key_max_days = fields.Integer(
        string="Longest life of an API key",
        config_parameter="dealer_access.api_key_max_days",
        default=180,
        help="In days; for keys of dealers' systems and of their people.",
    )
    dealer_key_reminder_days = fields.Integer(
        string="Reminder before a key runs out",
        config_parameter="dealer_access.key_reminder_days",
        default=14,
        help="In days.",
    )
    dealer_support_max_hours = fields.Float(
        string="Longest support access",
        config_parameter="dealer_access.support_max_hours",
        default=24,
        help="In hours.",
    )
