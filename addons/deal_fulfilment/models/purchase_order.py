from odoo import models


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    def button_cancel(self):
        """What was bought for a customer's order is missing from it now."""
        parts = self.order_line._served_parts()
        res = super().button_cancel()
        names = ", ".join(self.mapped("name"))
        parts._check_supply(lambda env: env._("%(document)s was cancelled.", document=names))
        return res

    def _tell_surplus(self, quantity, line):
        self.ensure_one()
        self.env["deal.fulfilment.task"]._tell_surplus(self, quantity, line)
