from odoo import api, models


class DealerDealer(models.Model):
    _inherit = "dealer.dealer"

    @api.model_create_multi
    def create(self, vals_list):
        dealers = super().create(vals_list)
        dealers._take_machines()
        return dealers

    def write(self, vals):
        result = super().write(vals)
        if vals.get("company_id"):
            self._take_machines()
        return result

    def _take_machines(self):
        """A company that becomes a dealer's brings the machines that it has."""
        machines = self.env["equipment.identity"].sudo().with_context(active_test=False)
        machines.search([("holder_company_id", "in", self.company_id.ids)])._compute_dealer_id()

    @api.model
    def _by_company(self, companies):
        """Return ``{company: its dealer}`` of those that are a dealer's."""
        found = (
            self.sudo()
            .with_context(active_test=False)
            .search([("company_id", "in", companies.ids)])
        )
        return {dealer.company_id: dealer for dealer in found}

    @api.model
    def _by_partner(self, partner):
        """Return the dealer that a partner is, or none."""
        return self.sudo().search([("partner_id", "=", partner.id)], limit=1)
