from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        """The level of a dealer's contact decides which level its users may read: the domains of
        record rules are cached by user."""
        result = super().write(vals)
        if "grade_id" in vals and self._is_dealer_contact():
            self.env.registry.clear_cache()
        return result

    def _is_dealer_contact(self):
        dealers = self.env["dealer.dealer"].sudo().with_context(active_test=False)
        return bool(dealers.search_count([("partner_id", "in", self.ids)], limit=1))

    def _drop_grade_pricelist(self):
        """Take the price list away where it is the one of the level."""
        for partner in self:
            pricelist = partner.grade_id.default_pricelist_id
            if pricelist and partner.specific_property_product_pricelist == pricelist:
                partner.specific_property_product_pricelist = False
