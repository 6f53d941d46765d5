from odoo import api, models


class DealerDealer(models.Model):
    _inherit = "dealer.dealer"

    @api.model
    def _provisioning_steps(self):
        return [*super()._provisioning_steps(), (30, "_provision_pricelist")]

    def _provision_pricelist(self):
        """Full mode: a price list of its own, in its currency.

        Odoo makes one itself only where price lists are switched on before the
        company is made; a price list without company would be everybody's.
        """
        companies = self.filtered(lambda d: d.mode == "full").company_id
        pricelists = self.env["product.pricelist"]
        priced = pricelists.with_context(active_test=False).search(
            [("company_id", "in", companies.ids)]
        )
        pricelists.create(
            [company._get_default_pricelist_vals() for company in companies - priced.company_id]
        )
