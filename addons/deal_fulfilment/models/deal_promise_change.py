from odoo import fields, models


class DealPromiseChange(models.Model):
    """One change of a date: of what the customer was promised, or of what is expected."""

    _name = "deal.promise.change"
    _description = "Change of a Promised Date"
    _order = "create_date desc, id desc"
    _rec_name = "reason"

    sale_line_id = fields.Many2one(
        "sale.order.line", string="Order line", required=True, ondelete="cascade", index=True
    )
    order_id = fields.Many2one(related="sale_line_id.order_id")
    lead_id = fields.Many2one(related="sale_line_id.order_id.opportunity_id")
    product_id = fields.Many2one(related="sale_line_id.product_id")
    company_id = fields.Many2one(related="sale_line_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [("promise", "Promised"), ("forecast", "Expected")],
        required=True,
        help="Promised: what the customer was told. Expected: what production and purchase say.",
    )
    old_date = fields.Datetime(string="Before")
    new_date = fields.Datetime(string="After", help="Empty: nobody knows at present.")
    reason = fields.Char(required=True)
    user_id = fields.Many2one(
        "res.users", string="By", required=True, default=lambda self: self.env.user
    )
