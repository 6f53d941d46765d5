"""Two ways to the contract, the dossier, and closing with what is missing."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import DealProcessCase


@tagged("post_install", "-at_install")
class TestDossier(DealProcessCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._keep_to_this_add_on()
        cls.product = cls.env["product.product"].create(
            {
                "name": "Pump",
                "list_price": 100,
                "type": "service",
                "invoice_policy": "order",
                "taxes_id": False,
            }
        )
        cls.seller.group_ids += cls.env.ref("account.group_account_invoice")
        cls._make_accounts()

    @classmethod
    def _make_accounts(cls):
        """As much of bookkeeping as one invoice and its payment need."""
        firm = cls.firm_a
        Account = cls.env["account.account"].with_company(firm)
        income, receivable, bank, outstanding = Account.create(
            [
                {"name": "Sales", "code": "700000", "account_type": "income"},
                {
                    "name": "Debtors",
                    "code": "411000",
                    "account_type": "asset_receivable",
                    "reconcile": True,
                },
                {"name": "Bank", "code": "512000", "account_type": "asset_cash"},
                {
                    "name": "Outstanding",
                    "code": "511000",
                    "account_type": "asset_current",
                    "reconcile": True,
                },
            ]
        )
        journals = cls.env["account.journal"].create(
            [
                {
                    "name": "Sales",
                    "code": "SAL",
                    "type": "sale",
                    "company_id": firm.id,
                    "default_account_id": income.id,
                },
                {
                    "name": "Bank",
                    "code": "BNK",
                    "type": "bank",
                    "company_id": firm.id,
                    "default_account_id": bank.id,
                },
            ]
        )
        cls.bank_journal = journals[1]
        journals[1].inbound_payment_method_line_ids.payment_account_id = outstanding
        cls.env["ir.default"].set(
            "res.partner",
            "property_account_receivable_id",
            receivable.id,
            company_id=firm.id,
        )
        cls.product.with_company(firm).property_account_income_id = income

    def make_order(self, deal, user=None):
        return (
            self.env["sale.order"]
            .with_user(user or self.seller)
            .create(
                {
                    "partner_id": deal.partner_id.id,
                    "opportunity_id": deal.id,
                    "company_id": self.firm_a.id,
                    "order_line": [Command.create({"product_id": self.product.id})],
                }
            )
        )

    def invoice(self, order, post=True):
        moves = order._create_invoices()
        if post:
            moves.action_post()
        return moves

    def pay(self, moves):
        self.env["account.payment.register"].with_user(self.seller).with_context(
            active_model="account.move", active_ids=moves.ids
        ).create({"journal_id": self.bank_journal.id})._create_payments()

    def kinds(self, deal):
        return {kind["name"]: kind for stage in deal.dossier() for kind in stage["kinds"]}

    def test_offer_review_contract(self):
        deal = self.make_deal()
        order = self.make_order(deal)
        with self.refused("has not accepted"):
            order.action_confirm()
        order.action_quotation_sent()
        self.assertEqual(order.offer_answer, "waiting")
        for values in ({"offer_answer": "accepted"}, {"offer_answer_date": "2026-01-01"}):
            with self.refused("by itself"):
                order.write(values)
        with self.refused("by itself"):
            order.create({"partner_id": deal.partner_id.id, "offer_answer": "accepted"})
        order.action_offer_changes()
        with self.refused("has not accepted"):
            order.action_confirm()
        order.action_offer_accepted()
        order.action_confirm()
        with self.refused("Contract"):
            deal.action_next_stage()
        self.file_contract(deal)
        deal.action_next_stage()
        self.assertEqual(deal.deal_stage_id.code, "production")

    def test_signing_the_offer_online_accepts_it(self):
        order = self.make_order(self.make_deal())
        order.action_quotation_sent()
        order.sudo().write({"signed_by": "Jeanne Petit", "signed_on": "2026-11-30 10:00:00"})
        # as the portal does, for a customer who has no user
        order.with_user(self.env.ref("base.public_user")).sudo()._validate_order()
        self.assertEqual((order.state, order.offer_answer), ("sale", "accepted"))
        self.assertTrue(order.offer_answer_date)

    def test_declining_the_offer_online_is_the_customers_answer(self):
        order, other = self.make_order(self.make_deal()), self.make_order(self.make_deal())
        (order | other).action_quotation_sent()
        # as the portal does, for a customer who has no user
        order.with_user(self.env.ref("base.public_user")).sudo()._action_cancel()
        self.assertEqual((order.state, order.offer_answer), ("cancel", "rejected"))
        self.assertTrue(order.offer_answer_date)
        other._action_cancel()
        self.assertEqual(other.offer_answer, "waiting", "the seller is not the customer")

    def test_contract_and_invoice_at_once(self):
        deal = self.make_deal(deal_way="direct")
        self.make_order(deal).action_confirm()
        self.file_contract(deal)
        deal.action_next_stage()
        self.assertEqual(deal.deal_stage_id.code, "production")

    def test_answered_offer_is_answered_once(self):
        order = self.make_order(self.make_deal(deal_way="direct"))
        order.action_confirm()
        with self.refused("no longer open"):
            order.action_offer_rejected()

    def test_documents_link_themselves(self):
        deal = self.make_deal(deal_way="direct")
        self.assertTrue(self.kinds(deal)["Order"]["missing"])
        order = self.make_order(deal)
        self.assertEqual(self.kinds(deal)["Offer"]["documents"][0]["name"], order.name)
        order.action_confirm()
        kinds = self.kinds(deal)
        self.assertEqual(
            (len(kinds["Offer"]["documents"]), kinds["Order"]["documents"][0]["id"]),
            (0, order.id),
        )
        self.assertTrue(kinds["Contract"]["missing"])
        self.file_contract(deal)
        self.assertFalse(self.kinds(deal)["Contract"]["missing"])
        moves = self.invoice(order)
        self.pay(moves)
        kinds = self.kinds(deal)
        self.assertEqual(kinds["Invoice"]["documents"][0]["id"], moves.id)
        self.assertEqual(len(kinds["Payment"]["documents"]), 1)

    def test_document_of_a_skipped_stage_is_not_missing(self):
        self.assertFalse(self.kinds(self.make_deal())["Protocol"]["missing"])
        deal = self.make_deal(kinds=self.equipment | self.installation)
        self.assertTrue(self.kinds(deal)["Protocol"]["missing"])

    def test_closing_is_refused_with_the_list_of_what_is_missing_then_allowed(self):
        deal = self.make_deal(deal_way="direct")
        order = self.make_order(deal)
        order.action_confirm()
        self.file_contract(deal)
        self.place(deal, "service")
        with self.assertRaises(UserError) as caught:
            deal.action_next_stage()
        for word in ("no invoice yet", "not invoiced in full", "“Invoice”", "“Payment”"):
            self.assertIn(word, str(caught.exception))
        moves = self.invoice(order, post=False)
        with self.refused("draft invoices"):
            deal.action_next_stage()
        moves.action_post()
        with self.refused("is not paid"):
            deal.action_next_stage()
        self.pay(moves)
        deal.action_next_stage()
        self.assertEqual(
            (deal.deal_stage_id.code, deal.deal_outcome, deal.won_status),
            ("closed", "closed", "won"),
        )
        with self.refused("the head of sales reopens"):
            deal.deal_stage_id = self.version._stage(code="service")
        deal.with_user(self.head).deal_stage_id = self.version._stage(code="service")
        self.assertEqual((deal.deal_outcome, deal.won_status), ("open", "pending"))

    def test_file_is_read_by_whoever_reads_the_deal(self):
        deal = self.make_deal()
        file = (
            self.env["ir.attachment"]
            .with_user(self.seller)
            .create({"name": "contract.pdf", "raw": b"%PDF", "res_model": "deal.document"})
        )
        self.env["deal.document"].with_user(self.seller).create(
            {
                "lead_id": deal.id,
                "type_id": self.env.ref("deal_process.document_contract").id,
                "name": "Contract",
                "attachment_ids": file.ids,
            }
        )
        self.assertEqual(file.with_user(self.head).raw, b"%PDF")

    def test_dossier_names_what_its_reader_may_not_open(self):
        deal = self.make_deal(deal_way="direct")
        order = self.make_order(deal)
        order.action_confirm()
        self.invoice(order)
        self.seller.group_ids -= self.env.ref("account.group_account_invoice")
        document = self.kinds(deal)["Invoice"]["documents"][0]
        self.assertTrue(document["name"])
        self.assertEqual(
            document["open"], order.invoice_ids.with_user(self.seller).has_access("read")
        )
