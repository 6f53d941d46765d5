from datetime import timedelta

from odoo import models
from odoo.fields import Command


class DealerIsolationRecipe(models.AbstractModel):
    _inherit = "dealer.isolation.recipe"

    def _make_deal_fulfilment(self, maker):
        """A confirmed order makes its parts; the view holds no record of its own."""
        product = self._shared_product(maker)
        order = maker.env["sale.order"].create(
            {
                "partner_id": maker.record("res.partner").id,
                "order_line": [Command.create({"product_id": product.id})],
            }
        )
        order.action_confirm()
        self.env.flush_all()
        return maker.env["deal.fulfilment"].search([("order_id", "=", order.id)], limit=1)

    def _make_deal_promise_change(self, maker):
        line = maker.record("deal.fulfilment").sale_line_id
        line._change_promise(line.promised_date + timedelta(days=7), "Isolation probe")
        return line.promise_change_ids[:1]
