from odoo import fields, models


class DealPromiseWizard(models.TransientModel):
    """Promise another date, with the reason."""

    _name = "deal.promise.wizard"
    _description = "Promise Another Date"

    sale_line_ids = fields.Many2many("sale.order.line", string="Order lines", required=True)
    promised_date = fields.Datetime(string="New date", required=True)
    reason = fields.Char(required=True, help="Stays in the history of the order line.")

    def action_promise(self):
        """Write the date on the lines, which their salesperson and whoever plans may do."""
        self.ensure_one()
        self.sale_line_ids.check_access("write")
        self.sale_line_ids._change_promise(self.promised_date, self.reason)
        return {"type": "ir.actions.act_window_close"}
