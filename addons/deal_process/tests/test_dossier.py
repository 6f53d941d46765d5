"""Two ways to the contract, the dossier, and closing with what is missing."""

from datetime import date, datetime

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
        kinds = self.kinds(deal)
        for kind in ("Offer", "Order"):
            self.assertEqual([row["id"] for row in kinds[kind]["documents"]], order.ids, kind)
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

    def test_offer_sent_again_is_in_review_again(self):
        order = self.make_order(self.make_deal())
        order.action_quotation_sent()
        order.action_offer_changes()
        send = order.with_context(mark_so_as_sent=True).message_post
        send(body="The revised offer")
        self.assertEqual((order.offer_answer, order.offer_answer_date), ("waiting", False))
        order.action_offer_accepted()
        send(body="Once more, for the file")
        self.assertEqual(order.offer_answer, "accepted")

    def test_acceptance_is_of_what_was_offered(self):
        order = self.make_order(self.make_deal())
        order.action_quotation_sent()
        for change in (
            {"price_unit": 80},
            {"product_uom_qty": 3},
            {"discount": 10},
            {"product_id": self.product.copy().id},
        ):
            order.action_offer_accepted()
            order.order_line = [Command.update(order.order_line.id, change)]
            self.assertEqual((order.offer_answer, order.offer_answer_date), (False, False), change)
        order.action_offer_accepted()
        order.order_line = [Command.create({"product_id": self.product.id})]
        self.assertFalse(order.offer_answer)
        order.action_offer_accepted()
        order.order_line[1].unlink()
        with self.refused("has not accepted"):
            order.action_confirm()

    def test_signature_is_of_what_was_offered(self):
        """Signed in the portal and not yet confirmed, since a payment is wanted, too."""
        order = self.make_order(self.make_deal())
        order.action_quotation_sent()
        order.sudo().write({"signed_by": "Jeanne Petit", "signed_on": "2026-11-30 10:00:00"})
        order.order_line = [Command.update(order.order_line.id, {"name": "Pump, blue"})]
        self.assertTrue(order.signed_on)
        order.order_line = [Command.update(order.order_line.id, {"price_unit": 80})]
        self.assertFalse(order.signed_on or order.signed_by or order.offer_answer)
        self.assertIn("ask for the signature again", order.message_ids[0].body)
        with self.refused("has not accepted"):
            order.action_confirm()

    def test_what_costs_nothing_does_not_end_the_acceptance(self):
        order = self.make_order(self.make_deal())
        order.action_quotation_sent()
        order.action_offer_accepted()
        line = order.order_line
        line.write({"name": "Pump, blue", "price_unit": line.price_unit})
        order.order_line = [Command.create({"display_type": "line_note", "name": "Thank you"})]
        # a fee that the system adds
        order.sudo().order_line = [Command.create({"product_id": self.product.id})]
        self.assertEqual(order.offer_answer, "accepted")
        order.action_confirm()
        line.product_uom_qty = 2
        self.assertEqual(order.offer_answer, "accepted", "an order is no offer")

    def test_offer_taken_back_loses_its_answer(self):
        deal = self.make_deal()
        order = self.make_order(deal)
        order.action_quotation_sent()
        order.action_offer_accepted()
        gate = self.env.ref("deal_process.gate_offer_accepted")
        self.assertEqual(gate._evaluate(deal)[deal], [])
        order.action_draft()
        self.assertEqual((order.offer_answer, order.offer_answer_date), (False, False))
        self.assertTrue(gate._evaluate(deal)[deal])

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

    def invoiced_deal(self):
        deal = self.make_deal(deal_way="direct")
        order = self.make_order(deal)
        order.action_confirm()
        return deal, self.invoice(order)

    def debtor_lines(self, moves):
        return moves.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )

    def test_payment_that_came_before_the_invoice_is_in_the_dossier(self):
        deal, invoice = self.invoiced_deal()
        payment = self.env["account.payment"].create(
            {
                "partner_id": deal.partner_id.id,
                "amount": invoice.amount_total,
                "payment_type": "inbound",
                "partner_type": "customer",
                "journal_id": self.bank_journal.id,
            }
        )
        payment.action_post()
        invoice.js_assign_outstanding_line(self.debtor_lines(payment.move_id).id)
        documents = self.kinds(deal)["Payment"]["documents"]
        self.assertEqual(
            [(document["model"], document["id"]) for document in documents],
            [("account.payment", payment.id)],
        )

    def test_payment_on_the_bank_statement_is_in_the_dossier(self):
        deal, invoice = self.invoiced_deal()
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.bank_journal.id,
                "partner_id": deal.partner_id.id,
                "payment_ref": "Pump",
                "date": "2026-11-30",
                "amount": invoice.amount_total,
                "counterpart_account_id": self.debtor_lines(invoice).account_id.id,
            }
        )
        self.debtor_lines(line.move_id | invoice).reconcile()
        documents = self.kinds(deal)["Payment"]["documents"]
        self.assertEqual(
            [(document["model"], document["id"]) for document in documents],
            [("account.move", line.move_id.id)],
        )
        self.assertEqual(documents[0]["date"], date(2026, 11, 30))

    def test_day_of_a_document_is_the_readers(self):
        deal = self.make_deal(deal_way="direct")
        order = self.make_order(deal)
        order.action_confirm()
        order.date_order = "2026-11-30 20:00:00"
        self.assertEqual(self.kinds(deal)["Order"]["documents"][0]["date"], date(2026, 11, 30))
        there = deal.with_context(tz="Asia/Novosibirsk")
        self.assertEqual(self.kinds(there)["Order"]["documents"][0]["date"], date(2026, 12, 1))

    def test_filing_is_work_on_the_deal(self):
        """What its form says of the dossier is asked again when the deal was written."""
        deal = self.make_deal()
        long_ago = datetime(2020, 1, 1)

        def touched(work):
            deal.sudo()._write_past_gates({"deal_last_touch": long_ago})
            work()
            return deal.deal_last_touch > long_ago

        self.assertTrue(touched(lambda: self.file_contract(deal)))
        document = deal.deal_document_ids
        self.assertTrue(touched(lambda: document.write({"name": "Contract 2"})))
        self.assertTrue(touched(document.unlink))
        self.assertTrue(touched(lambda: self.pass_over(deal, "site")))

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

    def test_invoice_that_was_reversed_is_no_payment(self):
        deal = self.make_deal(deal_way="direct")
        order = self.make_order(deal)
        order.action_confirm()
        move = self.invoice(order)
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"journal_id": move.journal_id.id, "reason": "Wrong address"})
        )
        wizard.refund_moves()
        wizard.new_move_ids.action_post()
        self.assertEqual(move.payment_state, "reversed")
        gate = self.env.ref("deal_process.gate_payment")
        self.assertIn("no invoice yet", gate._evaluate(deal)[deal][0])
        self.pay(self.invoice(order))
        self.assertEqual(gate._evaluate(deal)[deal], [])

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
