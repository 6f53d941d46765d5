from odoo import models


class MrpProduction(models.Model):
    """A production that makes less when a customer needs less."""

    _inherit = "mrp.production"

    def _reducible_quantity(self):
        """Return what the production can make less of, in the product's unit: all or nothing."""
        self.ensure_one()
        begun = (
            self.state not in ("draft", "confirmed")
            or not self.product_uom_id.is_zero(self.qty_producing)
            or any(order.state in ("progress", "done") for order in self.workorder_ids)
        )
        return 0.0 if begun else self.product_uom_qty

    def _reduce_by(self, quantity):
        """Make less, if it has not begun; nothing left to make cancels the production.

        :param quantity: in the product's unit
        :return: by how much less is made
        """
        self.ensure_one()
        quantity = min(quantity, self._reducible_quantity())
        product_unit = self.product_id.uom_id
        if product_unit.compare(quantity, 0) <= 0:
            return 0.0
        if product_unit.compare(quantity, self.product_uom_qty) >= 0:
            # the customer's order says why; stock's notes on the delivery would repeat it
            self.with_context(skip_activity=True).action_cancel()
        else:
            left = product_unit._compute_quantity(
                self.product_uom_qty - quantity, self.product_uom_id
            )
            self.env["change.production.qty"].with_context(skip_activity=True).create(
                {"mo_id": self.id, "product_qty": left}
            ).change_prod_qty()
        return quantity

    def _tell_surplus(self, quantity, line):
        self.ensure_one()
        self.env["deal.fulfilment.task"]._tell_surplus(self, quantity, line)
