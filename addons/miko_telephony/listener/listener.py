"""A listener: connection to one exchange, kept through everything, and its supervisor.

The reading side only stamps frames and puts them into a queue. A single thread takes what has come,
a batch at a time, and stores it; while a batch is stored the next one grows.
"""

import asyncio
import contextlib
import logging
import time
from concurrent.futures import ThreadPoolExecutor

from ..ami import AmiClient, AmiError, Refused
from ..rest import Cursor, RestError, read_row
from .desk import AWAY, Desk
from .lock import Lock

_logger = logging.getLogger(__name__)

BATCH = 1000  # frames in one transaction
#: what a card follows from: is stored at once, with what comes in the same breath (a telephone is
#: dialled some milliseconds after its call began); all else waits for company
URGENT = {"DialBegin", "DialEnd", "BridgeEnter", "OriginateResponse"}
BREATH, PATIENCE = 0.01, 0.25  # seconds
BEAT, SWEEP, STANDBY = 10, 60, 5  # seconds
AFTER_HANGUP = 8  # seconds until the exchange has written its record of a call
ROUTE_AFTER = 0.4  # seconds until all telephones ring that ring anyway
PAUSES = (1, 2, 5, 10, 20)  # seconds between tries to connect


class Listener:
    """One exchange of one database.

    :param str database: name
    :param int pbx_id: miko.pbx
    """

    def __init__(self, database, pbx_id):
        self.desk, self.lock = Desk(database, pbx_id), Lock(database, pbx_id)
        self.pool = ThreadPoolExecutor(1, thread_name_prefix=f"pbx-{pbx_id}")
        self.inbox, self.came, self.urgent = [], asyncio.Event(), asyncio.Event()
        self.client = self.settings = None
        self.state, self.cause, self.last_event = "lost", False, None
        self.cursor = Cursor(0)
        self.sweep_wanted = asyncio.Event()
        self.tasks = set()

    # ------------------------------------------------------------------ life
    async def run(self):
        """Listen until cancelled or until the exchange is archived."""
        try:
            while not await asyncio.to_thread(self.lock.acquire):
                await asyncio.sleep(STANDBY)
            _logger.info("PBX %s: this process listens", self.desk.pbx_id)
            self.settings = await self._do(self._starting)
            async with asyncio.TaskGroup() as group:
                for work in (self._connections, self._pump, self._beats, self._sweeps, self._guard):
                    group.create_task(work())
        finally:
            self.desk.stopping = True
            for task in self.tasks:
                task.cancel()
            self.pool.shutdown(wait=False)
            self.lock.release()

    def _starting(self, env, pbx):
        """What happened while nobody listened is a gap since the last sign of life."""
        health = pbx._health()
        health.unstored_date = False
        if health.seen:
            self.desk.open_gap(env, pbx, "listener", health.seen)
        self.desk.restore(env, pbx)
        return self.desk.configuration(env, pbx)

    async def _do(self, work):
        """Call ``work(env, pbx)`` in the thread of the database."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.pool, self.desk.transact, work)

    async def _guard(self):
        """End when another process may listen: the database dropped our lock."""
        while True:
            await asyncio.sleep(STANDBY)
            if await asyncio.to_thread(self.lock.held):
                continue
            lost = not await asyncio.to_thread(self.lock.acquire)
            # without a session the database is away, for everybody else too
            if lost and await asyncio.to_thread(self.lock.held):
                raise LockLost

    # ------------------------------------------------------------------ the exchange
    async def _connections(self):
        tries = 0
        while True:
            began = time.time()
            ended = await self._connection()
            self.state, self.cause = "refused" if ended.kind == "refused" else "lost", ended.kind
            _logger.warning("PBX %s: no connection: %s", self.desk.pbx_id, ended)
            await self._do(lambda env, pbx: self.desk.open_gap(env, pbx, self.cause))
            await self._beat()
            tries = 0 if time.time() - began > 60 else tries + 1
            await asyncio.sleep(PAUSES[min(tries, len(PAUSES) - 1)])

    async def _connection(self):
        """Connect, bring everything up to date, and return why it has ended: an `AmiError`."""
        self.client = AmiClient(*self.settings["account"], on_event=self._on_event)
        try:
            await self.client.connect()
            await self._resynchronise()
            self.state, self.cause = "connected", False  # now: a beat may come any time
            await self._beat()
            self.sweep_wanted.set()
            return await self.client.keep_alive()
        except AmiError as error:
            return error
        except ValueError as error:  # a line break in the account
            return Refused(str(error))
        finally:
            await self.client.close()

    async def _resynchronise(self):
        """Ask which channels there are. Events go on coming meanwhile and are taken in order."""
        asked, self.present = time.time(), set()
        self.snapshot_done = asyncio.get_running_loop().create_future()
        self.desk.differences = []
        try:
            await self.client.action("CoreShowChannels")
            async with asyncio.timeout(20):
                await self.snapshot_done
        except (Refused, TimeoutError) as error:
            _logger.warning("PBX %s: no list of channels: %s", self.desk.pbx_id, error)
            return
        self._put("present", (self.present, asked), time.time())

    def _on_event(self, frame, arrived):
        self.last_event = arrived
        name = frame["Event"]
        if name == "CoreShowChannel":
            self.present.add(frame.get("Uniqueid"))
        elif name == "CoreShowChannelsComplete":
            if not self.snapshot_done.done():
                self.snapshot_done.set_result(None)
            return
        elif name == "Hangup":
            self._later(AFTER_HANGUP, self.sweep_wanted.set)
        self._put("event", frame, arrived)

    def _later(self, seconds, call):
        if not getattr(self, "_later_handle", None) or self._later_handle.when() < self._now():
            self._later_handle = asyncio.get_running_loop().call_later(seconds, call)

    def _now(self):
        return asyncio.get_running_loop().time()

    def _put(self, kind, content, arrived):
        self.inbox.append((kind, content, arrived))
        self.came.set()
        if kind != "event" or content["Event"] in URGENT:
            self.urgent.set()

    # ------------------------------------------------------------------ storing
    async def _pump(self):
        loop = asyncio.get_running_loop()
        while True:
            await self.came.wait()
            await self._gather()
            items, self.inbox = self.inbox[:BATCH], self.inbox[BATCH:]
            if not self.inbox:
                self.came.clear()
                self.urgent.clear()
            if items:
                for asked in await loop.run_in_executor(self.pool, self.desk.take, items):
                    self._start(self._ask(*asked))

    async def _gather(self):
        """Wait until what has come is worth a transaction: a moment, or until it is urgent."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await self.urgent.wait()
                await asyncio.sleep(BREATH)

    def _start(self, work):
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _ask(self, action, fields):
        """Ask the exchange for something that follows from a call."""
        if action == "route":
            await asyncio.sleep(ROUTE_AFTER)
            for asked in await self._do(lambda env, pbx: self.desk.route(env, pbx, fields)):
                await self._ask(*asked)
            return
        try:
            await self.client.action(action, **fields)
        except AmiError as error:
            _logger.warning("PBX %s: %s: %s", self.desk.pbx_id, action, error)

    # ------------------------------------------------------------------ health
    async def _beats(self):
        while True:
            await asyncio.sleep(BEAT)
            await self._beat()

    async def _beat(self):
        state, cause, last = self.state, self.cause, self.last_event
        fresh = await self._do(lambda env, pbx: self.desk.beat(env, pbx, state, cause, last))
        if not fresh["active"]:
            raise Archived
        if fresh["account"] != self.settings["account"] and self.client:
            await self.client.close()
        if fresh["history"] != self.settings["history"]:  # somebody has mended what was refused
            self.sweep_wanted.set()
        self.settings = fresh

    # ------------------------------------------------------------------ history
    async def _sweeps(self):
        """Read the exchange's history from where it was left, again and again."""
        while True:
            self.sweep_wanted.clear()  # before: what is wished for meanwhile comes next
            wait = await self._sweep() if self.settings["history"] else SWEEP
            try:
                async with asyncio.timeout(wait):
                    await self.sweep_wanted.wait()
            except TimeoutError:
                continue
            # an exchange that asked for patience gets it
            await asyncio.sleep(0 if wait == SWEEP else wait)

    async def _sweep(self):
        """Take what is new in the history; return the seconds until the next time."""
        problem, wait = False, SWEEP
        try:
            rest, (after, since) = await self._do(
                lambda env, pbx: (pbx._rest(), self.desk.since(pbx))
            )
            if after != self.cursor.settled:
                self.cursor = Cursor(after)
            if not await self._read_history(rest, since) and self.cursor.settled:
                await self._look_for_new_numbers(rest, since)
            await self._do(self.desk.count_recovered)
        except RestError as error:
            problem, wait = error.kind, error.wait
            _logger.warning("PBX %s: history: %s", self.desk.pbx_id, error)
        except (KeyError, TypeError, ValueError) as error:
            problem = "not_json"
            _logger.warning("PBX %s: history: %s", self.desk.pbx_id, type(error).__name__)
        await self._do(lambda env, pbx: pbx._health().write({"sweep_problem": problem}))
        return wait

    async def _read_history(self, rest, since):
        """Take what lies behind the cursor, page by page; return whether anything does."""
        loop, zone = asyncio.get_running_loop(), self.settings["tz"]
        after, more, found = self.cursor.settled, True, False
        while more:
            records, more = await asyncio.to_thread(rest.records, after, since)
            rows = {row["key"]: row for row in (read_row(record, zone) for record in records)}
            after, more = max(rows, default=after), more and max(rows, default=after) > after
            found = found or bool(rows)
            fresh = [rows[key] for key in self.cursor.take(rows, time.monotonic())]
            item = ("rows", (fresh, self.cursor.settled), time.time())
            await loop.run_in_executor(self.pool, self.desk.take, [item])
        return found

    async def _look_for_new_numbers(self, rest, since):
        """An exchange that was set up anew begins at 1 again: its records would be behind us."""
        newest = await asyncio.to_thread(rest.newest, since)
        if 0 < newest < self.cursor.settled:
            _logger.warning("PBX %s: the history's numbers begin anew", self.desk.pbx_id)
            await self._do(self.desk.start_over)
            self.sweep_wanted.set()


class LockLost(Exception):
    """Another process listens."""


class Archived(Exception):
    """The exchange is no longer in use."""


async def supervise(database, only=None, alive=None):
    """Listen to all exchanges of a database, each on its own; look for new ones now and then.

    :param int only: id of the one exchange to listen to
    :param Path alive: file that is touched while this works
    """
    running = {}
    desk = Desk(database, 0)
    while True:
        if alive:
            alive.touch()
        try:
            wanted = await asyncio.to_thread(desk.transact, _exchanges, False)
        except AWAY:
            wanted = list(running)
        for pbx_id in wanted:
            if (only is None or pbx_id == only) and pbx_id not in running:
                running[pbx_id] = asyncio.create_task(_keep(database, pbx_id))
        for pbx_id in [pbx_id for pbx_id, task in running.items() if task.done()]:
            del running[pbx_id]
        await asyncio.sleep(BEAT)


def _exchanges(env, _pbx):
    """Return the ids of the exchanges in use; the add-on need not be installed."""
    return env["miko.pbx"].search([]).ids if "miko.pbx" in env else []


async def _keep(database, pbx_id):
    """Run one listener; what it fails of is logged, and it starts anew."""
    try:
        await Listener(database, pbx_id).run()
    except* Archived:
        _logger.info("PBX %s: archived", pbx_id)
    except* LockLost:
        _logger.warning("PBX %s: another process listens", pbx_id)
    except* Exception:
        _logger.exception("PBX %s: the listener starts anew", pbx_id)
