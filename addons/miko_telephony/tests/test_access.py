"""What each rank may see and change."""

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TelephonyCase


@tagged("post_install", "-at_install")
class TestAccess(TelephonyCase):
    def test_seller_sees_his_calls_and_head_sees_all(self):
        mine, others = self.replay("in_answered"), self.replay("out_answered")
        Call = self.Call.with_user(self.seller_a)
        self.assertEqual(Call.search([]), mine)
        with self.assertRaises(AccessError):
            others.with_user(self.seller_a).read(["number"])
        self.assertEqual(self.Call.with_user(self.head_a).search([]), mine | others)

    def test_member_of_a_ringing_group_sees_the_call(self):
        call = self.replay("in_queue_answered")
        self.assertTrue(call.with_user(self.seller_a).has_access("read"))

    def test_secrets_are_for_administrators(self):
        for field in ("ami_user", "ami_secret", "rest_key"):
            with self.assertRaises(AccessError, msg=field):
                self.pbx_a.with_user(self.seller_a).read([field])
        self.assertEqual(self.pbx_a.with_user(self.head_a).ami_secret, "crmsecret")

    def test_seller_changes_no_exchange(self):
        for record in (self.pbx_a, self.line_a, self.pbx_a.extension_ids[0]):
            with self.assertRaises(AccessError):
                record.with_user(self.seller_a).write({"name": "x"} if "name" in record else {})
            with self.assertRaises(AccessError):
                record.with_user(self.seller_a).unlink()

    def test_nobody_makes_or_deletes_calls_by_hand(self):
        call = self.replay("in_answered")
        with self.assertRaises(AccessError):
            call.with_user(self.seller_a).unlink()
        with self.assertRaises(AccessError):
            self.Call.with_user(self.seller_a).create({"pbx_id": self.pbx_a.id})

    def test_nobody_types_in_what_the_exchange_reports(self):
        call = self.replay("in_answered").with_user(self.head_a)
        kept = {
            "outcome": "missed",
            "talk_seconds": 900,
            "user_id": False,
            # by which a colleague's call could be cut, taken or hidden
            "external_channel": "PJSIP/SIP-TRUNK-TEST-00000009",
            "responsible_id": self.head_a.id,
            "inquiry_id": False,
            "line_id": False,
            "team_id": False,
            "blocked": True,
            "anonymous": True,
            "forgotten": True,
            # evidence, and what the listener remembers
            "consent": False,
            "consent_text": "Recorded.",
            "recording_paths": [],
            "facts": {},
            "cards": {},
            "todo": True,
            "todo_date": False,
        }
        for field, value in kept.items():
            with self.assertRaisesRegex(UserError, "by itself"):
                call.write({field: value})
        call.write({"note": "Asked for a price", "callback_user_id": self.seller_a.id})
        self.assertEqual(call.outcome, "answered")

    def test_logs_bear_no_personal_data(self):
        with self.assertLogs("odoo.addons.miko_telephony", "DEBUG") as logs:
            import logging

            logging.getLogger("odoo.addons.miko_telephony").info("begin")
            self.replay("in_answered")
            self.follow_up()
        self.assertNotIn("9161234567", " ".join(logs.output))

    def test_numbers_in_lists_and_cards_of_contacts_can_be_clicked(self):
        for kind in ("list", "kanban"):
            arch = self.env["res.partner"].with_user(self.seller_a).get_view(view_type=kind)["arch"]
            phones = etree.fromstring(arch).xpath("//field[@name='phone'][@widget='phone']")
            self.assertTrue(phones, kind)
