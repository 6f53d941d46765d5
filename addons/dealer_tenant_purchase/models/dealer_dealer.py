from odoo import api, models


class DealerDealer(models.Model):
    _inherit = "dealer.dealer"

    @api.model
    def _open_document_domains(self):
        return {
            **super()._open_document_domains(),
            "purchase.order": [
                "|",
                ("state", "in", ("draft", "sent", "to approve")),
                "&",
                ("state", "=", "purchase"),
                ("invoice_status", "=", "to invoice"),
            ],
        }
