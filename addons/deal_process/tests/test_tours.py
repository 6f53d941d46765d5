"""What salesperson and head do on their screens, in a real browser."""

from odoo import Command
from odoo.tests import HttpCase, tagged

from .common import DealProcessCase


@tagged("post_install", "-at_install")
class TestTours(HttpCase, DealProcessCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller.name = "Tour Seller"
        for user in cls.seller | cls.head | cls.admin:
            user.password = f"{user.login}-secret"
        cls.person = cls.make_person(name="Tour Customer", city=False)
        cls.lead = cls.make_lead(
            name="Tour lead", partner=cls.person, need_ids=[Command.clear()], judged=False
        )
        cls.deal = cls.make_deal(name="Tour deal")

    def test_lead_to_deal_by_what_the_form_says(self):
        self.start_tour(
            f"/odoo/leads-to-qualify/{self.lead.id}", "deal_process_lead", login="seller_a"
        )
        self.assertEqual(
            (self.lead.type, self.lead.deal_stage_id.code, self.lead.need_ids.name),
            ("opportunity", "selection", "A pump for the cellar"),
        )

    def test_seller_enters_what_the_contract_needs(self):
        """Without an accountant's rights, on the form to which the gate leads."""
        firm = self.make_firm(vat=False, company_registry=False, bank_ids=False)
        lead = self.make_lead(name="Tour of an organisation", partner=firm.child_ids)
        self.start_tour(
            f"/odoo/leads-to-qualify/{lead.id}", "deal_process_customer", login="seller_a"
        )
        self.assertEqual(firm.bank_ids.acc_number, "TEST-ACCOUNT-2")
        lead.action_make_deal()

    def test_refusal_and_review(self):
        self.start_tour(f"/odoo/deals/{self.deal.id}", "deal_process_refusal", login="seller_a")
        self.assertEqual(self.deal.deal_outcome, "unsuitable")
        self.start_tour("/odoo/deal-reviews", "deal_process_review", login="head_a")
        self.assertEqual(
            (self.deal.deal_review_ids.state, self.deal.deal_review_ids.score), ("done", "4")
        )

    def test_head_steps_in(self):
        self.deal.sudo()._write_past_gates(
            {"deal_last_touch": "2020-01-01", "deal_deadline": "2020-01-01"}
        )
        self.start_tour("/odoo/deal-cockpit", "deal_process_cockpit", login="head_a")
        # no longer the salesperson's own: asked with more rights
        self.assertEqual(self.deal.sudo().user_id, self.head)

    def test_override_and_dossier(self):
        self.start_tour(f"/odoo/deals/{self.deal.id}", "deal_process_override", login="head_a")
        self.assertEqual(self.deal.deal_override_ids.gate_id.code, "offer_accepted")
        self.assertEqual(self.deal.deal_document_ids.name, "Contract of the tour")

    def test_each_deal_shows_its_own(self):
        deals = self.deal | self.make_deal(name="Second deal")
        self.env["deal.document"].create(
            [
                {
                    "lead_id": deal.id,
                    "type_id": self.env.ref("deal_process.document_contract").id,
                    "name": f"Letter about {deal.name}",
                }
                for deal in deals
            ]
        )
        self.start_tour(
            "/odoo/deals?view_type=list", "deal_process_pages_of_deals", login="seller_a"
        )

    def test_glossary(self):
        self.start_tour("/odoo/deal-glossary", "deal_process_glossary", login="seller_a")
