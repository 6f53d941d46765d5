from odoo import api, models


class DealerDealer(models.Model):
    _inherit = "dealer.dealer"

    @api.model
    def _open_document_domains(self):
        """Quotations and orders, and what was ordered but not invoiced yet."""
        return {
            **super()._open_document_domains(),
            "sale.order": [
                "|",
                ("state", "in", ("draft", "sent")),
                "&",
                ("state", "=", "sale"),
                ("invoice_status", "=", "to invoice"),
            ],
        }
