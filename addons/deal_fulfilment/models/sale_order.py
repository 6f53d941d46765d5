from odoo import fields, models


class SaleOrder(models.Model):
    """An order that tells where its goods come from and when they will be there."""

    _inherit = "sale.order"

    fulfilment_ids = fields.One2many("deal.fulfilment", "order_id")

    def write(self, vals):
        res = super().write(vals)
        if vals.get("commitment_date"):
            confirmed = self.filtered(lambda order: order.state == "sale")
            for order in confirmed:
                order.order_line.filtered("promised_date")._change_promise(
                    order.commitment_date,
                    self.env._("Delivery date of order %(order)s changed.", order=order.name),
                )
        return res

    def _action_confirm(self):
        # the lines are promised below, all at once, and not where the rules are launched for them
        confirming = self.with_context(fulfilment_confirming=True)
        res = super(SaleOrder, confirming)._action_confirm()
        self.order_line._promise(lambda env: env._("Order confirmed."))
        return res

    def action_open_fulfilment(self):
        """Open the lines of these orders with source, readiness and dates."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "deal_fulfilment.deal_fulfilment_action"
        )
        action["domain"] = [("order_id", "in", self.ids)]
        action["context"] = {}
        return action
