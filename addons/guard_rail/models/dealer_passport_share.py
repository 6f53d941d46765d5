from odoo import api, models


class DealerPassportShare(models.Model):
    """A competence gained elsewhere counts while its owner lets the dealer see it."""

    _inherit = "dealer.passport.share"

    @api.model_create_multi
    def create(self, vals_list):
        shares = super().create(vals_list)
        self.env.registry.clear_cache()
        return shares

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"state", "date_to", "dealer_id"}:
            self.env.registry.clear_cache()
        return result
