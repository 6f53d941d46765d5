"""Recorded streams become records: each call once, with everything that belongs to it."""

import random
from datetime import timedelta

from odoo import Command
from odoo.tests import tagged

from .common import CaseDesk, TelephonyCase, events


@tagged("post_install", "-at_install")
class TestStore(TelephonyCase):
    def test_answered_call(self):
        call = self.replay("in_answered")
        self.assertEqual(
            (call.direction, call.state, call.outcome, call.number, call.did),
            ("inbound", "ended", "answered", "+79161234567", "74950000001"),
        )
        self.assertEqual((call.user_id, call.extension), (self.seller_a, "201"))
        self.assertEqual((call.wait_seconds, call.talk_seconds), (1, 3))
        self.assertEqual(call.line_id, self.line_a)
        self.assertTrue(call.consent)
        self.assertEqual(call.leg_ids.user_id, self.seller_a)
        self.assertEqual(len(call.recording_paths), 1)

    def test_same_stream_again_makes_nothing_new(self):
        call = self.replay("in_answered")
        self.assertFalse(self.replay("in_answered"))
        self.assertEqual(call.outcome, "answered")

    def test_fetched_call_is_one_record_with_both_ids(self):
        call = self.replay("in_interception")
        self.assertEqual(len(call), 1)
        self.assertEqual(len(call.alias_ids), 2)
        self.assertTrue(call.intercepted)
        self.assertEqual(call.user_id, self.other_a)

    def test_transferred_call(self):
        call = self.replay("in_blind_transfer_refer")
        self.assertEqual((call.user_id, call.last_user_id), (self.seller_a, self.head_a))
        self.assertTrue(call.transferred)

    def test_listener_killed_anywhere(self):
        """A new desk, with an empty memory, goes on from what is stored."""
        for cut in (5, 20, 35, 50):
            stream = events("in_answered")
            prefix = f"cut{cut}-"

            def renamed(event, prefix=prefix):
                return {
                    key: value.replace("mikopbx-", prefix) if isinstance(value, str) else value
                    for key, value in event.items()
                }

            first, second = CaseDesk(self.pbx_a), CaseDesk(self.pbx_a)
            for arrived, event in stream[:cut]:
                first.take([("event", renamed(event), arrived)])
            second.restore(self.env, self.pbx_a)
            left = {event["Uniqueid"] for _at, event in stream[cut:] if event["Event"] == "Hangup"}
            present = {uid.replace("mikopbx-", prefix) for uid in left}
            second.take([("present", (present, stream[cut][0]), stream[cut][0])])
            for arrived, event in stream[cut:]:
                second.take([("event", renamed(event), arrived)])
            call = self.Call.search([("alias_ids.linkedid", "=like", f"{prefix}%")])
            self.assertEqual((len(call), call.outcome, call.state), (1, "answered", "ended"), cut)

    def test_any_order_of_events(self):
        stream = events("in_queue_answered")
        random.Random(7).shuffle(stream)
        desk = CaseDesk(self.pbx_a)
        for start in range(0, len(stream), 10):
            desk.take([("event", event, arrived) for arrived, event in stream[start : start + 10]])
        call = self.Call.search([("pbx_id", "=", self.pbx_a.id)])
        self.assertEqual((len(call), call.outcome, call.user_id), (1, "answered", self.other_a))

    def test_stored_answer_survives_forgotten_facts(self):
        call = self.replay("in_answered")
        call.facts = False
        desk = CaseDesk(self.pbx_a)
        arrived, event = events("in_answered")[0]
        desk.take([("event", event, arrived)])
        self.assertEqual((call.outcome, call.user_id), ("answered", self.seller_a))

    def test_clock_of_the_exchange_is_wrong(self):
        desk = CaseDesk(self.pbx_a, live=True)
        calls = self.replay(
            "in_answered",
            desk=desk,
            change=lambda event: {
                **event,
                "Timestamp": str(float(event.get("Timestamp", 0)) - 3600)
                if event.get("Timestamp")
                else "",
            },
        )
        self.assertEqual(desk.skew, 3600)
        self.assertEqual(calls.date.year, 2026)
        right = self.replay("out_answered")
        self.assertLess(abs((right.date - calls.date).total_seconds()), 600)

    def test_rows_of_the_history_make_the_call_that_nobody_heard(self):
        rows = [
            {
                "key": number,
                "linkedid": "mikopbx-1.1",
                "uid": uid,
                "src_chan": source,
                "dst_chan": destination,
                "src_num": "79161234567",
                "dst_num": "201",
                "did": "74950000001",
                "start": 1795301960.0,
                "answer": 1795301961.0 if disposition == "ANSWERED" else None,
                "end": 1795301970.0,
                "disposition": disposition,
                "appname": "Dial",
                "recordingfile": "",
            }
            for number, uid, source, destination, disposition in (
                (
                    1,
                    "mikopbx-1.1",
                    "PJSIP/SIP-TRUNK-TEST-00000001",
                    "PJSIP/201-00000002",
                    "NO ANSWER",
                ),
                (
                    2,
                    "mikopbx-1.1",
                    "PJSIP/SIP-TRUNK-TEST-00000001",
                    "PJSIP/202-00000003",
                    "ANSWERED",
                ),
            )
        ]
        desk = CaseDesk(self.pbx_a)
        for _time in range(2):
            desk.take([("rows", (rows, 2), 0.0)])
        call = self.Call.search([("pbx_id", "=", self.pbx_a.id)])
        self.assertEqual(len(call), 1)
        self.assertEqual(
            (call.direction, call.outcome, call.user_id, call.number, call.talk_seconds),
            ("inbound", "answered", self.other_a, "+79161234567", 9),
        )
        self.assertEqual(self.pbx_a._health().cursor, 2)

    def test_unknown_number_becomes_inquiry_and_lead(self):
        call = self.replay("in_answered")
        self.follow_up()
        inquiry = call.inquiry_id
        self.assertEqual((inquiry.relation, inquiry.kind), ("new", "telephone"))
        self.assertEqual(call.lead_id, inquiry.lead_id)
        self.assertEqual((inquiry.call_answered, inquiry.call_duration), (True, 3))
        self.assertTrue(inquiry.response_date)
        self.assertEqual(call.lead_id.name, "Pumps: +79161234567")
        again = self.replay("in_answered", change=self.other_call("again-"))
        self.follow_up()
        self.assertEqual(again.lead_id, call.lead_id)
        self.assertEqual(again.inquiry_id.relation, "thread")
        kept = call.lead_id.copy({"probability": 99})
        self.assertEqual((call.lead_id | kept).merge_opportunity(), kept)
        self.assertEqual((call | again).lead_id, kept)

    def other_call(self, prefix):
        return lambda event: {
            key: value.replace("mikopbx-", prefix) if isinstance(value, str) else value
            for key, value in event.items()
        }

    def test_known_customer_makes_no_lead(self):
        customer = self.env["res.partner"].create(
            {
                "name": "Water Utility",
                "phone": "+7 916 123-45-67",
                "company_id": self.dealer_a.id,
                "user_id": self.other_a.id,
            }
        )
        leads = self.env["crm.lead"].search_count([])
        call = self.replay("in_answered")
        self.assertEqual((call.partner_id, call.responsible_id), (customer, self.other_a))
        self.follow_up()
        self.assertEqual(self.env["crm.lead"].search_count([]), leads)
        self.assertEqual(call.inquiry_id.relation, "known")
        self.assertEqual(self.cards(self.other_a)[0]["state"], "info")

    def test_hidden_number_is_kept_without_inquiry_when_missed(self):
        call = self.replay("in_abandoned", change=self.from_number("anonymous"))
        self.follow_up()
        self.assertTrue(call.anonymous)
        self.assertEqual((call.outcome, call.callback_state), ("missed", False))
        self.assertFalse(call.inquiry_id)

    def test_blocked_number_bothers_nobody(self):
        self.env["miko.blacklist"].create(
            {"number": "8 916 123-45-67", "company_id": self.dealer_a.id}
        )
        self.env["miko.blacklist"].create(
            {"number": "+79161234567", "company_id": self.dealer_b.id}
        )
        self.env["miko.blacklist"].search(
            [("company_id", "=", self.dealer_a.id)]
        ).number = "+7 916 123-45-67"
        call = self.replay("in_abandoned")
        self.follow_up()
        self.assertTrue(call.blocked)
        self.assertFalse(call.inquiry_id or call.callback_state or self.cards(self.seller_a))

    def test_consultation_that_becomes_a_transfer_is_one_call(self):
        """Two stored calls turn out to be one: the customer's stays, with both ids."""

        def hung_up(event):
            return event["Event"] == "HangupRequest" and "Local" not in event["Channel"]

        def later(event):
            return {**event, "Timestamp": str(float(event.get("Timestamp", 0)) + 600)}

        customer = self.replay("in_answered", until=hung_up)
        consult = self.replay("internal_call", until=hung_up, change=later)
        desk = CaseDesk(self.pbx_a)
        desk.restore(self.env, self.pbx_a)
        event = {
            "Event": "AttendedTransfer",
            "Result": "Success",
            "OrigTransfererLinkedid": customer.alias_ids.linkedid,
            "SecondTransfererLinkedid": consult.alias_ids.linkedid,
        }
        desk.take([("event", event, 1795301990.0)])
        self.assertFalse(consult.exists())
        self.assertEqual(len(customer.alias_ids), 2)
        self.assertTrue(customer.transferred)
        self.assertEqual(customer.last_user_id, self.head_a)

    def test_national_numbers_are_those_of_the_country_the_exchange_dials_from(self):
        self.assertEqual(self.pbx_a._number("+7 916 123-45-67"), "+79161234567")
        self.pbx_a.country_id = self.env.ref("base.ru")
        self.assertEqual(self.pbx_a._number("8 (916) 123-45-67"), "+79161234567")
        self.pbx_a.country_id = self.env.ref("base.fr")
        self.assertEqual(self.pbx_a._number("02 61 91 40 10"), "+33261914010")
        self.assertFalse(self.pbx_a._number(""))

    def test_mobile_is_the_employees_in_whatever_form_it_is_reported(self):
        mobiles = {
            ("base.fr", "06 12 34 56 78"): ["33612345678", "+33 6 12 34 56 78", "0612345678"],
            ("base.fr", "+33 6 12 34 56 78"): ["33612345678", "0033612345678", "0612345678"],
            ("base.ru", "8 916 123-45-67"): ["79161234567", "89161234567", "9161234567"],
            ("base.ca", "(514) 555-0123"): ["15145550123", "+1 514 555 0123", "5145550123"],
        }
        extension = self.pbx_a.extension_ids.filtered(lambda one: one.number == "201")
        for (country, mobile), reported in mobiles.items():
            self.pbx_a.country_id = self.env.ref(country)
            extension.mobile = mobile
            numbering = self.pbx_a._numbering()
            for number in reported:
                self.assertEqual(numbering.extension_of(number), "201", (country, number))
            for number in ("", "33612345679", "555", "1"):
                self.assertNotEqual(numbering.extension_of(number), "201", number)

    def test_answered_on_a_french_mobile(self):
        extension = self.pbx_a.extension_ids.filtered(lambda one: one.number == "201")
        extension.mobile = "06 12 34 56 78"

        def over_the_trunk(key, value):
            if value == "201":
                return "33612345678" if key in ("DialString", "DestCallerIDNum") else value
            trunk = isinstance(value, str) and value.replace("PJSIP/201-", "PJSIP/SIP-TRUNK-TEST-")
            return trunk or value

        call = self.replay(
            "in_answered",
            change=lambda event: {key: over_the_trunk(key, event[key]) for key in event},
        )
        self.assertEqual((call.outcome, call.user_id), ("answered", self.seller_a))

    def test_outgoing_call_has_no_line_that_was_dialled(self):
        self.line_a.copy({"name": "All others", "number": False, "consent_text": "Recorded."})
        call = self.replay("out_answered")
        self.assertFalse(call.line_id or call.consent or call.consent_text)

    def test_department_of_a_call(self):
        sales, service = self.env["crm.team"].create(
            [
                {"name": name, "company_id": self.dealer_a.id, "member_ids": [Command.link(user)]}
                for name, user in (("Sales", self.seller_a.id), ("Service", self.other_a.id))
            ]
        )
        self.assertEqual(self.replay("in_answered").team_id, sales, "of who answered")
        self.pbx_a.channel_id.team_id = sales
        self.assertEqual(self.replay("out_answered").team_id, service, "of who calls")
        again = self.replay("in_queue_answered")
        self.assertEqual((again.user_id, again.team_id), (self.other_a, sales), "of the channel")

    def test_exchange_takes_its_calls_with_it(self):
        call = self.replay("in_answered")
        note = call.message_post(body="Asks for a visit")
        self.pbx_a.unlink()
        self.assertFalse(call.exists() or note.exists())

    def test_queries_of_a_batch_do_not_grow_with_calls(self):
        desk = CaseDesk(self.pbx_a)

        def batch(prefix, count):
            change = [self.other_call(f"{prefix}{number}-") for number in range(count)]
            stream = [
                ("event", one(event), arrived)
                for arrived, event in events("in_abandoned")
                for one in change
            ]
            before = self.env.cr.sql_log_count
            desk.take(stream)
            return self.env.cr.sql_log_count - before

        batch("warm", 2)
        few, many = batch("few", 2), batch("many", 10)
        self.assertLessEqual((many - few) / 8, 14, f"{few} for 2 calls, {many} for 10")

    def test_words_of_the_announcement_are_kept_as_they_were(self):
        self.line_a.consent_text = "This call is recorded."
        call = self.replay("in_answered")
        self.line_a.consent_text = "Calls are recorded to train our staff."
        self.assertEqual((call.consent, call.consent_text), (True, "This call is recorded."))

    def test_log_of_a_call_that_cannot_be_stored_bears_no_number(self):
        def fail(call, facts, made, *others):
            raise ValueError(f"bad value {made.number}")

        self.patch(self.env.registry["miko.call"], "_values", fail)
        with self.assertLogs("odoo.addons.miko_telephony", "ERROR") as log:
            self.assertFalse(self.replay("in_answered"))
        self.assertIn("ValueError", log.output[0])
        self.assertNotIn("9161234567", "".join(log.output))
        self.assertTrue(self.pbx_a.unstored_date)

    def test_callers_are_forgotten_by_rule_and_calls_still_count(self):
        old, due = self.replay("in_answered"), self.replay("in_abandoned")
        due.date = old.answer_date + timedelta(minutes=1)  # nobody has spoken with him since
        (old | due).end_date = self.env.cr.now() - timedelta(days=2)
        old.note = "Needs a compressor"
        self.follow_up()
        self.Call._gc_callers()
        self.assertTrue(old.number, "without a rule nothing is forgotten")
        self.pbx_a.caller_days = 1
        self.Call._gc_callers()
        self.assertFalse(old.number or old.number_raw or old.note or old.partner_id or old.facts)
        self.assertEqual(
            (old.display_name, old.outcome, old.user_id),
            ("Forgotten caller", "answered", self.seller_a),
        )
        self.assertTrue(due.number, "somebody has still to call him back")
        self.assertEqual(self.Call._gc_callers(), (0, False))
