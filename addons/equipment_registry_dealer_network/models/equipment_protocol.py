from odoo import api, models


class EquipmentProtocol(models.Model):
    _inherit = "equipment.protocol"

    @api.model
    def _is_end_customer(self, partner):
        """A dealer commissions at its customer; nothing is commissioned at the dealer."""
        return super()._is_end_customer(partner) and not self.env["dealer.dealer"]._by_partner(
            partner
        )
