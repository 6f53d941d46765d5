"""Whoever looks after an exchange is told that nobody listens to it, and when that is over."""

import runpy
from datetime import timedelta
from pathlib import Path

from odoo import Command, fields
from odoo.tests import tagged

from .common import CaseDesk, TelephonyCase

MIGRATION = Path(__file__).parents[1] / "migrations" / "19.0.1.1.0" / "post-migration.py"


@tagged("post_install", "-at_install")
class TestWatch(TelephonyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.env["miko.pbx"].search([("id", "not in", (cls.pbx_a | cls.pbx_b).ids)]).active = False
        cls.pbx_a.keeper_id = cls.head_a
        cls.health = cls.pbx_a._health()
        cls.desk = CaseDesk(cls.pbx_a)

    def seen_last(self, minutes, **values):
        seen = fields.Datetime.now() - timedelta(minutes=minutes)
        self.health.write({"state": "connected", "seen": seen, **values})

    def watch(self):
        self.env["miko.pbx"]._cron_watch()
        return self.pbx_a.activity_ids

    def beat(self, state="connected"):
        self.desk.beat(self.env, self.pbx_a, state, False, None)

    def test_a_listener_that_ended_is_told_of_once_until_somebody_listens(self):
        self.beat()
        self.assertFalse(self.watch() or self.pbx_a.gap_ids)
        self.seen_last(10)
        told = self.watch()
        self.assertEqual((told.user_id, told.res_model), (self.head_a, "miko.pbx"))
        self.assertIn("odoo telephony", told.note, "the next step")
        self.assertIn("will not be known here", told.note, "this exchange has no history")
        gap = self.pbx_a.gap_ids
        self.assertEqual((gap.cause, gap.start, gap.end), ("listener", self.health.seen, False))
        self.assertEqual(self.watch(), told)
        told.with_user(self.head_a).action_feedback()
        self.assertFalse(self.watch(), "who has seen to it is not told again")
        self.beat()
        self.assertTrue(gap.end)
        self.seen_last(20)
        self.assertEqual(len(self.watch()), 1, "another gap")
        self.assertEqual(len(self.pbx_a.gap_ids), 2)
        self.beat()
        self.assertFalse(self.watch(), "the task went with the gap")
        self.assertIn("This is over", self.pbx_a.message_ids[0].body)

    def test_a_listener_that_was_never_started_is_told_of(self):
        self.assertEqual(self.pbx_a.state, "never")
        self.assertFalse(self.watch(), "the exchange has just been made")
        self.pbx_a.gap_ids.start -= timedelta(minutes=6)
        self.assertIn("odoo telephony", self.watch().note)
        self.beat()
        self.assertTrue(self.pbx_a.gap_ids.end)
        self.assertFalse(self.watch())

    def test_an_exchange_that_cannot_be_reached(self):
        self.beat("refused")
        self.desk.open_gap(self.env, self.pbx_a, "refused")
        self.assertFalse(self.watch(), "it may be restarting")
        self.pbx_a.gap_ids.start -= timedelta(minutes=6)
        self.assertIn("refuses the account", self.watch().note)

    def test_a_listener_started_again_continues_the_gap(self):
        self.seen_last(10)
        self.watch()
        self.desk.open_gap(self.env, self.pbx_a, "listener", self.health.seen)
        self.assertEqual(len(self.pbx_a.gap_ids), 1)

    def test_history_that_cannot_be_read(self):
        self.beat()
        now = fields.Datetime.now()
        self.health.write({"sweep_problem": "unauthorised", "sweep_date": now})
        self.assertFalse(self.watch(), "it is asked again")
        self.health.sweep_date -= timedelta(hours=2)
        told = self.watch()
        self.assertIn("API key", told.note)
        self.assertEqual(self.watch(), told)
        self.health.sweep_problem = False
        self.assertFalse(self.watch())

    def test_told_in_the_language_of_whoever_looks_after_it(self):
        self.head_a.lang = "fr_FR"
        self.seen_last(10)
        self.assertNotIn("The listener does not run", self.watch().note)

    def test_somebody_is_told(self):
        """Who looks after it has left: on duty, head, administrator."""
        self.pbx_a.keeper_id = self.head_b
        self.pbx_a.duty_user_id = self.other_a
        self.assertEqual(self.pbx_a._keeper(), self.other_a)
        self.pbx_a.duty_user_id = False
        self.assertEqual(self.pbx_a._keeper(), self.head_a, "head of the channel")
        self.pbx_a.channel_id.head_id = False
        self.assertEqual(self.pbx_a._keeper(), self.head_a, "administers telephony")
        self.head_a.group_ids = [Command.set(self.seller_a.group_ids.ids)]
        self.seen_last(10)
        self.assertFalse(self.watch(), "there is nobody")
        self.pbx_a.duty_user_id = self.other_a
        self.assertEqual(self.watch().user_id, self.other_a)

    def test_sentences_of_old_gaps_get_their_cause_and_are_kept(self):
        said = {
            "The listener did not run.": "listener",
            "the exchange closed the connection": "closed",
            "[Errno 111] Connect call failed ('192.0.2.5', 5038)": "no_port",
            "Multiple exceptions: [Errno 111] Connect call failed, [Errno 101] x": "no_port",
            "[Errno -2] Name or service not known": "unknown_host",
            "[Errno 113] No route to host": "no_answer",
            "[Errno 104] Connection reset by peer": "closed",
            "no answer": "no_answer",
            "Ping: no answer": "silent",
            "Authentication failed": "refused",
            "Something nobody has thought of": False,
            False: False,
        }
        gaps = self.env["miko.gap"].create(
            [{"pbx_id": self.pbx_a.id, "start": "2026-01-01", "reason": text} for text in said]
        )
        known = gaps[-1].copy({"reason": "no answer", "cause": "refused"})
        self.env.flush_all()
        runpy.run_path(str(MIGRATION))["migrate"](self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.assertEqual({gap.reason: gap.cause for gap in gaps}, said)
        self.assertEqual(known.cause, "refused")
