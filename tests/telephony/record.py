"""Make calls at the test exchange and store the stream of each: record.py NAME…

New streams go to the add-on's tests; each needs an expectation in tests/test_engine.py.
"""

import asyncio
import sys
import tempfile
import threading
import time
from pathlib import Path

from exchange import ROOT, Exchange

TRACES = ROOT / "addons" / "miko_telephony" / "tests" / "traces"
sys.path.insert(0, str(ROOT / "addons" / "miko_telephony"))

from ami.client import AmiClient  # noqa: E402


class Recorder(threading.Thread):
    """A connection whose frames are written as they come."""

    def __init__(self, exchange, path):
        super().__init__(daemon=True)
        self.exchange, self.path, self.ready = exchange, path, threading.Event()
        self.frames, self.loop = [], asyncio.new_event_loop()

    def run(self):
        self.loop.run_until_complete(self._run())

    async def _run(self):
        self.client = AmiClient(
            "127.0.0.1", self.exchange.ports["AMI"], "crm", "crmsecret", self._on_event
        )
        await self.client.connect()
        self.ready.set()
        await self.client.closed

    def _on_event(self, frame, arrived):
        self.frames.append((arrived, frame))

    def action(self, name, **fields):
        return asyncio.run_coroutine_threadsafe(
            self.client.action(name, **fields), self.loop
        ).result(10)

    def wait(self, condition, seconds=20):
        end = time.time() + seconds
        while time.time() < end:
            for _arrived, frame in list(self.frames):
                if condition(frame):
                    return frame
            time.sleep(0.02)
        raise AssertionError("did not happen")

    def write(self):
        with self.path.open("wb") as out:
            for arrived, frame in self.frames:
                out.write(b"# %.6f\r\n" % arrived)
                for key, value in frame.items():
                    for one in value if isinstance(value, list) else [value]:
                        text = one.replace(str(self.exchange.run_folder), "/var/spool/asterisk")
                        out.write(f"{key}: {text}\r\n".encode())
                out.write(b"\r\n")


def in_voicemail(exchange, _recorder):
    """Nobody answers for two seconds, then the machine does."""
    return [exchange.phone("202", "uas_ring"), exchange.call_in("74950000006", hold=4000)]


def in_menu(exchange, _recorder):
    """The caller listens to the menu and hangs up."""
    return [exchange.call_in("74950000007", hold=2000)]


def in_queue_abandoned(exchange, _recorder):
    """Two telephones ring, nobody answers, the caller gives up."""
    phones = [exchange.phone("201", "uas_ring"), exchange.phone("202", "uas_ring")]
    return [*phones, exchange.call_in("74950000002", scenario="uac_abandon", hold=2500)]


def in_forwarded(exchange, _recorder):
    """The first does not answer, the second does."""
    phones = [exchange.phone("202", "uas_ring"), exchange.phone("203")]
    return [*phones, exchange.call_in("74950000005", hold=8000)]


def out_busy(exchange, _recorder):
    """The customer is busy."""
    return [
        exchange.phone("provider", "uas_busy"),
        exchange.call_from("202", "79035550022", "uac_refused"),
    ]


def click_to_call_busy(exchange, recorder):
    """A click; the own telephone answers, the customer is busy."""
    running = [
        exchange.phone("201", "uas_answer_hangup", 800),
        exchange.phone("provider", "uas_busy"),
    ]
    _click(recorder)
    return running


def click_to_call_no_answer(exchange, recorder):
    """A click, and the own telephone is not picked up."""
    running = [exchange.phone("201", "uas_ring")]
    _click(recorder, Timeout=2500)
    return running


def in_routed(exchange, recorder):
    """The responsible is rung in parallel under a channel id of ours, and answers."""
    running = [
        exchange.phone("201", "uas_ring"),
        exchange.phone("202"),
        exchange.call_in("74950000001", hold=5000),
    ]
    _fetch(recorder)
    return running


def in_routed_in_vain(exchange, recorder):
    """The responsible is rung in parallel, but the other answers first."""
    running = [
        exchange.phone("201", delay=800),
        exchange.phone("202", "uas_ring"),
        exchange.call_in("74950000001", hold=4000),
    ]
    _fetch(recorder, Timeout=2500)
    return running


def in_attended_transfer(exchange, recorder):
    """The first asks a colleague by the exchange's own feature, then hangs up."""
    running = [
        exchange.phone("201", "uas_answer_hangup", 500, talk=6000),
        exchange.phone("203", delay=700),
        exchange.call_in("74950000001", hold=9000),
    ]
    frame = recorder.wait(
        lambda frame: frame["Event"] == "BridgeEnter" and frame["Channel"].startswith("PJSIP/201-")
    )
    time.sleep(1)
    recorder.action("Atxfer", Channel=frame["Channel"], Context="internal-transfer", Exten="203")
    return running


def in_attended_transfer_refer(exchange, recorder):
    """The same on a telephone with two lines: REFER with Replaces."""
    note = exchange.run_folder / "dialogue"
    running = [
        exchange.phone("201", "uas_note", 500, note=note),
        exchange.phone("203", delay=700),
        exchange.call_in("74950000001", hold=9000),
    ]
    recorder.wait(
        lambda frame: frame["Event"] == "BridgeEnter" and frame["Channel"].startswith("PJSIP/201-")
    )
    time.sleep(1)
    return [*running, exchange.consult("201", "203", note)]


def _click(recorder, **fields):
    recorder.action(
        "Originate",
        **{
            "Channel": "Local/201@internal-originate",
            "ChannelId": "odoo-click",
            "OtherChannelId": "odoo-click-2",
            "Context": "all_peers",
            "Exten": "79035550011",
            "Priority": 1,
            "Variable": "pt1c_cid=79035550011",
            "Async": "true",
            "Timeout": 30000,
            **fields,
        },
    )


def _fetch(recorder, **fields):
    event = recorder.wait(lambda frame: frame.get("UserEvent") == "Interception")
    recorder.action(
        "Originate",
        **{
            "Channel": "Local/202@internal-originate",
            "ChannelId": "odoo-fetch",
            "OtherChannelId": "odoo-fetch-2",
            "Context": "interception-bridge",
            "Exten": "79161234567",
            "Priority": 1,
            "CallerID": "79161234567",
            "Async": "true",
            "Timeout": 30000,
            "Variable": "pt1c_cid=79161234567,ALLOW_MULTY_ANSWER=1,"
            f"_INTECEPTION_CNANNEL={event['chan1c']},_OLD_LINKEDID={event['Linkedid']}",
            **fields,
        },
    )


SCENARIOS = [
    in_voicemail,
    in_menu,
    in_queue_abandoned,
    in_forwarded,
    out_busy,
    click_to_call_busy,
    click_to_call_no_answer,
    in_routed,
    in_routed_in_vain,
    in_attended_transfer,
    in_attended_transfer_refer,
]


def main(names):
    with tempfile.TemporaryDirectory() as folder:
        exchange = Exchange(Path(folder)).start()
        try:
            for scenario in SCENARIOS:
                if names and scenario.__name__ not in names:
                    continue
                recorder = Recorder(exchange, TRACES / f"{scenario.__name__}.txt")
                recorder.start()
                recorder.ready.wait(10)
                running = scenario(exchange, recorder)
                time.sleep(1)
                while exchange.command("core show channels count").strip()[:1] != "0":
                    time.sleep(0.3)
                time.sleep(0.5)
                exchange.end(*running)
                recorder.write()
                print(scenario.__name__, len(recorder.frames), "events")
        finally:
            exchange.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
