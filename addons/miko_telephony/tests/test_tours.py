"""What colleagues do with cards and lists, in a real browser."""

from odoo.tests import HttpCase, tagged

from .common import TelephonyCase
from .test_ami import FakeExchange


@tagged("post_install", "-at_install")
class TestTours(HttpCase, TelephonyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller_a.password = "seller_a-secret"
        cls.head_a.password = "head_a-secret"

    def setUp(self):
        super().setUp()
        self.exchange = self.enterContext(FakeExchange(secret="crmsecret"))
        self.pbx_a.ami_port = self.exchange.port

    def talking(self):
        return self.replay(
            "in_answered",
            until=lambda event: event["Event"] == "HangupRequest" and "TRUNK" in event["Channel"],
        )

    def asked(self):
        return [frame["Action"] for frame in self.exchange.seen]

    def test_card_of_an_unknown_caller(self):
        call = self.talking()
        self.start_tour("/odoo/calls", "miko_telephony_card", login="seller_a")
        self.assertEqual(
            (call.contact_name, call.lead_id.name), ("Ivan Petrov", "Needs a compressor")
        )
        self.assertEqual(call.partner_id.email, "ivan@paint.example")

    def test_card_of_a_customer_transfer_and_click_to_call(self):
        dairy = self.env["res.partner"].create(
            {
                "name": "Tour Dairy",
                "phone": "+79161234567",
                "company_id": self.dealer_a.id,
                "user_id": self.seller_a.id,
            }
        )
        lead = self.env["crm.lead"].create(
            {
                "name": "Tour pumps",
                "type": "opportunity",
                "partner_id": dairy.id,
                "user_id": self.seller_a.id,
                "company_id": self.dealer_a.id,
            }
        )
        self.talking()
        self.start_tour("/odoo/calls", "miko_telephony_known", login="seller_a")
        given = [frame["Exten"] for frame in self.exchange.seen if frame["Action"] == "Redirect"]
        self.assertEqual(given, ["203"], "what the button found chosen, nothing on the way to it")
        self.assertEqual(self.asked().count("Originate"), 1, "a double click calls once")
        notes = [body for body in lead.message_ids.mapped("body") if "Wants a visit" in body]
        self.assertEqual(len(notes), 1, "and saves once")
        self.assertNotIn("soon", notes[0])

    def test_list_of_call_backs(self):
        call = self.replay("in_abandoned")
        self.follow_up()
        self.start_tour("/odoo/calls-to-return", "miko_telephony_callback", login="head_a")
        self.assertEqual(call.callback_state, "dropped")

    def test_exchange_is_tested_by_a_button(self):
        self.start_tour(
            "/odoo/action-miko_telephony.miko_pbx_action",
            "miko_telephony_exchange",
            login="head_a",
        )
        self.assertIn("lets us in", self.pbx_a.test_report)
