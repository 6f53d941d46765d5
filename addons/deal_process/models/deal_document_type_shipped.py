from odoo import models


class DealDocumentType(models.Model):
    """The documents that the standard process collects by itself."""

    _inherit = "deal.document.type"

    def _collect_offer(self, leads):
        return {
            lead: lead.order_ids.filtered(lambda order: order.state in ("draft", "sent"))
            for lead in leads
        }

    def _is_required_offer(self, leads):
        return {
            lead: lead.deal_way == "offer"
            and not lead.order_ids.filtered(lambda order: order.state == "sale")
            for lead in leads
        }

    def _collect_order(self, leads):
        return {
            lead: lead.order_ids.filtered(lambda order: order.state == "sale") for lead in leads
        }

    def _collect_invoice(self, leads):
        return {lead: lead._deal_invoices() for lead in leads}

    def _collect_payment(self, leads):
        return {lead: lead._deal_invoices().matched_payment_ids for lead in leads}
