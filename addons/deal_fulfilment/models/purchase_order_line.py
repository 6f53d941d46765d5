from odoo import api, models
from odoo.fields import Command
from odoo.tools import format_date


class PurchaseOrderLine(models.Model):
    """A request for quotation that asks for less when a customer needs less."""

    _inherit = "purchase.order.line"

    def write(self, vals):
        res = super().write(vals)
        if "date_planned" in vals:
            self._tell_new_date()
        return res

    def unlink(self):
        parts = self._served_parts()
        names = ", ".join(self.order_id.mapped("name"))
        res = super().unlink()
        parts._check_supply(lambda env: env._("It was taken off %(document)s.", document=names))
        return res

    def _find_candidate(
        self, product_id, product_qty, product_uom, location_id, name, origin, company_id, values
    ):
        return super()._find_candidate(
            product_id,
            product_qty,
            product_uom,
            location_id,
            name,
            origin,
            company_id,
            self._without_cancelling(values),
        )

    @api.model
    def _prepare_purchase_order_line_from_procurement(
        self,
        product_id,
        product_qty,
        product_uom,
        location_dest_id,
        name,
        origin,
        company_id,
        values,
        po,
    ):
        return super()._prepare_purchase_order_line_from_procurement(
            product_id,
            product_qty,
            product_uom,
            location_dest_id,
            name,
            origin,
            company_id,
            self._without_cancelling(values),
            po,
        )

    @api.model
    def _without_cancelling(self, values):
        """A cancelled purchase must not cancel what the customer has ordered."""
        if self.env["stock.rule"]._is_ordered(values):
            return {**values, "propagate_cancel": False}
        return values

    def _tell_new_date(self):
        """The vendor's new date is when the receipt is expected, and the deliveries it is for.

        Stock changes the receipt's deadline alone.
        """
        requests = self.browse()
        for line in self:
            receipts = line.move_ids.filtered(
                lambda move: move.state not in ("done", "cancel") and move.move_dest_ids
            )
            if receipts and line.date_planned:
                receipts.date = line.date_planned
            else:
                requests |= line
        parts = requests._served_parts()
        if parts:
            date = max(requests.mapped("date_planned"))
            parts.sale_line_id._refresh_forecast(
                lambda env: env._(
                    "%(document)s is now expected on %(date)s",
                    document=", ".join(requests.order_id.mapped("name")),
                    date=format_date(env, date),
                )
            )

    def _served_parts(self):
        """Return the open deliveries that these lines are bought for."""
        return self.move_dest_ids.filtered(
            lambda move: move.fulfilment_source and move.state not in ("done", "cancel")
        )

    def _reducible_quantity(self):
        """Return what can be ordered less, in the product's unit: nothing once ordered."""
        self.ensure_one()
        return self.product_uom_qty if self.order_id.state in ("draft", "sent") else 0.0

    def _reduce_by(self, quantity):
        """Ask for less, while it is a request; a line for nothing goes, and so does its order.

        :param quantity: in the product's unit
        :return: by how much less is asked for
        """
        self.ensure_one()
        quantity = min(quantity, self._reducible_quantity())
        unit = self.product_id.uom_id
        if unit.compare(quantity, 0) <= 0:
            return 0.0
        if unit.compare(quantity, self.product_uom_qty) >= 0:
            order = self.order_id
            self.move_dest_ids = [Command.clear()]
            self.unlink()
            if not order.order_line.filtered(lambda line: not line.display_type):
                order.button_cancel()
        else:
            self.product_qty = unit._compute_quantity(
                self.product_uom_qty - quantity, self.product_uom_id
            )
        return quantity
