from odoo import fields, models


class MikoCallLeg(models.Model):
    """A colleague's telephone in a call."""

    _name = "miko.call.leg"
    _description = "Telephone in a Call"
    _order = "rang, id"
    _rec_name = "extension"

    call_id = fields.Many2one("miko.call", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="call_id.company_id", store=True, precompute=True)
    channel = fields.Char(required=True)
    extension = fields.Char(required=True)
    user_id = fields.Many2one(
        "res.users", string="Colleague", index="btree_not_null", ondelete="set null"
    )
    rang = fields.Datetime()
    answered = fields.Datetime()
    ended = fields.Datetime()
    status = fields.Char(string="Result")
    originated = fields.Boolean(string="Rung by Odoo")
