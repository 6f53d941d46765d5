from odoo import api, models


class DealerDealer(models.Model):
    _inherit = "dealer.dealer"

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
