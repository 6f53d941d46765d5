from odoo import fields, models


class MikoLine(models.Model):
    _inherit = "miko.line"

    recording_days = fields.Integer(
        string="Keep recordings (days)", default=180, help="0: recordings are not fetched."
    )

    _days_positive = models.Constraint(
        "CHECK (recording_days >= 0)", "Recordings are kept for a number of days, or not fetched."
    )
