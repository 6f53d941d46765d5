"""Who is asking: look-up keys, conversations, potential customers."""

import json
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from .common import InquiryDeskCase


@tagged("post_install", "-at_install")
class TestMatching(InquiryDeskCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Partner = cls.env["res.partner"]
        cls.customer = cls.Partner.create(
            {
                "name": "Moulin",
                "phone": "02 40 00 00 01",
                "phone_other": "+33 6 12 00 00 02, 02 40 00 00 03 poste 12",
                "email": "Anna.Petit@Example.ORG",
                "company_id": cls.dealer_a.id,
                "country_id": cls.env.ref("base.fr").id,
                "user_id": cls.seller_a.id,
                "is_company": True,
            }
        )

    def find(self, user=None, **wanted):
        return self.env["crm.contact.key"].with_user(user or self.head_a).find(**wanted)

    def test_every_form_of_every_number_finds_the_contact(self):
        for phone in (
            "+33240000001",
            "0240000001",
            "02 40 00 00 01",
            "0033 2 40 00 00 01",
            "+33 612000002",
            "06.12.00.00.02",
        ):
            self.assertEqual(self.find(phone=phone), self.customer, phone)

    def test_extension_tells_colleagues_apart(self):
        desk = self.Partner.create(
            {"name": "Desk 13", "phone": "0240000003 poste 13", "company_id": self.dealer_a.id}
        )
        self.assertEqual(self.find(phone="02 40 00 00 03 ext 12")[0], self.customer)
        self.assertEqual(self.find(phone="02 40 00 00 03 ext 13")[0], desk)
        self.assertEqual(self.find(phone="02 40 00 00 03"), self.customer | desk)

    def test_ten_last_digits_are_the_last_resort(self):
        foreign = self.Partner.create(
            {"name": "Odd", "phone": "99 1234567890", "company_id": self.dealer_a.id}
        )
        self.assertEqual(self.find(phone="8881234567890"), foreign)
        exact = self.Partner.create(
            {"name": "Exact", "phone": "8881234567890", "company_id": self.dealer_a.id}
        )
        self.assertEqual(self.find(phone="8881234567890"), exact)

    def test_address_in_any_case_and_with_a_tag(self):
        self.assertEqual(self.find(email="anna.petit+pumps@example.org"), self.customer)

    def test_keys_follow_the_contact(self):
        self.customer.write({"phone": "02 40 00 00 09", "phone_other": False})
        self.assertFalse(self.find(phone="02 40 00 00 01"))
        self.assertEqual(self.find(phone="+33240000009"), self.customer)
        self.customer.active = False
        self.assertFalse(self.find(phone="+33240000009"))
        self.customer.active = True
        self.customer.company_id = self.dealer_b
        self.assertFalse(self.find(phone="+33240000009"))
        self.assertEqual(self.find(self.head_b, phone="+33240000009"), self.customer)
        self.customer.unlink()
        self.assertFalse(self.find(self.head_b, phone="+33240000009"))

    def test_batch_of_contacts_takes_one_statement(self):
        values = [
            {"name": f"n{i}", "phone": f"02 41 00 {i // 100:02} {i % 100:02}"} for i in range(200)
        ]
        self.env.flush_all()
        Key = self.env["crm.contact.key"]
        partners = self.Partner.create(values)
        with self.assertQueryCount(2):
            Key._refresh(partners)
        self.assertEqual(
            Key.search_count([("partner_id", "in", partners.ids), ("kind", "=", "phone")]), 200
        )

    def test_lookup_is_answered_by_the_index(self):
        Key = self.env["crm.contact.key"]
        # a small table is read otherwise; tests/bench/contact_lookup shows the plan at a million
        self.env.cr.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        queries = []
        with self.patch_rows(queries):
            Key._match([], ["anna.petit@example.org"], [self.dealer_a.id, None])
        self.env.cr.execute(b"EXPLAIN " + self.env.cr.mogrify(queries[0].code, queries[0].params))
        plan = "\n".join(row[0] for row in self.env.cr.fetchall())
        self.assertIn("Index Only Scan using crm_contact_key_lookup", plan)

    def patch_rows(self, queries):
        execute = type(self.env.cr).execute

        def spy(cr, query, *args, **kwargs):
            if "FROM crm_contact_key" in getattr(query, "code", ""):
                queries.append(query)
            return execute(cr, query, *args, **kwargs)

        return patch.object(type(self.env.cr), "execute", spy)

    def test_known_customer_makes_no_lead_and_his_manager_is_told(self):
        leads = self.env["crm.lead"].search_count([])
        inquiry = self.call(phone="0240000001")
        self.assertRecordValues(
            inquiry,
            [
                {
                    "partner_id": self.customer.id,
                    "lead_id": False,
                    "relation": "known",
                    "state": "assigned",
                    "user_id": self.seller_a.id,
                }
            ],
        )
        self.assertEqual(self.env["crm.lead"].search_count([]), leads)
        self.assertEqual(inquiry.activity_ids.user_id, self.seller_a)
        self.assertEqual(
            [popup["payload"]["event"] for popup in map(json.loads, self.popups(self.seller_a))],
            ["known"],
        )
        self.assertIn(inquiry.name, self.customer.message_ids[0].body)
        self.assertEqual(self.customer.with_user(self.seller_a).inquiry_count, 1)

    def test_colleague_of_a_customer_is_a_customer(self):
        person = self.Partner.create(
            {
                "name": "Paul",
                "parent_id": self.customer.id,
                "email": "paul@moulin.example",
                "company_id": self.dealer_a.id,
            }
        )
        inquiry = self.call(email="paul@moulin.example")
        self.assertEqual((inquiry.partner_id, inquiry.user_id), (person, self.seller_a))
        self.assertEqual(inquiry.commercial_partner_id, self.customer)

    def test_one_of_us_is_no_customer(self):
        inquiry = self.call(email=self.head_a.email)
        self.assertNotEqual(inquiry.partner_id, self.head_a.partner_id)

    def test_unknown_person_becomes_a_potential_customer_with_a_lead(self):
        inquiry = self.call(
            phone="02 40 55 00 00", name="Luc Roy", email="luc@example.net", subject="Pump"
        )
        partner, lead = inquiry.partner_id, inquiry.lead_id
        self.assertRecordValues(
            partner,
            [
                {
                    "name": "Luc Roy",
                    "customer_type": "potential",
                    "company_id": self.dealer_a.id,
                    "first_inquiry_id": inquiry.id,
                }
            ],
        )
        self.assertRecordValues(
            lead,
            [
                {
                    "name": "Pump",
                    "phone": "+33240550000",
                    "email_from": "luc@example.net",
                    "first_inquiry_id": inquiry.id,
                    "company_id": self.dealer_a.id,
                    "team_id": self.team_a.id,
                }
            ],
        )
        self.assertIn("I need a pump", lead.description)

    def test_events_of_one_person_are_one_conversation_over_channels(self):
        first = self.call(phone="02 40 55 00 00", name="Luc Roy")
        mail = self.deliver(
            self.make_mail("Bonjour\nTél. 02 40 55 00 00", sender="luc@example.net")
        )
        third = self.call(self.mailbox_a, email="luc@example.net")
        self.assertEqual(mail.thread_id, first)
        self.assertEqual(third.thread_id, first)
        self.assertEqual(len((first | mail | third).lead_id), 1)

    def test_conversation_ends_with_its_window(self):
        self.dealer_a.inquiry_thread_hours = 2
        now = fields.Datetime.now()
        first = self.call(phone="02 40 55 00 00", date=now - timedelta(hours=3))
        later = self.call(phone="02 40 55 00 00", date=now)
        self.assertFalse(later.thread_id)
        self.assertEqual((later.relation, later.lead_id), ("known", first.lead_id))
        again = self.call(phone="02 40 55 00 00", date=now + timedelta(hours=1))
        self.assertEqual(again.thread_id, later)

    def test_same_event_by_two_channels_is_one_inquiry(self):
        first = self.call(
            key="jivo:1", phone="02 40 55 00 00", original=b"{}", original_name="event.json"
        )
        again = self.call(
            self.mailbox_a,
            key="jivo:1",
            phone="02 40 55 00 00",
            original=b"mail",
            original_name="mail.eml",
        )
        self.assertEqual(again, first)
        self.assertEqual(len(first._attachments()), 2)
        self.assertEqual(first.original_id.raw, b"{}")

    def test_ambiguous_hint_is_left_to_a_person(self):
        one, two = self.Partner.create(
            [
                {"name": name, "phone": f"{code}1234567890", "company_id": self.dealer_a.id}
                for name, code in (("one", "991"), ("two", "992"))
            ]
        )
        inquiry = self.call(phone="9931234567890")
        self.assertEqual(inquiry.relation, "new")
        self.assertEqual(inquiry.candidate_ids, one | two)

    def test_call_comes_in_by_the_door_for_telephony(self):
        line = self._make_channel("telephone", self.head_a, self.team_a)
        call = {
            "key": "call:1760000000.12",
            "phone": "+33240550000",
            "call_direction": "in",
            "call_answered": True,
            "call_duration": 95,
            "recording_url": "https://pbx.example/12.mp3",
            "user_id": self.seller_a.id,
        }
        inquiry = self.Inquiry._receive({"channel": line.id, **call})
        self.assertRecordValues(
            inquiry,
            [
                {
                    "kind": "telephone",
                    "relation": "new",
                    "state": "assigned",
                    "user_id": self.seller_a.id,
                    "call_duration": 95,
                    "recording_url": "https://pbx.example/12.mp3",
                    "ack_state": "none",
                }
            ],
        )
        self.assertEqual(inquiry.lead_id.user_id, self.seller_a)
        self.assertEqual(self.Inquiry._receive({"channel": line.id, **call}), inquiry)

    def ring(self, **facts):
        """One report of the telephone exchange about the same call."""
        line = self.line or self._make_channel("telephone", self.head_a, self.team_a)
        type(self).line = line
        return self.Inquiry._receive(
            {"channel": line, "key": "call:1", "call_direction": "in", **facts}
        )

    line = None

    def test_call_tells_more_of_itself_as_it_goes_on(self):
        type(self).line = None
        ringing = self.ring(phone="+33240550000", call_answered=False)
        self.assertRecordValues(ringing, [{"state": "queued", "response_date": False}])
        ended = self.ring(
            call_answered=True,
            call_duration=95,
            recording_url="https://pbx.example/12.mp3",
            user_id=self.seller_a.id,
        )
        self.assertEqual(ended, ringing)
        self.assertRecordValues(
            ended,
            [
                {
                    "state": "assigned",
                    "user_id": self.seller_a.id,
                    "call_duration": 95,
                    "recording_url": "https://pbx.example/12.mp3",
                    "response_date": ended.date,
                    "response_hours": 0,
                }
            ],
        )
        self.assertEqual(ended.lead_id.user_id, self.seller_a)
        self.assertFalse(ended.activity_ids, "whoever talked has nothing left to answer")

    def test_manager_hears_of_a_call_that_somebody_else_took(self):
        type(self).line = None
        call = self.ring(phone="02 40 00 00 01", call_answered=True, user_id=self.other_a.id)
        self.assertEqual((call.user_id, call.relation), (self.other_a, "known"))
        self.assertEqual(self.events(self.seller_a), ["known"])
        self.assertFalse(self.popups(self.other_a))

    def test_withheld_number_waits_to_be_sorted(self):
        type(self).line = None
        call = self.ring(call_answered=True)
        self.assertEqual(call.state, "to_sort")
        self.assertIn("withheld", call.reason)

    def test_line_is_known_by_the_number_that_was_dialled(self):
        Channel = self.env["crm.inquiry.channel"]
        first = self._make_channel("telephone", self.head_a, self.team_a, line_numbers="101")
        sales = self._make_channel(
            "telephone", self.head_a, self.team_a, line_numbers="02 40 99 00 00, 102"
        )
        theirs = self._make_channel(
            "telephone", self.head_b, self.team_b, line_numbers="+33 2 40 99 00 00"
        )
        self.assertEqual(Channel._for_line("+33240990000", self.dealer_a), sales)
        self.assertEqual(Channel._for_line("102", self.dealer_a), sales)
        self.assertEqual(Channel._for_line("999", self.dealer_a), first)
        self.assertEqual(Channel._for_line("+33240990000", self.dealer_b), theirs)
        self.assertIn("+33240990000", self.dealer_a._inquiry_own())

    def test_contact_that_becomes_a_company_takes_its_people_along(self):
        parent = self.Partner.create({"name": "Group", "company_id": self.dealer_a.id})
        person = self.Partner.create(
            {
                "name": "Paul",
                "parent_id": parent.id,
                "email": "paul@group.example",
                "company_id": self.dealer_a.id,
            }
        )
        parent.is_company = True
        key = self.env["crm.contact.key"].search([("partner_id", "=", person.id)])
        self.assertEqual(key.commercial_partner_id, person.commercial_partner_id)

    def test_head_hears_of_a_lead_that_is_made_of_a_known_customers_inquiry(self):
        inquiry = self.call(phone="0240000001")
        inquiry.with_user(self.seller_a).action_make_lead()
        self.assertEqual(inquiry.lead_id.first_inquiry_id, inquiry)
        self.assertEqual(self.events(self.head_a), ["new"])

    def test_walk_in_typed_by_a_colleague_is_taken_like_the_others(self):
        door = self._make_channel("visit", self.head_a, self.team_a)
        values = {
            "channel_id": door.id,
            "contact_name": "Luc",
            "phone": "02 40 55 00 00",
            "text": "pump",
        }
        inquiry = self.Inquiry.with_user(self.seller_a).create(values).sudo()
        with self.enter_registry_test_mode():
            self.env.ref("inquiry_desk.ir_cron_process").method_direct_trigger()
        self.assertRecordValues(
            inquiry,
            [{"phone": "+33240550000", "relation": "new", "kind": "visit", "state": "queued"}],
        )
        self.assertEqual(inquiry.lead_id.contact_name, "Luc")
