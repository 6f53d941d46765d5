"""Buttons: what the exchange is asked for, and who may press them."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TelephonyCase
from .test_ami import FakeExchange


def answered(event):
    return event["Event"] == "BridgeEnter" and "TRUNK" in event["Channel"]


def ringing(event):
    return event["Event"] == "HangupRequest"


@tagged("post_install", "-at_install")
class TestControl(TelephonyCase):
    def setUp(self):
        super().setUp()
        self.exchange = self.enterContext(FakeExchange(secret="crmsecret"))
        self.pbx_a.ami_port = self.exchange.port

    def asked(self):
        """Return the last action that was no login."""
        return [
            frame for frame in self.exchange.seen if frame["Action"] not in ("Login", "Logoff")
        ][-1]

    def test_click_rings_own_telephone_then_the_number(self):
        customer = self.env["res.partner"].create(
            {"name": "Dairy", "phone": "+33 2 40 00 00 01", "company_id": self.dealer_a.id}
        )
        call_id = self.Call.with_user(self.seller_a).dial(
            "02 40 00 00 01", "res.partner", customer.id
        )
        call, asked = self.Call.browse(call_id), self.asked()
        self.assertEqual(
            (asked["Action"], asked["Channel"], asked["Context"], asked["Exten"]),
            ("Originate", "Local/201@internal-originate", "all_peers", "33240000001"),
        )
        self.assertEqual(asked["ChannelId"], call.alias_ids.linkedid)
        self.assertEqual((call.partner_id, call.number), (customer, "+33240000001"))
        self.assertEqual(call.direction, "outbound")

    def test_national_number_is_of_its_owners_country(self):
        foreigner = self.env["res.partner"].create(
            {
                "name": "Dairy",
                "phone": "8 916 123-45-67",
                "country_id": self.env.ref("base.ru").id,
                "company_id": self.dealer_a.id,
            }
        )
        own = self.Call.with_user(self.seller_a)
        call = self.Call.browse(own.dial(foreigner.phone, "res.partner", foreigner.id))
        self.assertEqual((self.asked()["Exten"], call.number), ("79161234567", "+79161234567"))
        self.assertEqual(call.partner_id, foreigner)
        call = self.Call.browse(own.dial("02 40 00 00 01"))
        self.assertEqual(self.asked()["Exten"], "33240000001", "else of the exchange's country")

    def test_clicked_call_is_the_one_that_the_exchange_reports(self):
        call = self.Call.browse(self.Call.with_user(self.seller_a).dial("+79035550011"))
        lid = call.alias_ids.linkedid
        made = self.replay(
            "click_to_call",
            change=lambda event: {
                key: lid if value == "mikopbx-1795301965.8" else value
                for key, value in event.items()
            },
        )
        self.assertFalse(made, "no second record")
        self.assertEqual(
            (call.outcome, call.state, call.user_id), ("answered", "ended", self.seller_a)
        )

    def test_own_telephone_not_picked_up(self):
        call = self.Call.browse(self.Call.with_user(self.seller_a).dial("+79035550011"))
        lid = call.alias_ids.linkedid
        self.replay(
            "click_to_call",
            change=lambda event: None
            if "SIP-TRUNK" in f"{event.get('Channel')} {event.get('DestChannel')}"
            or event.get("DialStatus") == "ANSWER"
            or event["Event"] in ("OriginateResponse", "BridgeEnter", "Cdr")
            or (event.get("ChannelStateDesc") == "Up" and event["Event"] == "Newstate")
            else {
                key: lid if value == "mikopbx-1795301965.8" else value
                for key, value in event.items()
            },
        )
        self.assertEqual(
            (call.direction, call.outcome, call.reason), ("outbound", "failed", "phone")
        )

    def test_exchange_that_does_not_answer_says_so(self):
        self.pbx_a.ami_port = 1
        with self.assertRaisesRegex(UserError, "does not answer"):
            self.Call.with_user(self.seller_a).dial("+79035550011")

    def test_no_extension_no_dialling(self):
        self.env["miko.extension"].search([("user_id", "=", self.seller_a.id)]).unlink()
        with self.assertRaises(UserError):
            self.Call.with_user(self.seller_a).dial("+79035550011")

    def test_hang_up_and_transfer(self):
        call = self.replay("in_answered", until=ringing).with_user(self.seller_a)
        call.hang_up()
        self.assertEqual(
            (self.asked()["Action"], self.asked()["Channel"]),
            ("Hangup", "PJSIP/SIP-TRUNK-TEST-00000000"),
        )
        call.transfer("203")
        self.assertEqual(
            (self.asked()["Action"], self.asked()["Context"], self.asked()["Exten"]),
            ("Redirect", "internal-transfer", "203"),
        )
        call.transfer("203", consult=True)
        self.assertEqual(
            (self.asked()["Action"], self.asked()["Channel"]), ("Atxfer", "PJSIP/201-00000001")
        )
        with self.assertRaises(UserError):
            call.transfer("999; System")

    def test_hanging_up_what_only_rings_leaves_the_caller_to_the_others(self):
        call = self.replay("in_queue_answered", until=lambda event: event["Event"] == "DialEnd")
        self.assertEqual(call.leg_ids.user_id, self.seller_a | self.other_a)
        own = call.leg_ids.filtered(lambda leg: leg.user_id == self.seller_a)
        call.with_user(self.seller_a).hang_up()
        self.assertEqual(self.asked()["Channel"], own.channel)
        call.with_user(self.head_a).hang_up()
        self.assertEqual(self.asked()["Channel"], call.external_channel, "a head ends the call")

    def test_who_was_merely_rung_does_not_end_or_transfer_a_colleagues_talk(self):
        call = self.replay(
            "in_queue_answered", until=lambda event: ringing(event) and "TRUNK" in event["Channel"]
        )
        self.assertEqual((call.state, call.user_id), ("talking", self.other_a))
        with self.assertRaises(AccessError):
            call.with_user(self.seller_a).hang_up()
        for consult in (False, True):
            with self.assertRaises(AccessError):
                call.with_user(self.seller_a).transfer("203", consult=consult)
        call.with_user(self.other_a).hang_up()
        self.assertEqual(self.asked()["Channel"], call.external_channel)
        call.with_user(self.other_a).transfer("203")
        self.assertEqual(self.asked()["Action"], "Redirect")

    def test_outgoing_call_is_cancelled_while_it_rings(self):
        call = self.replay("out_answered", until=lambda event: event["Event"] == "DialEnd")
        self.assertEqual((call.state, call.direction), ("ringing", "outbound"))
        call.with_user(self.other_a).hang_up()
        self.assertEqual(self.asked()["Channel"], call.external_channel)

    def test_called_back_by_who_may_not_read_the_deal(self):
        dairy = self.env["res.partner"].create(
            {"name": "Dairy", "phone": "+79161234567", "company_id": self.dealer_a.id}
        )
        self.env["crm.lead"].create(
            {
                "name": "Two pumps",
                "partner_id": dairy.id,
                "company_id": self.dealer_a.id,
                "user_id": self.other_a.id,
            }
        )
        call = self.replay("in_abandoned")
        self.follow_up()
        call.callback_user_id = self.seller_a
        call.with_user(self.seller_a).action_call_back()
        self.assertEqual(self.asked()["Exten"], "79161234567")
        dairy.company_id = self.dealer_b
        call.with_user(self.seller_a).action_call_back()
        self.assertEqual(self.asked()["Action"], "Originate", "the number alone is dialled")

    def test_a_colleagues_call_is_left_alone(self):
        call = self.replay("in_answered", until=ringing)
        for method in ("hang_up", "block_caller", "take_over", "listen_in"):
            with self.assertRaises(AccessError, msg=method):
                getattr(call.with_user(self.other_a), method)()

    def test_head_takes_over_and_listens_in_by_right(self):
        call = self.replay("in_answered", until=ringing).with_user(self.head_a)
        call.take_over()
        self.assertEqual((self.asked()["Action"], self.asked()["Exten"]), ("Redirect", "203"))
        with self.assertRaises(AccessError):
            call.listen_in()
        self.head_a.group_ids += self.env.ref("miko_telephony.group_listen")
        call.listen_in()
        self.assertEqual(
            (self.asked()["Application"], self.asked()["Data"]),
            ("ChanSpy", "PJSIP/201-00000001,qE"),
        )

    def test_responsible_gets_his_customer(self):
        self.env["res.partner"].create(
            {
                "name": "Dairy",
                "phone": "+79161234567",
                "company_id": self.dealer_a.id,
                "user_id": self.other_a.id,
            }
        )
        call = self.replay("in_answered", until=ringing)
        call.with_user(self.seller_a).transfer_to_responsible()
        self.assertEqual(self.asked()["Exten"], "202")
        call.with_user(self.other_a).take_over()
        self.assertEqual(self.asked()["Exten"], "202")

    def test_ended_call_cannot_be_hung_up(self):
        call = self.replay("in_answered")
        with self.assertRaisesRegex(UserError, "over"):
            call.with_user(self.seller_a).hang_up()

    def test_blocking_a_caller(self):
        call = self.replay("in_answered")
        call.with_user(self.seller_a).block_caller()
        self.assertTrue(call.blocked)
        self.assertEqual(self.env["miko.blacklist"].search([]).mapped("number"), ["+79161234567"])

    def test_blocking_drops_the_tasks_of_the_number(self):
        missed, unsettled = self.replay("in_abandoned"), self.replay("in_noanswer")
        unsettled.todo = False
        self.follow_up()
        self.assertEqual(missed.callback_state, "due")
        call = self.replay("in_answered")
        call.with_user(self.seller_a).block_caller()
        self.assertEqual((missed.callback_state, len(missed.activity_ids)), ("dropped", 0))
        call.todo = False
        unsettled.write({"blocked": True, "todo": True})
        self.follow_up()
        self.assertFalse(unsettled.callback_state, "blocked before anything followed from it")

    def test_blocking_a_number_once_more(self):
        call, earlier = self.replay("in_answered"), self.replay("in_abandoned")
        call.with_user(self.seller_a).block_caller()
        earlier.with_user(self.seller_a).block_caller()
        entry = self.env["miko.blacklist"].search([])
        self.assertEqual((len(entry), earlier.blocked), (1, True))
        entry.active = call.blocked = False
        call.with_user(self.seller_a).block_caller()
        self.assertTrue(entry.active and call.blocked, "the archived entry blocks again")

    def test_user_of_two_exchanges_uses_his_telephone_at_the_calls_own(self):
        """Extensions of two exchanges have the same numbers; a button never rings a stranger."""
        second = self._make_pbx(self.dealer_a, self.head_a)
        second.ami_port = self.exchange.port
        self._make_extensions(second, {"201": self.other_a, "301": self.head_a})
        self.head_a.group_ids += self.env.ref("miko_telephony.group_listen")
        call = self.replay("in_answered", pbx=second, until=answered)
        call.with_user(self.head_a).take_over()
        self.assertEqual(self.asked()["Exten"], "301", "not 203, which is his at the first")
        call.with_user(self.head_a).listen_in()
        self.assertEqual(self.asked()["Channel"], "Local/301@internal-originate")
        self.seller_a.group_ids += self.env.ref("miko_telephony.group_head")
        self.seller_a.group_ids += self.env.ref("miko_telephony.group_listen")
        with self.assertRaisesRegex(UserError, "another exchange"):
            call.with_user(self.seller_a).listen_in()
        colleagues = self.Call.with_user(self.head_a).my_telephone()["colleagues"]
        self.assertEqual(
            {pbx: [one["name"] for one in found] for pbx, found in colleagues.items()},
            {str(self.pbx_a.id): ["Seller A", "Other A"], str(second.id): ["Other A"]},
        )

    def test_test_button_speaks_plainly(self):
        pbx = self.pbx_a.with_user(self.head_a)

        def says(words, **values):
            self.pbx_a.write(values)
            pbx.action_test()
            self.assertIn(words, self.pbx_a.test_report)

        says("lets us in")
        says("refuses the account", ami_secret="wrong")
        says("nothing listens at port 1", ami_port=1)
        self.assertIn("No web interface", self.pbx_a.test_report)
        says("No machine has the name", host="no-such-machine.invalid")
        says("No machine has the name", host="https://pbx..example/")
        web = self.enterContext(FakeExchange(banner=b"HTTP/1.1 400 Bad Request", deaf=True))
        says("it is no manager interface", host="127.0.0.1", ami_port=web.port)

    def test_exchange_is_tested_by_its_administrator_only(self):
        with self.assertRaises(AccessError):
            self.pbx_a.with_user(self.seller_a).action_test()
        with self.assertRaises(AccessError):
            self.pbx_a.with_user(self.head_b).action_test()
