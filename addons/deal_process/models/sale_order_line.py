from odoo import api, models

# what the customer agrees to with a line
AGREED_FIELDS = ("product_id", "product_uom_id", "product_uom_qty", "price_unit", "discount")


class SaleOrderLine(models.Model):
    """Whoever changes what a customer has accepted asks him again."""

    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._charged_orders()._forget_acceptance()
        return lines

    def write(self, vals):
        if not vals.keys() & set(AGREED_FIELDS):
            return super().write(vals)
        before = {line: line._agreed() for line in self}
        done = super().write(vals)
        changed = self.filtered(lambda line: line._agreed() != before[line])
        changed.order_id._forget_acceptance()
        return done

    def unlink(self):
        orders = self._charged_orders()
        done = super().unlink()
        orders._forget_acceptance()
        return done

    def _charged_orders(self):
        """Return the orders of the lines that are more than a heading or a note."""
        return self.filtered(lambda line: not line.display_type).order_id

    def _agreed(self):
        self.ensure_one()
        return [self[name] for name in AGREED_FIELDS]
