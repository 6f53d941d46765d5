from odoo import api, models


class DealerDealer(models.Model):
    _inherit = "dealer.dealer"

    @api.model
    def get_import_templates(self):
        """Offer a file to fill in under *Import records*."""
        return [
            {
                "label": self.env._("Import Template for Dealers"),
                "template": "/dealer_import/static/xls/dealer_dealer.xlsx",
            }
        ]
