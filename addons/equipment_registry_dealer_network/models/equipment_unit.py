from odoo import models


class EquipmentUnit(models.Model):
    _inherit = "equipment.unit"

    def write(self, vals):
        result = super().write(vals)
        if not {"owner_id", "site_id", "state"}.isdisjoint(vals):
            self.env["equipment.disclosure"]._refresh_units(self)
        return result

    def _pass(self, kind, move):
        """A machine that the OEM delivers to a dealer without a company here is that dealer's."""
        result = super()._pass(kind, move)
        if kind == "delivered":
            dealer = self.env["dealer.dealer"]._by_partner(self.owner_id[:1])
            if dealer and not dealer.company_id:
                self.identity_id.dealer_id = dealer
        return result
