from odoo import api, models


class SaleOrder(models.Model):
    """An order knows how far it is below the price list as a whole, by whichever way."""

    _name = "sale.order"
    _inherit = ["sale.order", "guard.rail.pricelist.mixin"]

    @api.depends(
        "order_line.pricelist_price",
        "order_line.price_unit",
        "order_line.discount",
        "order_line.product_uom_qty",
    )
    def _compute_below_pricelist(self):
        for order in self:
            listed = asked = 0.0
            for line in order.order_line:
                amount = line._price_asked() * line.product_uom_qty
                # what the price list does not know counts where it subtracts
                if line.pricelist_price or amount < 0:
                    listed += line.pricelist_price * line.product_uom_qty
                    asked += amount
            order.below_pricelist = self._percent_below(listed, asked)
