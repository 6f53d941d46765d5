from odoo import models


class DealerDealer(models.Model):
    _inherit = "dealer.dealer"

    def _inquiry_serving(self, country, zip_code, city):
        """Who is assigned to the postal code comes first, then who has an outlet in the town."""
        in_town = super()._inquiry_serving(country, zip_code, city)
        if not (country and zip_code):
            return in_town
        assigned = self.env["dealer.territory"].sudo()._find_dealers(country, zip_code).sudo()
        return assigned.filtered(lambda dealer: dealer in self) | in_town
