from odoo import models

PAGES = {
    "needs": "needs",
    "contacts": "deal_customer",
    "site": "deal_customer",
    "qualified": "qualification",
}


class DealGate(models.Model):
    """The gates that the standard process ships."""

    _inherit = "deal.gate"

    def _evaluate_qualified(self, leads):
        judgements = dict(leads._fields["qualification"]._description_selection(self.env))
        answers = {}
        for lead in leads:
            if lead.qualification == "qualified":
                answers[lead] = []
            elif lead.qualification:
                answers[lead] = [
                    self.env._(
                        "Qualification: the lead is judged “%s”, not qualified.",
                        judgements[lead.qualification],
                    )
                ]
            else:
                answers[lead] = [
                    self.env._(
                        "Qualification: nobody has judged the lead. Press “Qualified” once "
                        "contact, company and needs are known."
                    )
                ]
        return answers

    def _evaluate_needs(self, leads):
        return {
            lead: []
            if lead.need_ids
            else [self.env._("Needs: list at least one thing that the customer needs.")]
            for lead in leads
        }

    def _evaluate_customer_data(self, leads):
        answers = {}
        for lead in leads:
            if not lead.partner_id:
                answers[lead] = [self.env._("Customer: none is chosen.")]
                continue
            missing = lead.partner_id._missing_customer_data()
            answers[lead] = missing and [
                self.env._(
                    "Customer %(customer)s: missing %(missing)s.",
                    customer=lead.customer_id.name or lead.partner_id.display_name,
                    missing=", ".join(missing),
                )
            ]
        return answers

    def _evaluate_contacts(self, leads):
        answers = {}
        for lead in leads:
            people = lead.contact_ids | lead.partner_id
            if lead.customer_id.customer_kind != "person":
                # the firm's switchboard is nobody to speak to
                people = people.filtered(lambda person: not person.is_company)
            reachable = people.filtered(
                lambda person: person.name and (person.phone or person.email)
            )
            answers[lead] = (
                []
                if reachable
                else [
                    self.env._(
                        "Contacts: name a person of the customer with telephone or mail address."
                    )
                ]
            )
        return answers

    def _evaluate_site(self, leads):
        answers = {}
        for lead in leads:
            sites = lead.customer_id.site_ids
            if len(sites) < 2:
                answers[lead] = None
            elif lead.site_id:
                answers[lead] = []
            else:
                answers[lead] = [
                    self.env._(
                        "Site: %(customer)s has %(count)s, choose the one that the deal is for.",
                        customer=lead.customer_id.name,
                        count=len(sites),
                    )
                ]
        return answers

    def _evaluate_offer_accepted(self, leads):
        answers = {}
        for lead in leads:
            orders = lead.order_ids
            if lead.deal_way == "direct":
                answers[lead] = None
            elif orders.filtered(lambda order: order.offer_answer == "accepted"):
                answers[lead] = []
            elif not orders.filtered(lambda order: order.state in ("sent", "sale")):
                answers[lead] = [self.env._("Offer: none was sent to the customer.")]
            else:
                answers[lead] = [
                    self.env._("Offer: the customer's review has not ended in acceptance.")
                ]
        return answers

    def _evaluate_order(self, leads):
        return {
            lead: []
            if lead.order_ids.filtered(lambda order: order.state == "sale")
            else [self.env._("Order: none is confirmed.")]
            for lead in leads
        }

    def _evaluate_payment(self, leads):
        answers = {}
        for lead in leads:
            # what a credit note took back was not paid
            invoices = lead._deal_invoices().filtered(lambda move: move.payment_state != "reversed")
            unpaid = invoices.filtered(
                lambda move: move.payment_state not in ("paid", "in_payment")
            )
            if not invoices:
                answers[lead] = [self.env._("Payment: there is no invoice yet.")]
            else:
                answers[lead] = [
                    self.env._(
                        "Payment: invoice %(invoice)s is not paid, %(amount)s open.",
                        invoice=move.name,
                        amount=move.currency_id.format(move.amount_residual),
                    )
                    for move in unpaid
                ]
        return answers

    def _evaluate_accounting_documents(self, leads):
        """An invoice for all that was ordered, posted."""
        answers = {}
        for lead in leads:
            orders = lead.order_ids.filtered(lambda order: order.state == "sale")
            drafts = orders.invoice_ids.filtered(lambda move: move.state == "draft")
            problems = [
                self.env._("Accounting: order %s is not invoiced in full.", order.name)
                for order in orders
                if order.invoice_status in ("to invoice", "no")
                and order.order_line.filtered(lambda line: not line.display_type)
            ]
            if drafts:
                problems.append(
                    self.env._("Accounting: %s draft invoices are to be posted.", len(drafts))
                )
            if not orders:
                problems.append(self.env._("Accounting: there is no confirmed order."))
            answers[lead] = problems
        return answers

    def _resolve_customer_data(self, lead):
        return lead.action_create_customer()

    def _resolve_payment(self, lead):
        return lead.action_deal_invoices()

    def _resolve_accounting_documents(self, lead):
        return lead.action_view_sale_order()

    def _resolve_offer_accepted(self, lead):
        return lead.action_view_sale_quotation()

    def _resolve_order(self, lead):
        return lead.action_view_sale_quotation()

    def _page(self):
        return PAGES.get(self.code) or super()._page()
