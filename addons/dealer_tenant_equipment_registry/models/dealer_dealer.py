from odoo import api, models


class DealerDealer(models.Model):
    _inherit = "dealer.dealer"

    @api.model
    def _open_document_domains(self):
        """Work that a dealer still owes its customers when it leaves the network."""
        return {
            **super()._open_document_domains(),
            "equipment.protocol": [("state", "in", ("planned", "progress"))],
        }
