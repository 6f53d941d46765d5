from odoo import fields, models


class MikoPbx(models.Model):
    _inherit = "miko.pbx"

    outbound_recording_days = fields.Integer(
        string="Keep recordings of outgoing calls (days)",
        default=0,
        help="0: not fetched. Colleagues must tell the customer of the recording.",
    )
