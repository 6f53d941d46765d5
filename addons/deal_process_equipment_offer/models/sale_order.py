from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _offer_needs(self):
        """What the deal says the customer needs comes first, the figures follow."""
        values = self.env["equipment.parameter.value"]
        needs = [
            (
                need.kind_id.name,
                " · ".join(
                    filter(
                        None,
                        (
                            f"{values._format_reading([need.quantity], need.uom_id)} × {need.name}"
                            if need.quantity != 1
                            else need.name,
                            need.note,
                        ),
                    )
                ),
            )
            for need in self.opportunity_id.sudo().need_ids
        ]
        return needs + super()._offer_needs()
