from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _offer_needs(self):
        """What the deal says the customer needs comes first, the figures follow."""
        return [
            (need.kind_id.name, self._told_need(need))
            for need in self.opportunity_id.sudo().need_ids
        ] + super()._offer_needs()

    def _told_need(self, need):
        """Return a need of the deal in one line: 2 × pump · 9 l/s."""
        plain = need.uom_id == self.env.ref("uom.product_uom_unit", raise_if_not_found=False)
        quantity = self.env["equipment.parameter.value"]._format_reading(
            [need.quantity], self.env["uom.uom"] if plain else need.uom_id
        )
        name = need.name if plain and need.quantity == 1 else f"{quantity} × {need.name}"
        return " · ".join(filter(None, (name, need.note)))
