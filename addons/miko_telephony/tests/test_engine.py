"""What happened in each recorded call, in whatever order its events come."""

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..engine import CallFacts, Numbering, Switchboard, summarise
from .common import TRACES, events

#: stream → direction, outcome, reason, number, first and last extension, transferred, fetched
EXPECTED = {
    "in_answered": ("inbound", "answered", "", "79161234567", "201", "201", False, False),
    "in_noanswer": ("inbound", "missed", "noanswer", "79161234567", "", "", False, False),
    "in_abandoned": ("inbound", "missed", "abandoned", "79161234567", "", "", False, False),
    "in_busy": ("inbound", "busy", "busy", "79161234567", "", "", False, False),
    "in_queue_answered": ("inbound", "answered", "", "79161234567", "202", "202", False, False),
    "in_interception": ("inbound", "answered", "", "79161234567", "202", "202", False, True),
    "in_blind_transfer_refer": (
        "inbound",
        "answered",
        "",
        "79161234567",
        "201",
        "203",
        True,
        False,
    ),
    "in_ami_redirect_answered": (
        "inbound",
        "answered",
        "",
        "79161234567",
        "201",
        "203",
        True,
        False,
    ),
    "click_to_call": ("outbound", "answered", "", "79035550011", "201", "201", False, False),
    "out_answered": ("outbound", "answered", "", "79035550022", "202", "202", False, False),
    "out_noanswer": (
        "outbound",
        "cancelled",
        "cancelled",
        "79035550022",
        "202",
        "202",
        False,
        False,
    ),
    "internal_call": ("internal", "answered", "", "203", "201", "203", False, False),
    "in_voicemail": ("inbound", "missed", "voicemail", "79161234567", "", "", False, False),
    "in_menu": ("inbound", "missed", "menu", "79161234567", "", "", False, False),
    "in_queue_abandoned": ("inbound", "missed", "queue", "79161234567", "", "", False, False),
    "in_forwarded": ("inbound", "answered", "", "79161234567", "203", "203", False, False),
    "out_busy": ("outbound", "busy", "busy", "79035550022", "202", "202", False, False),
    "click_to_call_busy": ("outbound", "busy", "busy", "79035550011", "201", "201", False, False),
    "click_to_call_no_answer": (
        "outbound",
        "failed",
        "phone",
        "79035550011",
        "201",
        "201",
        False,
        False,
    ),
    "in_routed": ("inbound", "answered", "", "79161234567", "202", "202", False, True),
    "in_attended_transfer": ("inbound", "answered", "", "79161234567", "201", "203", True, False),
    "in_attended_transfer_refer": (
        "inbound",
        "answered",
        "",
        "79161234567",
        "201",
        "203",
        True,
        False,
    ),
    "in_routed_in_vain": ("inbound", "answered", "", "79161234567", "201", "201", False, False),
}
FETCHING = "odoo-fetch"  # linked id of our Originate in the recordings
RECORDED = {path.stem for path in TRACES.glob("*.txt")}


def run(stream, numbering=None, load=None):
    """Return the summaries of a stream's calls."""
    board = Switchboard(load)
    for arrived, event in stream:
        board.feed(event, arrived)
    if FETCHING in board.calls:
        # the listener has told the engine which call it rings the responsible for
        board.alias(FETCHING, next(lid for lid in sorted(board.calls) if lid != FETCHING))
    calls = {id(call): call for call in board.calls.values()}.values()
    made = [summarise(call, numbering or Numbering(3)) for call in calls]
    return sorted(made, key=lambda one: one.lids)


def told(made):
    return (
        made.direction,
        made.outcome,
        made.reason,
        made.number,
        made.extension,
        made.last_extension,
        made.transferred,
        made.intercepted,
    )


@tagged("post_install", "-at_install")
class TestEngine(BaseCase):
    def test_every_stream_has_an_expectation(self):
        self.assertEqual(RECORDED, set(EXPECTED))

    def test_recorded_calls(self):
        for name, expected in EXPECTED.items():
            with self.subTest(name):
                (made,) = run(events(name))
                self.assertEqual(told(made), expected)
                self.assertEqual(made.state, "ended")
                self.assertFalse(made.phantom)

    @settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
    @given(st.sampled_from(sorted(EXPECTED)), st.data())
    def test_any_order_and_repetition_of_events(self, name, data):
        """Events come twice, and in whatever order: the call is the same."""
        stream = events(name)
        repeated = data.draw(st.lists(st.sampled_from(range(len(stream))), max_size=40))
        chance = data.draw(st.randoms(use_true_random=False))
        mixed = stream + [stream[index] for index in repeated]
        chance.shuffle(mixed)
        self.assertEqual(run(mixed), run(stream))

    @settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
    @given(st.sampled_from(sorted(EXPECTED)), st.data())
    def test_batches_of_several_calls_do_not_mix(self, name, data):
        """Another call's events come between: each call is what it is alone."""
        stream, between = events(name), self.second("in_answered")
        chance = data.draw(st.randoms(use_true_random=False))
        places = sorted(chance.randrange(len(stream) + 1) for _event in between)
        mixed = list(stream)
        for place, event in zip(reversed(places), reversed(between), strict=True):
            mixed.insert(place, event)
        self.assertEqual(run(mixed), sorted(run(stream) + run(between), key=lambda one: one.lids))

    def second(self, name):
        """Return the stream as that of another call, with channels of its own."""
        return [
            (
                arrived,
                {
                    key: value.replace("mikopbx-", "second-").replace("-000000", "-00aa00")
                    if isinstance(value, str)
                    else value
                    for key, value in event.items()
                },
            )
            for arrived, event in events(name)
        ]

    def test_an_answer_is_never_taken_back(self):
        for name, expected in EXPECTED.items():
            if expected[1] != "answered":
                continue
            stream = events(name)
            for seed in range(5):
                mixed = random.Random(seed).sample(stream, len(stream))
                board, answered = Switchboard(), False
                for arrived, event in mixed:
                    board.feed(event, arrived)
                    changed, _merged = board.take()
                    for call in changed:
                        made = summarise(call, Numbering(3))
                        if made.direction == expected[0] and not made.phantom:
                            # a direction seen from half of the events may still change
                            if answered and not name.startswith(("in_inter", "in_routed", "click")):
                                self.assertEqual(made.outcome, "answered", f"{name} {seed}")
                            answered = answered or made.outcome == "answered"

    def test_interrupted_anywhere_and_resumed_from_storage(self):
        """The listener dies after any event: facts come back from storage, the result is the
        same.
        """
        for name in EXPECTED:
            stream, saved = events(name), {}
            expected = run(stream)
            for cut in range(0, len(stream), 7):
                saved.clear()
                board = Switchboard()
                for arrived, event in stream[:cut]:
                    board.feed(event, arrived)
                for call in board.calls.values():
                    for lid in call.lids:
                        saved[lid] = call.as_dict()
                again = Switchboard()
                for values in saved.values():
                    again.restore(CallFacts.from_dict(values))
                for arrived, event in stream[cut:]:
                    again.feed(event, arrived)
                if FETCHING in again.calls:
                    other = next(lid for lid in sorted(again.calls) if lid != FETCHING)
                    again.alias(FETCHING, other)
                calls = {id(call): call for call in again.calls.values()}.values()
                made = sorted(
                    (summarise(call, Numbering(3)) for call in calls), key=lambda one: one.lids
                )
                self.assertEqual(made, expected, f"{name} cut at {cut}")

    def test_events_lost_while_nobody_listened(self):
        """Between two moments nothing is heard: the exchange's own records give the outcome."""
        for name, expected in EXPECTED.items():
            stream = events(name)
            deaf = [
                (arrived, event)
                for arrived, event in stream
                if event["Event"] in ("Newchannel", "Cdr", "Hangup", "UserEvent")
            ]
            made = [one for one in run(deaf) if not one.phantom]
            if name in ("in_interception", "in_routed"):
                # without DialBegin nothing but the records says who fetched the call
                self.assertIn("answered", [one.outcome for one in made])
                continue
            self.assertEqual(len(made), 1, name)
            self.assertEqual(made[0].direction, expected[0], name)
            self.assertEqual(made[0].outcome == "answered", expected[1] == "answered", name)

    def test_snapshot_ends_what_the_exchange_no_longer_has(self):
        board = Switchboard()
        for arrived, event in events("in_answered")[:40]:
            board.feed(event, arrived)
        board.take()
        later = events("in_answered")[-1][0] + 60
        board.snapshot(set(), later, later)
        (call,), _merged = board.take()
        made = summarise(call, Numbering(3))
        self.assertEqual((made.state, made.outcome), ("ended", "answered"))

    def test_mobile_of_an_employee_is_an_extension(self):
        numbering = Numbering(3, mobiles={"9161234567": "207"})
        (made,) = run(events("in_answered"), numbering)
        self.assertEqual(made.direction, "internal")

    def test_answered_on_the_employees_mobile(self):
        """The exchange rings his mobile over a trunk: the call is answered, and by him."""
        stream = [
            (
                arrived,
                {
                    key: value.replace("PJSIP/201-", "PJSIP/SIP-TRUNK-TEST-")
                    if isinstance(value, str) and value != "201"
                    else "79031112233"
                    if value == "201" and key in ("DialString", "DestCallerIDNum")
                    else value
                    for key, value in event.items()
                },
            )
            for arrived, event in events("in_answered")
        ]
        (made,) = run(stream, Numbering(3, mobiles={"9031112233": "201"}))
        self.assertEqual(told(made), EXPECTED["in_answered"])

    def test_web_phone_is_the_employee(self):
        self.assertEqual(Numbering(3).name_of("PJSIP/201-WS-0000001a").peer, "201")
        self.assertEqual(Numbering(3).name_of("PJSIP/201-WS-0000001a").kind, "employee")
        self.assertEqual(Numbering(3).name_of("PJSIP/SIP-1611151795-0000001a").kind, "trunk")

    def test_hidden_number(self):
        stream = [
            (
                arrived,
                {
                    key: "anonymous" if value == "79161234567" else value
                    for key, value in event.items()
                },
            )
            for arrived, event in events("in_abandoned")
        ]
        (made,) = run(stream)
        self.assertEqual((made.direction, made.outcome, made.number), ("inbound", "missed", ""))

    def test_two_calls_of_one_number_at_once_stay_two(self):
        first = events("in_answered")
        second = [
            (
                arrived + 0.5,
                {
                    key: value.replace("mikopbx-1795301960", "mikopbx-1795301961")
                    if isinstance(value, str)
                    else value
                    for key, value in event.items()
                },
            )
            for arrived, event in first
        ]
        mixed = sorted(first + second, key=lambda one: one[0])
        self.assertEqual(len(run(mixed)), 2)

    def test_failed_originate_of_another_module_is_no_call(self):
        stream = [
            (arrived, event)
            for arrived, event in events("click_to_call")
            if "SIP-TRUNK" not in str(event)
            and event.get("DialStatus") != "ANSWER"
            and event["Event"] not in ("OriginateResponse", "BridgeEnter", "Cdr")
        ]
        (made,) = run(stream)
        self.assertTrue(made.phantom)
