"""The exchange's web interface, and everything it may answer instead of an answer."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..rest import Cursor, RestClient, RestError, read_row
from ..rest.cursor import LATE, MOST
from .common import TelephonyCase


class Double(BaseHTTPRequestHandler):
    """Answers what `server.say` holds: (status, content type, body), or `server.at` of a path."""

    def do_GET(self):
        self.server.asked.append(self.path)
        found = [say for start, say in self.server.at.items() if self.path.startswith(start)]
        status, kind, body = (found or [self.server.say])[0]
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Retry-After", "7")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Keep quiet."""


class Doubled:
    def setUp(self):
        super().setUp()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Double)
        self.server.asked, self.server.at = [], {}
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def say(self, status=200, kind="application/json", body=None):
        body = body if isinstance(body, bytes) else json.dumps(body or {}).encode()
        self.server.say = (status, kind, body)


@tagged("post_install", "-at_install")
class TestRest(Doubled, BaseCase):
    def test_records_ascending_ungrouped_from_a_cursor(self):
        self.say(
            body={"result": True, "data": {"records": [{"id": 8}], "pagination": {"hasMore": True}}}
        )
        found, more = RestClient(self.url, "k").records(7, "2026-01-01 00:00:00")
        self.assertEqual((found, more), ([{"id": 8}], True))
        for part in ("grouped=false", "sort=id", "order=ASC", "idFrom=7", "dateFrom=2026-01-01"):
            self.assertIn(part, self.server.asked[0])

    def test_every_misbehaviour_has_a_name(self):
        page = b"<html>Welcome</html>"
        cases = [
            ((401, "application/json", {}), "unauthorised"),
            ((403, "application/json", {}), "forbidden"),
            ((404, "application/json", {}), "missing"),
            ((422, "application/json", {}), "refused"),
            ((429, "application/json", {}), "busy"),
            ((500, "text/html", page), "refused"),
            ((503, "text/html", page), "busy"),
            ((200, "text/html", page), "not_json"),
            ((200, "application/json", {"result": False, "messages": {}}), "refused"),
            ((200, "application/json", {"result": True, "data": {}}), "not_json"),
        ]
        for answer, kind in cases:
            self.say(*answer)
            with self.assertRaises(RestError) as caught:
                RestClient(self.url, "k").records(0, "")
            self.assertEqual(caught.exception.kind, kind, answer)
            if kind == "busy":
                self.assertEqual(caught.exception.wait, 7)

    def test_recording_must_be_sound(self):
        self.say(kind="audio/mpeg", body=b"ID3sound")
        self.assertEqual(
            RestClient(self.url, "k").recording("/pbxcore/api/v3/cdr:download?token=t"),
            (b"ID3sound", "audio/mpeg"),
        )
        self.say(kind="text/html", body=b"<html/>")
        with self.assertRaises(RestError):
            RestClient(self.url, "k").recording("/pbxcore/api/v3/cdr:download?token=t")
        self.say(kind="audio/mpeg", body=b"")
        self.server.say = (200, "audio/mpeg", b"")
        with self.assertRaises(RestError):
            RestClient(self.url, "k").recording("/storage/monitor/x.mp3")
        self.assertIn("/pbxcore/api/cdr/v2/playback?view=", self.server.asked[-1])

    def test_address_without_a_scheme_is_a_safe_one(self):
        self.assertEqual(RestClient(" pbx.example/ ", "k").url, "https://pbx.example")

    def test_record_that_is_written_late_is_not_passed_by(self):
        cursor = Cursor(40)
        self.assertEqual(cursor.take([41, 43, 44], 0), [41, 43, 44])
        self.assertEqual(cursor.settled, 41, "42 may still be being written")
        self.assertEqual(cursor.take([43, 44], 60), [], "read again, taken once")
        self.assertEqual(cursor.take([42, 43, 44, 45], 120), [42, 45])
        self.assertEqual(cursor.settled, 45)

    def test_number_that_never_comes_is_not_waited_for_for_ever(self):
        cursor = Cursor(40)
        cursor.take([42], 0)
        cursor.take([42, 43], LATE - 1)
        self.assertEqual(cursor.settled, 40)
        cursor.take([42, 43], LATE)
        self.assertEqual(cursor.settled, 43)
        cursor.take(range(50, 52 + 2 * MOST, 2), LATE)
        self.assertEqual(len(cursor.beyond), MOST, "reading again has its bounds")

    def test_first_reading_begins_where_the_exchange_is(self):
        cursor = Cursor(0)
        self.assertEqual(cursor.take([7001, 7002], 0), [7001, 7002])
        self.assertEqual(cursor.settled, 7002)

    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.permutations(range(1, 13)))
    def test_whatever_the_order_each_record_is_taken_once(self, coming):
        """Records become visible in any order; each reading sees those behind the cursor."""
        cursor, seen, taken = Cursor(0), [], []
        first = min(coming[:3])
        for start in range(0, 12, 3):
            seen += coming[start : start + 3]
            taken += cursor.take([key for key in seen if key > cursor.settled], start)
        self.assertEqual(len(taken), len(set(taken)))
        self.assertEqual(sorted(taken), [key for key in range(1, 13) if key >= first])

    def test_nobody_there(self):
        with self.assertRaises(RestError) as caught:
            RestClient("http://127.0.0.1:1", "k").records(0, "")
        self.assertEqual(caught.exception.kind, "unreachable")

    def test_times_of_the_exchange_have_its_zone(self):
        row = read_row(
            {"id": "5", "start": "2026-01-01 12:00:00.250", "answer": "", "linkedid": "x"},
            "Europe/Moscow",
        )
        self.assertEqual((row["key"], row["start"], row["answer"]), (5, 1767258000.25, None))


@tagged("post_install", "-at_install")
class TestRestWords(Doubled, TelephonyCase):
    def test_test_button_tells_old_from_new_from_wrong(self):
        self.pbx_a.write({"rest_url": self.url, "rest_key": "k", "history": "v3"})
        self.say(body={"result": True, "data": {"records": []}})
        self.pbx_a.action_test()
        self.assertEqual(self.pbx_a.history, "v3")
        self.assertIn("call history can be read", self.pbx_a.test_report)
        self.say(status=401)
        self.pbx_a.action_test()
        self.assertIn("API key is wrong", self.pbx_a.test_report)
        self.say(kind="text/html", body=b"<html/>")
        self.pbx_a.action_test()
        self.assertIn("a web page and no call history", self.pbx_a.test_report)
        self.server.at["/pbxcore/api/cdr/getActiveCalls"] = (200, "application/json", b"[]")
        self.pbx_a.action_test()
        self.assertEqual(
            self.pbx_a.history, "old", "what is new there is a page, what is old is not"
        )
        self.assertIn("older than 2026.1", self.pbx_a.test_report)

    def test_what_the_listener_met_is_read_in_the_readers_language(self):
        """The listener has no language: it writes down what happened, not a sentence."""
        self.pbx_a.health_ids.write({"sweep_problem": "busy", "state": "lost", "cause": "closed"})
        self.env["res.lang"]._activate_lang("fr_FR")
        module = [("name", "=", "miko_telephony")]
        self.env["ir.module.module"].search(module)._update_translations(["fr_FR"])
        pbx = self.pbx_a.with_context(lang="fr_FR")
        self.assertIn("trop à faire", pbx.sweep_message)
        causes = dict(pbx._fields["cause"]._description_selection(pbx.env))
        self.assertIn("a fermé la connexion", causes[pbx.cause])

    def test_every_error_has_words(self):
        for kind in (
            "unreachable",
            "certificate",
            "unauthorised",
            "forbidden",
            "missing",
            "busy",
            "not_json",
            "refused",
        ):
            self.assertTrue(self.pbx_a._rest_words(kind))
