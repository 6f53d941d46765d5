from odoo import api, models


class EquipmentUnit(models.Model):
    _inherit = "equipment.unit"

    @api.model_create_multi
    def create(self, vals_list):
        units = super().create(vals_list)
        self.env["equipment.disclosure"]._refresh_units(units)
        return units

    def write(self, vals):
        companies = self.company_id
        result = super().write(vals)
        if "identity_id" in vals:
            # what was shown of the machine that it was taken for is nobody's any more
            self._refresh_disclosures_of(companies)
        elif not {"owner_id", "site_id", "state", "active"}.isdisjoint(vals):
            self.env["equipment.disclosure"]._refresh_units(self)
        return result

    def unlink(self):
        companies = self.company_id
        result = super().unlink()
        self._refresh_disclosures_of(companies)
        return result

    def _refresh_disclosures_of(self, companies):
        dealers = self.env["dealer.dealer"]._by_company(companies.sudo())
        for dealer in dealers.values():
            self.env["equipment.disclosure"]._refresh_dealers(dealer)

    def _pass(self, kind, move):
        """A machine that the OEM delivers to a dealer without a company here is that dealer's,
        until it comes back."""
        result = super()._pass(kind, move)
        if kind == "delivered":
            dealer = self.env["dealer.dealer"]._by_partner(self.owner_id[:1])
            if dealer and not dealer.company_id:
                self.identity_id.dealer_id = dealer
        elif kind in ("received", "returned"):
            self.identity_id._compute_dealer_id()
        return result
