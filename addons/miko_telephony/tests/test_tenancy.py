"""Two dealers with an exchange each: neither sees, hears or is told anything of the other's."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TelephonyCase


@tagged("post_install", "-at_install")
class TestTenancy(TelephonyCase):
    def test_same_call_at_two_exchanges_is_two_calls(self):
        here, there = self.replay("in_answered"), self.replay("in_answered", self.pbx_b)
        self.assertEqual((here.company_id, there.company_id), (self.dealer_a, self.dealer_b))
        self.assertEqual((here.user_id, there.user_id), (self.seller_a, self.head_b))

    def test_nothing_of_a_rival_can_be_read(self):
        call = self.replay("in_answered", self.pbx_b)
        records = [
            call,
            call.leg_ids,
            self.pbx_b,
            self.pbx_b.extension_ids,
            self.pbx_b.health_ids,
            self.env["miko.line"].create({"name": "Secret", "pbx_id": self.pbx_b.id}),
            self.env["miko.gap"].create({"pbx_id": self.pbx_b.id, "start": "2026-01-01"}),
            self.env["miko.blacklist"].create(
                {"number": "+79990000000", "company_id": self.dealer_b.id}
            ),
        ]
        for record in records:
            with self.subTest(record._name):
                own = record.with_user(self.head_a)
                self.assertFalse(own.search([("id", "in", record.ids)]))
                with self.assertRaises(AccessError):
                    own.read(["id", "display_name"])
                with self.assertRaises(AccessError):
                    own.write({"active": False} if "active" in record else {"company_id": 1})

    def test_rivals_customer_is_nobody_here(self):
        self.env["res.partner"].create(
            {"name": "Rival's", "phone": "+79161234567", "company_id": self.dealer_b.id}
        )
        call = self.replay("in_answered")
        self.assertFalse(call.partner_id)
        (card, *_rest) = self.cards(self.seller_a)
        self.assertFalse(card["partner"]["id"] or card["contacts"] or card["deals"])
        self.follow_up()
        self.assertEqual(call.partner_id.company_id, self.dealer_a)

    def test_cards_reach_no_rival_over_the_bus(self):
        self.replay("in_answered", self.pbx_b)
        for user in (self.seller_a, self.other_a, self.head_a):
            self.assertFalse(self.cards(user))
        self.assertTrue(self.cards(self.head_b))
        self.assertFalse(self.Call.with_user(self.head_a).my_telephone()["cards"])

    def test_colleague_of_another_company_gets_no_card(self):
        """An extension that names somebody who does not work here."""
        self.pbx_b.extension_ids.user_id = self.head_a
        self.replay("in_answered", self.pbx_b)
        self.assertFalse(self.cards(self.head_a))

    def test_last_contacts_are_the_own_ones(self):
        self.replay("in_abandoned", self.pbx_b)
        self.replay("in_answered")
        self.assertFalse(self.cards(self.seller_a)[0]["contacts"])

    def test_buttons_do_nothing_to_a_rivals_call(self):
        call = self.replay(
            "in_answered", self.pbx_b, until=lambda event: event["Event"] == "HangupRequest"
        ).with_user(self.head_a)
        for method in (
            "hang_up",
            "take_over",
            "listen_in",
            "transfer_to_responsible",
            "block_caller",
        ):
            with self.assertRaises(UserError, msg=method):
                getattr(call, method)()
        with self.assertRaises(AccessError):
            call.save_form({"note": "x"})
        with self.assertRaises(AccessError):
            call.make_deal()
