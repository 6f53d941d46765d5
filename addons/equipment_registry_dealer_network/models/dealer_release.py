from odoo import api, models


class DealerRelease(models.Model):
    _inherit = "dealer.release"

    @api.model_create_multi
    def create(self, vals_list):
        releases = super().create(vals_list)
        releases._refresh_disclosures()
        return releases

    def write(self, vals):
        dealers = self.dealer_id
        result = super().write(vals)
        self._refresh_disclosures(dealers)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_disclosures(self):
        self.enabled = False

    def _refresh_disclosures(self, dealers=None):
        """What is switched on is shown, what is switched off is taken away at once."""
        touched = self.filtered(
            lambda line: line.subject_id.code in ("installed_base", "customers")
        )
        dealers = touched.dealer_id | (dealers or touched.dealer_id)
        if touched:
            self.env["equipment.disclosure"]._refresh_dealers(dealers)
