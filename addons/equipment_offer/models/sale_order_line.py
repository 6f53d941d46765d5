from odoo import models


class SaleOrderLine(models.Model):
    """What the printed offer says of a line."""

    _inherit = "sale.order.line"

    def _offer_name(self):
        """Return the product's name without its code, or the text of a line without product."""
        self.ensure_one()
        return self.product_id.name or (self.name or "").partition("\n")[0]

    def _offer_description(self):
        """Return what the line says besides its first line, which names the product."""
        self.ensure_one()
        return (self.name or "").partition("\n")[2]

    def _offer_quantity(self):
        self.ensure_one()
        return self.env["equipment.parameter.value"]._format_reading(
            [self.product_uom_qty], self.env["uom.uom"]
        )

    def _offer_unit(self):
        """Return the unit behind the quantity; pieces are counted without a word."""
        self.ensure_one()
        if self.product_uom_id == self.env.ref("uom.product_uom_unit", raise_if_not_found=False):
            return ""
        return self.product_uom_id.name
