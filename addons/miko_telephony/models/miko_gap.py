from odoo import fields, models


class MikoGap(models.Model):
    """A time in which nobody listened to an exchange; open while it lasts."""

    _name = "miko.gap"
    _description = "Gap in Listening"
    _order = "start desc, id desc"

    pbx_id = fields.Many2one("miko.pbx", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="pbx_id.company_id", store=True, index=True)
    start = fields.Datetime(required=True, string="Since")
    end = fields.Datetime(string="Until")
    reason = fields.Char()
    recovered = fields.Integer(
        string="Calls caught up", help="Taken from the exchange's history afterwards."
    )

    _open = models.Index('(pbx_id) WHERE "end" IS NULL')
