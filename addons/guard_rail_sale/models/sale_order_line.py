from odoo import api, fields, models


class SaleOrderLine(models.Model):
    """A line knows what the price list asks, and how far below it is.

    Both are kept as of the last change of the line: a price list that rises later makes no old
    line cheap.
    """

    _name = "sale.order.line"
    _inherit = ["sale.order.line", "guard.rail.pricelist.mixin"]

    _computed_only = frozenset({"below_pricelist", "pricelist_price"})

    pricelist_price = fields.Float(
        string="Price by the price list",
        compute="_compute_pricelist_price",
        store=True,
        digits="Product Price",
    )

    @api.depends("product_id", "product_uom_id", "product_uom_qty", "order_id.pricelist_id")
    def _compute_pricelist_price(self):
        for line in self:
            line.pricelist_price = line.with_company(line.company_id)._price_listed()

    @api.depends("pricelist_price", "price_unit", "discount")
    def _compute_below_pricelist(self):
        for line in self:
            line.below_pricelist = self._percent_below(line.pricelist_price, line._price_asked())

    def _price_listed(self):
        """Return what the price list asks for a unit, comparable with the line's price."""
        if not self.product_id or self.product_type == "combo":
            return 0.0
        if self.product_id.expense_policy == "cost":
            return 0.0  # the price is what was spent
        if self.combo_item_id:
            price = self._get_combo_item_display_price()
        else:
            price = self._get_pricelist_price()
        return self.product_id._get_tax_included_unit_price_from_price(
            price,
            product_taxes=self.product_id.taxes_id._filter_taxes_by_company(self.company_id),
            fiscal_position=self.order_id.fiscal_position_id,
        )

    def _price_asked(self):
        """Return what the line asks for a unit after its discount."""
        return self.price_unit * (1 - self.discount / 100)
