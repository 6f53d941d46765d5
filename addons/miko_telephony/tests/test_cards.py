"""Who sees which card, and when it goes away."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import TelephonyCase


def answered(event):
    return event["Event"] == "BridgeEnter"


@tagged("post_install", "-at_install")
class TestCards(TelephonyCase):
    def states(self, user):
        return [card["state"] for card in self.cards(user)]

    def test_card_of_an_answered_call(self):
        self.replay("in_answered")
        self.assertEqual(self.states(self.seller_a), ["ringing", "talking", "ended"])
        self.assertEqual(self.states(self.other_a), [])

    def test_queue_rings_two_and_leaves_one(self):
        self.replay("in_queue_answered")
        self.assertEqual(self.states(self.seller_a), ["ringing", "gone"])
        self.assertEqual(self.states(self.other_a), ["ringing", "talking", "ended"])
        self.assertEqual(self.cards(self.seller_a)[-1]["by"], "Other A")

    def test_transferred_call_moves_the_card(self):
        self.replay("in_blind_transfer_refer")
        self.assertEqual(self.states(self.seller_a)[:2], ["ringing", "talking"])
        self.assertNotIn(self.states(self.seller_a)[-1], ("ringing", "talking"))
        self.assertEqual(self.states(self.head_a), ["ringing", "talking", "ended"])

    def test_colleague_who_is_asked_has_a_card_while_it_rings(self):
        """By the exchange's own feature, in the customer's call; on a second line it is an internal
        call until the customer is given.
        """
        self.replay("in_attended_transfer")
        self.assertEqual(self.states(self.head_a), ["ringing", "talking", "ended"])
        self.replay("in_attended_transfer_refer")
        self.assertEqual(self.states(self.head_a)[3:], ["talking", "ended"])

    def test_abandoned_call_leaves_no_card(self):
        self.replay("in_abandoned")
        self.assertEqual(self.states(self.seller_a), ["ringing", "gone"])

    def test_outgoing_call_has_a_card(self):
        self.replay("click_to_call")
        self.assertEqual(self.states(self.seller_a), ["ringing", "talking", "ended"])

    def test_internal_calls_have_none(self):
        self.replay("internal_call")
        self.assertFalse(self.cards(self.seller_a) + self.cards(self.head_a))

    def test_what_is_known_of_the_caller(self):
        utility = self.env["res.partner"].create(
            {"name": "Water Utility", "is_company": True, "company_id": self.dealer_a.id}
        )
        anna = self.env["res.partner"].create(
            {
                "name": "Anna",
                "parent_id": utility.id,
                "phone": "+79161234567",
                "company_id": self.dealer_a.id,
            }
        )
        lead = self.env["crm.lead"].create(
            {
                "name": "Two pumps",
                "partner_id": utility.id,
                "company_id": self.dealer_a.id,
                "type": "opportunity",
                "user_id": self.seller_a.id,
            }
        )
        self.replay("in_answered")
        card = self.cards(self.seller_a)[0]
        self.assertEqual(
            (card["partner"]["name"], card["company"], card["responsible"], card["mine"]),
            ("Anna", "Water Utility", "Seller A", True),
        )
        self.assertEqual([deal["id"] for deal in card["deals"]], lead.ids)
        self.assertEqual(card["partner"]["id"], anna.id)
        again = self.replay(
            "in_answered",
            change=lambda event: {
                key: value.replace("mikopbx-", "again-") if isinstance(value, str) else value
                for key, value in event.items()
            },
        )
        self.assertTrue(again)
        (card,) = [c for c in self.cards(self.seller_a) if c["id"] == again.id and "form" in c]
        self.assertEqual(len(card["contacts"]), 1)

    def test_colleague_without_the_right_to_deals(self):
        """A technician's telephone rings in the group, too: the call is stored and shown."""
        technician = self._make_user("technician_a", self.dealer_a, "base.group_user")
        self.pbx_a.extension_ids.filtered(lambda one: one.number == "201").user_id = technician
        self.customer_with_deal(self.head_a)
        call = self.replay("in_queue_answered")
        self.assertEqual((call.outcome, call.user_id), ("answered", self.other_a))
        self.assertEqual(self.states(self.other_a), ["ringing", "talking", "ended"])
        self.assertFalse(self.cards(technician), "he has nothing to do with telephony")
        technician.group_ids += self.env.ref("miko_telephony.group_user")
        self.replay("in_answered", until=answered)
        (card,) = self.Call.with_user(technician).my_telephone()["cards"]
        self.assertEqual(card["partner"]["name"], "Dairy")
        self.assertFalse(card["deals"] or card["lead"])
        self.assertEqual(self.cards(technician)[0]["deals"], [])

    def test_deal_of_a_colleague(self):
        lead = self.customer_with_deal(self.other_a)
        call = self.replay("in_answered", until=answered)
        self.assertEqual(call.lead_id, lead)
        own = call.with_user(self.seller_a)
        (card,) = own.my_telephone()["cards"]
        self.assertFalse(card["lead"], "he could not open it")
        self.assertFalse(own.save_form({"note": "Asks for a visit"})["lead"])
        with self.assertRaisesRegex(UserError, "colleague has a deal"):
            own.make_deal()
        self.assertEqual(own.open_customer()["res_model"], "res.partner")
        lead.partner_id.company_id = self.dealer_b
        self.assertEqual(own.open_customer()["res_model"], "miko.call", "neither may he see")
        self.assertEqual(call.with_user(self.other_a).make_deal()["res_id"], lead.id)

    def customer_with_deal(self, seller):
        dairy = self.env["res.partner"].create(
            {"name": "Dairy", "phone": "+79161234567", "company_id": self.dealer_a.id}
        )
        return self.env["crm.lead"].create(
            {
                "name": "Two pumps",
                "partner_id": dairy.id,
                "company_id": self.dealer_a.id,
                "type": "opportunity",
                "user_id": seller.id,
            }
        )

    def test_page_loaded_in_the_middle_of_a_call(self):
        call = self.replay("in_answered", until=answered)
        mine = self.Call.with_user(self.seller_a).my_telephone()
        self.assertEqual(mine["extension"], "201")
        self.assertEqual(
            [(card["id"], card["state"]) for card in mine["cards"]], [(call.id, "talking")]
        )
        self.assertFalse(self.Call.with_user(self.other_a).my_telephone()["cards"])

    def test_quick_form_of_an_unknown_caller(self):
        call = self.replay("in_answered", until=answered)
        own = call.with_user(self.seller_a)
        saved = own.save_form(
            {
                "name": "Ivan Petrov",
                "company": "Paint Maker",
                "email": "ivan@paint.example",
                "note": "Needs a compressor\nsoon",
            }
        )
        self.assertTrue(saved["lead"] and saved["inquiry"])
        lead = self.env["crm.lead"].browse(saved["lead"])
        self.assertEqual(lead.name, "Needs a compressor")
        self.assertEqual((lead.contact_name, lead.partner_name), ("Ivan Petrov", "Paint Maker"))
        self.assertEqual(call.partner_id.name, "Ivan Petrov")
        self.assertEqual(call.partner_id.email, "ivan@paint.example")
        self.assertEqual(call.inquiry_id.text, "Needs a compressor\nsoon")
        self.assertEqual(own.make_deal()["res_id"], lead.id)

    def test_who_calls_is_asked_until_it_is_known(self):
        """The contact that the call itself has made is but a number."""
        call = self.replay("in_answered", until=answered)
        call._ensure_inquiry()
        (card,) = self.Call.with_user(self.seller_a).my_telephone()["cards"]
        self.assertEqual(card["partner"]["id"], call.partner_id.id)
        self.assertTrue(card["first_contact"])
        call.with_user(self.seller_a).save_form({"name": "Ivan Petrov"})
        self.assertEqual(call.partner_id.name, "Ivan Petrov")

    def test_note_on_a_known_customer_enters_his_history(self):
        customer = self.env["res.partner"].create(
            {
                "name": "Dairy",
                "phone": "+79161234567",
                "company_id": self.dealer_a.id,
                "user_id": self.seller_a.id,
            }
        )
        call = self.replay("in_answered", until=answered)
        (card,) = self.Call.with_user(self.seller_a).my_telephone()["cards"]
        self.assertFalse(card["first_contact"])
        call.with_user(self.seller_a).save_form({"note": "Asks for a visit"})
        self.assertIn("Asks for a visit", customer.message_ids[0].body)
        action = call.with_user(self.seller_a).make_deal()
        lead = self.env["crm.lead"].browse(action["res_id"])
        self.assertEqual(lead.partner_id, customer)
        self.assertEqual(call.inquiry_id.lead_id, lead, "the register knows of it, too")

    def test_hidden_number_can_be_taken_down(self):
        call = self.replay("in_answered", change=self.from_number("anonymous"), until=answered)
        call.with_user(self.seller_a).save_form(
            {"name": "Olga", "email": "olga@lab.example", "note": "Vibration bench"}
        )
        self.assertEqual(call.inquiry_id.email, "olga@lab.example")
        self.assertTrue(call.lead_id)

    def test_note_on_an_outgoing_call_enters_the_history_too(self):
        dairy = self.env["res.partner"].create(
            {"name": "Dairy", "phone": "+79035550022", "company_id": self.dealer_a.id}
        )
        call = self.replay("out_answered")
        self.assertEqual(call.partner_id, dairy)
        call.with_user(self.other_a).save_form({"note": "Wants the offer by Friday"})
        self.assertIn("Wants the offer by Friday", dairy.message_ids[0].body)

    def test_manager_without_a_telephone_keeps_the_card_over_a_reload(self):
        mobile = self._make_user("mobile_a", self.dealer_a, "sales_team.group_sale_salesman")
        self.env["res.partner"].create(
            {
                "name": "Dairy",
                "phone": "+79161234567",
                "company_id": self.dealer_a.id,
                "user_id": mobile.id,
            }
        )
        self.replay("in_answered", until=lambda event: event["Event"] == "HangupRequest")
        self.assertEqual(self.cards(mobile)[-1]["state"], "info")
        mine = self.Call.with_user(mobile).my_telephone()
        self.assertEqual((mine["extension"], mine["colleagues"]), (False, {}))
        self.assertEqual([card["state"] for card in mine["cards"]], ["info"])
