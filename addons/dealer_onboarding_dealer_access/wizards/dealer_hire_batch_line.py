from odoo import fields, models


class DealerHireBatchLine(models.TransientModel):
    """One person of the file."""

    _name = "dealer.hire.batch.line"
    _description = "Line of a File of People"

    batch_id = fields.Many2one("dealer.hire.batch", required=True, ondelete="cascade")
    name = fields.Char(required=True)
    email = fields.Char()
    phone = fields.Char()
    role_id = fields.Many2one("dealer.role")
    date_start = fields.Date(string="First day")
    problem = fields.Char(readonly=True)
