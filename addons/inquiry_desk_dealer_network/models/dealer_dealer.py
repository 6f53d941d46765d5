from odoo import api, models
from odoo.fields import Domain


class DealerDealer(models.Model):
    _inherit = "dealer.dealer"

    @api.model
    def _inquiry_candidates(self, company):
        """Return who may be suggested to a company: the OEM's dealers, or a dealer's sub-dealers.

        Nobody learns of a dealer beside him.
        """
        dealers = self.sudo()
        own = dealers.search([("company_id", "=", company.id)], limit=1)
        below = (
            Domain("id", "child_of", own.id) & Domain("id", "!=", own.id)
            if own
            else Domain("oem_company_id", "=", company.id)
        )
        states = self.env["dealer.state.permission"]._states_permitting("receive_leads")
        return dealers.search(below & Domain("state", "in", states))

    def _inquiry_serving(self, country, zip_code, city):
        """Return which of these dealers serve a place, the nearest first.

        Without territories it is the dealer with an outlet in the town; add-ons know better.

        :param country: res.country
        :param str zip_code: postal code as people type it, or ""
        :param str city: town as people write it, or ""
        """
        if not city:
            return self.browse()
        outlets = self.outlet_ids.filtered(
            lambda outlet: (outlet.city or "").casefold() == city.casefold()
            and outlet.country_id == country
        )
        return outlets.dealer_id

    def _inquiry_channel(self):
        """Return the channel of the dealer's own desk that takes what is handed to him, or none."""
        self.ensure_one()
        channels = self.env["crm.inquiry.channel"].sudo()
        if not self.sudo().company_id:
            return channels
        own = [("company_id", "=", self.sudo().company_id.id)]
        return channels.search([*own, ("kind", "=", "api")], limit=1) or channels.search(
            [*own, ("kind", "=", "mail")], limit=1
        )
