"""One listener at a real Asterisk: calls per second that it parses and stores without loss.

Two loads: calls of the load number (about 6 events that count, nobody rung) and full calls that a
telephone answers (62 events). What follows from calls, inquiries and leads, may lag: how fast it
drains is measured apart.

    listener_load.py [--quick]
"""

import asyncio
import sys
import tempfile
import threading
import time
from datetime import timedelta

from common import ROOT, environment, options, row, say

sys.path.insert(0, str(ROOT / "tests" / "telephony"))


class Running(threading.Thread):
    """The listener, in this process, so that its counters can be read."""

    def __init__(self, db, pbx_id):
        super().__init__(daemon=True)
        from odoo.addons.miko_telephony.listener.listener import Listener

        self.loop = asyncio.new_event_loop()
        self.listener = self.loop.run_until_complete(self._make(Listener, db, pbx_id))

    async def _make(self, kind, db, pbx_id):
        return kind(db, pbx_id)

    def run(self):
        asyncio.set_event_loop(self.loop)
        self.task = self.loop.create_task(self.listener.run())
        try:
            self.loop.run_until_complete(self.task)
        except asyncio.CancelledError:
            return

    def stop(self):
        self.loop.call_soon_threadsafe(self.task.cancel)
        self.join(20)


def ended(scene):
    with environment(scene.db) as env:
        return env["miko.call"].search_count([("state", "=", "ended")])


def settle(scene, wanted, seconds=120):
    """Wait until so many calls have ended in the database; return the seconds it took."""
    start = time.perf_counter()
    while ended(scene) < wanted and time.perf_counter() - start < seconds:
        time.sleep(0.1)
    return time.perf_counter() - start


def measure(scene, running, name, make_load, rate, calls):
    """Run a load and print its rows; return whether nothing was lost."""
    scene.clear()
    desk = running.listener.desk
    desk.seconds, desk.taken, desk.lag = dict.fromkeys(desk.seconds, 0.0), 0, 0.0
    say(f"{name} at {rate}/s, {calls} calls")
    start = time.perf_counter()
    process = make_load(rate, calls)
    output, _ = process.communicate(timeout=300)
    seconds = time.perf_counter() - start
    made = {record["linkedid"] for record in scene.exchange.rows()} - scene.counted
    scene.counted |= made
    drained = settle(scene, len(made))
    stored = ended(scene)
    whole = stored == len(made) and process.returncode == 0
    label = f"{name} at {rate}/s"
    row(
        "listener_load",
        f"{label}: calls stored of those made",
        stored,
        "calls",
        len(made),
        holds=whole,
    )
    row("listener_load", f"{label}: stored after the last call", drained, "s")
    row("listener_load", f"{label}: events", desk.taken / seconds, "events/s")
    busy = sum(desk.seconds.values())
    row("listener_load", f"{label}: listener busy", 100 * busy / seconds, "% of a core")
    if busy:
        odoo = desk.seconds["store"] + desk.seconds["commit"]
        row("listener_load", f"{label}: of that in Odoo and PostgreSQL", 100 * odoo / busy, "%")
    if process.returncode:
        say(output[-500:])
    return whole and drained < 20


def drain(scene, count):
    """How fast inquiries and leads are made of calls."""
    with environment(scene.db) as env:
        calls = env["miko.call"].search([("state", "=", "ended")], order="id", limit=count)
        # those of the load that are not counted here would come first
        env["miko.call"].search([("todo", "=", True)]).todo = False
        for index, call in enumerate(calls):
            call.write({"number": f"+7916{index:07}", "todo": True})
        calls.todo_date = env.cr.now() - timedelta(minutes=1)
    start = time.perf_counter()
    for _batch in range(0, len(calls), 100):
        with environment(scene.db) as env:
            env["miko.call"]._follow_up()
    seconds = time.perf_counter() - start
    with environment(scene.db) as env:
        leads = len(calls.with_env(env).inquiry_id.lead_id)
    row("listener_load", "leads made of calls", leads, "leads", count, holds=leads == count)
    row("listener_load", "drain: inquiries with lead made of calls", count / seconds, "calls/s")


def main():
    chosen = options()
    from scene import made_scene

    with tempfile.TemporaryDirectory() as folder, made_scene(folder) as scene:
        scene.counted = set()
        running = Running(scene.db, scene.pbx)
        running.start()
        try:
            scene.wait(lambda env: env["miko.pbx"].browse(scene.pbx).state == "connected", 60)
            rates = (20,) if chosen.quick else (25, 50, 100)
            for rate in rates:
                seconds = 2 if chosen.quick else 20
                measure(scene, running, "load number", scene.exchange.load, rate, rate * seconds)
            drain(scene, 20 if chosen.quick else 300)
            best = 0
            for rate in (5,) if chosen.quick else (5, 10, 20, 30, 40):
                phone = scene.exchange.phone(
                    "201", "uas_answer_hangup", 1500, count=100_000, limit=300
                )
                count = rate * (2 if chosen.quick else 15)
                good = measure(
                    scene,
                    running,
                    "full calls",
                    lambda rate, calls: scene.exchange.load(
                        rate, calls, "74950000001", 1500, limit=200
                    ),
                    rate,
                    count,
                )
                scene.exchange.end(phone)
                if not good:
                    break
                best = rate
            row("listener_load", "highest rate of full calls without loss", best, "calls/s")
        finally:
            running.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
