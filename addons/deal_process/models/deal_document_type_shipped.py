from odoo import models


class DealDocumentType(models.Model):
    """The documents that the standard process collects by itself."""

    _inherit = "deal.document.type"

    def _collect_offer(self, leads):
        return {
            # what the customer has answered stays an offer when it becomes an order
            lead: lead.order_ids.filtered(
                lambda order: order.state in ("draft", "sent")
                or (order.state == "sale" and order.offer_answer)
            )
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
        # a payment registered or assigned, else the entries of the bank statement
        answers = {}
        for lead in leads:
            invoices = lead._deal_invoices()
            entries = invoices._get_reconciled_statement_lines().move_id
            answers[lead] = invoices.reconciled_payment_ids or entries
        return answers
