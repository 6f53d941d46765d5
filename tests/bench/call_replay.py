"""10,000 calls from the recorded streams through the listener's own code: speed, and none lost.

call_replay.py [--quick] [--calls 10000]
"""

import sys
import time

from common import ROOT, database, environment, options, row, say

TRACES = ROOT / "addons" / "miko_telephony" / "tests" / "traces"


def renamed(frame, prefix):
    """A recorded frame as another call's: ids begin with a prefix of their own."""
    return {
        key: value.replace("mikopbx-", prefix).replace("odoo-", f"odoo-{prefix}")
        if isinstance(value, str)
        else value
        for key, value in frame.items()
    }


def make_exchange(env):
    pbx = env["miko.pbx"].create(
        {"name": "Bench", "host": "pbx.example", "ami_user": "x", "tz": "UTC", "history": "none"}
    )
    env["miko.extension"].create(
        [
            {"pbx_id": pbx.id, "number": number, "user_id": env.uid}
            for number in ("201", "202", "203")
        ]
    )
    return pbx.id


def main():
    chosen = options(calls=10_000)
    count = 120 if chosen.quick else chosen.calls
    with database("ours") as name:
        with environment(name) as env:
            pbx_id = make_exchange(env)
        from odoo.addons.miko_telephony.ami import read_trace
        from odoo.addons.miko_telephony.listener.desk import Desk

        streams = {
            path.stem: [
                (arrived, frame)
                for arrived, frame in read_trace(path.read_bytes())
                if "Event" in frame
            ]
            for path in sorted(TRACES.glob("*.txt"))
            if path.stem
            != "in_routed_in_vain"  # two streams' worth: needs the listener's own alias
        }
        desk, items, events = Desk(name, pbx_id, live=False), [], 0
        start = time.perf_counter()
        for number in range(count):
            stream = streams[list(streams)[number % len(streams)]]
            items += [("event", renamed(frame, f"c{number}-"), at) for at, frame in stream]
            if len(items) >= 500:
                desk.take(items)
                events, items = events + len(items), []
            if number % 1000 == 0:
                say(number, "calls")
        desk.take(items)
        seconds, events = time.perf_counter() - start, events + len(items)
        with environment(name) as env:
            stored = env["miko.call"].search_count([("pbx_id", "=", pbx_id)])
            ended = env["miko.call"].search_count(
                [("pbx_id", "=", pbx_id), ("state", "=", "ended")]
            )
        row(
            "call_replay",
            "calls stored of those replayed",
            stored,
            "calls",
            count,
            holds=stored == count,
        )
        row("call_replay", "of them ended", ended, "calls", count, holds=ended == count)
        row("call_replay", "calls per second", count / seconds, "calls/s")
        row("call_replay", "events per second", events / seconds, "events/s")
        for part, spent in desk.seconds.items():
            row("call_replay", f"share of time in {part}", 100 * spent / seconds, "%")
    return 0


if __name__ == "__main__":
    sys.exit(main())
