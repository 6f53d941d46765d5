"""Recordings: fetched when the caller was told, again and again until they are there, and
deleted.
"""

import runpy
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.miko_telephony.rest import RestClient, RestError
from odoo.addons.miko_telephony.tests.common import TelephonyCase

MIGRATION = Path(__file__).parents[1] / "migrations" / "19.0.1.1.0" / "post-migration.py"


class Rest(RestClient):
    """An exchange's web interface that says what it is told."""

    def __init__(self, *answers):
        super().__init__("http://nowhere.example", "key")
        self.answers, self.asked = list(answers), []

    def of_call(self, lid, since):
        answer = self.answers[0] if len(self.answers) == 1 else self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return [
            {
                "disposition": "ANSWERED",
                "recordingfile": path,
                "download_url": f"/pbxcore/api/v3/cdr:download?token={path}",
            }
            for path in answer
        ]

    def recording(self, path):
        self.asked.append(path)
        return b"ID3 sound of " + path.encode(), "audio/mpeg"


@tagged("post_install", "-at_install")
class TestRecording(TelephonyCase):
    def setUp(self):
        super().setUp()
        self.rest = Rest(["/mon/a.mp3"])
        self.startPatcher(patch.object(type(self.env["miko.pbx"]), "_rest", lambda pbx: self.rest))

    def call(self, stream="in_answered"):
        call = self.replay(stream)
        self.follow_up()
        return call

    def test_fetched_after_the_call(self):
        call = self.call()
        self.assertEqual(call.recording_state, "waiting")
        call._fetch_recording()
        self.assertEqual((call.recording_state, len(call.recording_ids)), ("fetched", 1))
        self.assertEqual(call.recording_ids.mimetype, "audio/mpeg")
        call.recording_state = "waiting"
        call._fetch_recording()
        self.assertEqual(len(call.recording_ids), 1, "again: nothing twice")

    def test_every_part_of_a_transferred_call(self):
        self.rest.answers = [["/mon/a.mp3", "/mon/b.mp3"]]
        call = self.call("in_blind_transfer_refer")
        call._fetch_recording()
        self.assertEqual(call.recording_ids.mapped("path"), ["/mon/a.mp3", "/mon/b.mp3"])

    def test_asked_again_until_every_part_is_there(self):
        self.rest.answers = [["/mon/a.mp3"], ["/mon/a.mp3", "/mon/b.mp3"]]
        call = self.call("in_attended_transfer")
        call._fetch_recording()
        self.assertEqual((call.recording_state, len(call.recording_ids)), ("waiting", 1))
        self.assertIn("1 of 2", call.recording_error)
        call._fetch_recording()
        self.assertEqual((call.recording_state, len(call.recording_ids)), ("fetched", 2))

    def test_asked_again_until_it_is_there(self):
        self.rest.answers = [[], RestError("busy"), ["/mon/a.mp3"]]
        call = self.call()
        call._fetch_recording()
        self.assertEqual((call.recording_state, call.recording_tries), ("waiting", 1))
        call._fetch_recording()
        self.assertIn("too much to do", call.recording_error)
        call._fetch_recording()
        self.assertEqual((call.recording_state, call.recording_error), ("fetched", False))

    def test_given_up_in_the_end_and_told(self):
        self.rest.answers = [[]]
        call = self.call()
        for _try in range(20):
            call._fetch_recording()
        self.assertEqual(call.recording_state, "failed")
        call.date = fields.Datetime.now() - timedelta(days=2)  # given up long after
        self.head_a.lang = self.env["res.lang"]._activate_lang("fr_FR").code
        for _day in range(2):
            self.Call._cron_lacking()
        told = call.activity_ids.filtered("summary")
        self.assertEqual(told.user_id, self.head_a, "on one list, and on one only")
        self.assertIn("sans enregistrement", told.summary)
        self.assertIn(call.display_name, told.note)
        call.with_user(self.head_a).action_fetch_recording()
        self.assertEqual(call.recording_state, "waiting")

    def test_without_announcement_nothing_is_fetched(self):
        self.line_a.announcement = False
        self.assertFalse(self.call().recording_state)

    def test_neither_missed_nor_outgoing_without_a_rule(self):
        self.assertFalse(self.call("in_abandoned").recording_state)
        self.assertFalse(self.call("out_answered").recording_state)

    def test_outgoing_by_rule(self):
        self.pbx_a.outbound_recording_days = 30
        self.assertEqual(self.call("out_answered").recording_state, "waiting")

    def test_deleted_after_its_time(self):
        call = self.call()
        call._fetch_recording()
        self.assertEqual(call.recording_ids.expiry, fields.Date.today() + timedelta(days=180))
        call.recording_ids.expiry = fields.Date.today() - timedelta(days=1)
        self.env["miko.recording"]._gc_expired()
        self.assertFalse(call.recording_ids)
        self.assertEqual(call.recording_state, "expired")

    def sound_of(self, recording):
        return self.env["ir.attachment"].search(
            [
                ("res_model", "=", "miko.recording"),
                ("res_field", "=", "sound"),
                ("res_id", "in", recording.ids),
            ]
        )

    def test_sound_goes_with_its_call_or_its_exchange(self):
        for gone in ("call", "exchange"):
            call = self.call()
            call._fetch_recording()
            sound = self.sound_of(call.recording_ids)
            self.assertTrue(sound)
            record = call if gone == "call" else call.pbx_id
            record.with_user(self.head_a).unlink()
            self.assertFalse(call.exists() or sound.exists(), gone)

    def test_who_was_merely_rung_hears_nothing(self):
        call = self.call("in_queue_answered")
        call._keep_recordings([("/mon/a.mp3", b"ID3 sound", "audio/mpeg")])
        recording = call.recording_ids
        self.assertEqual(call.leg_ids.user_id, self.seller_a | self.other_a)
        for user in (self.seller_a, self.other_a):
            user.group_ids += self.env.ref("miko_telephony_recording.group_recording")
        rule = self.env.ref("miko_telephony_recording.miko_recording_personal_rule")
        for _time in range(2):
            self.assertTrue(recording.with_user(self.other_a).sound)
            self.assertFalse(self.env["miko.recording"].with_user(self.seller_a).search([]))
            with self.assertRaises(AccessError):
                recording.with_user(self.seller_a).read(["sound"])
            # a database that had the rule before
            rule.domain_force = "[('call_id.leg_ids.user_id', '=', user.id)]"
            runpy.run_path(str(MIGRATION))["migrate"](self.env.cr, "19.0.1.0.0")
            self.env.invalidate_all()

    def test_played_by_right(self):
        call = self.call()
        call._fetch_recording()
        recording = call.recording_ids
        attachment = self.sound_of(recording)
        with self.assertRaises(AccessError):
            recording.with_user(self.seller_a).read(["sound"])
        self.seller_a.group_ids += self.env.ref("miko_telephony_recording.group_recording")
        self.other_a.group_ids += self.env.ref("miko_telephony_recording.group_recording")
        self.assertTrue(recording.with_user(self.seller_a).sound)
        self.assertTrue(recording.with_user(self.head_a).sound)
        for stranger in (self.other_a, self.head_b):
            with self.assertRaises(AccessError):
                recording.with_user(stranger).read(["sound"])
            with self.assertRaises(AccessError):
                attachment.with_user(stranger).read(["raw"])
            self.assertFalse(self.env["miko.recording"].with_user(stranger).search([]))
