from odoo import models


class DealerIsolationRecipe(models.AbstractModel):
    _inherit = "dealer.isolation.recipe"

    def _make_equipment_selection_rule_condition(self, maker):
        return {
            "rule_id": maker.record("equipment.selection.rule").id,
            "criterion_id": maker.record("equipment.criterion").id,
            "figure": "1",
        }

    def _make_equipment_offer_sending(self, maker):
        """The rival's offer was mailed: the server writes that down, not the seller."""
        return (
            maker.env["equipment.offer.sending"]
            .sudo()
            .create(
                {
                    "order_id": maker.record("sale.order").id,
                    "partner_id": maker.record("res.partner").id,
                    "email": "reader@rival.example",
                }
            )
            .sudo(False)
        )
