"""The side of a listener that talks to the database: events in, records and answers out.

Everything a listener takes passes through :meth:`Desk.take`, live events, records of the exchange's
history and recorded streams alike: fed to the engine, stored, browsers told, one short
transaction. A
database that is away is waited for; what came meanwhile waits in memory.
"""

import logging
import secrets
import statistics
import time
import traceback
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg2
import psycopg2.errors

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

from ..engine import Switchboard, summarise
from ..engine.summary import OURS

_logger = logging.getLogger(__name__)

AWAY = (psycopg2.OperationalError, psycopg2.InterfaceError)
# somebody else made the same call known at the same instant: at the second try it is found
RETRIED = (*AWAY, psycopg2.errors.UniqueViolation)
LONGEST_PAUSE = 5  # seconds between two tries at a database that is away
REMEMBERED = 600  # seconds that an ended call stays in memory
TOLERATED_SKEW = 5  # seconds; network and batching make some
SAMPLE = 5  # events by which the exchange's clock is compared


class Desk:
    """One exchange's calls.

    :param str database: name
    :param int pbx_id: miko.pbx
    :param bool live: whether times of arrival are now
    """

    def __init__(self, database, pbx_id, live=True):
        self.database, self.pbx_id, self.live = database, pbx_id, live
        self.board, self.numbering = Switchboard(), None
        self.changed, self.merged = {}, []  # what is not stored yet
        self.arrivals = {}  # linked id → when the first of its events came that are not stored yet
        self.stored = {}  # id of facts → summary that storage has
        self.skew, self.differences = 0.0, []
        self.lag = 0.0
        self.taken = self.events = 0
        self.seconds = {"engine": 0.0, "store": 0.0, "commit": 0.0}
        self.stopping = False

    # ------------------------------------------------------------------ environment
    def environment(self, cr):
        return api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})

    def transact(self, work, patient=True):
        """Call ``work(env, pbx)`` in a transaction of its own and return what it returns.

        :param bool patient: wait for a database that is away, else raise
        """
        pause = 0.1
        while True:
            try:
                registry = Registry(self.database).check_signaling()
                with registry.cursor() as cr:
                    env = self.environment(cr)
                    result = work(env, env["miko.pbx"].browse(self.pbx_id) if self.pbx_id else None)
                    start = time.perf_counter()
                    env.flush_all()
                    # a process of its own, each batch a transaction
                    cr.commit()  # pylint: disable=invalid-commit
                    self.seconds["commit"] += time.perf_counter() - start
                registry.signal_changes()
                return result
            except RETRIED as error:
                if not patient or self.stopping:
                    raise
                _logger.warning("PBX %s: database: %s", self.pbx_id, type(error).__name__)
                time.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)

    def restore(self, env, pbx):
        """Take the calls into memory that were going on when the last listener ended."""
        live = env["miko.call"].search([("pbx_id", "=", pbx.id), ("state", "!=", "ended")])
        lids = live.alias_ids.mapped("linkedid")
        for facts in env["miko.call"]._load_facts(pbx, lids).values():
            self.board.restore(facts)

    # ------------------------------------------------------------------ events
    def take(self, items):
        """Take a batch and return what the exchange is to be asked for.

        :param items: (kind, content, time of arrival): "event" with a frame, "rows" with
            (records, cursor), "present" with (unique ids, time asked) of an exchange's channels
        :return: [(action, fields)]
        """
        asked, changes = self.transact(lambda env, pbx: self._take(env, pbx, items))
        self.stored.update((id(call), made) for call, made in changes)
        self.arrivals = {}
        self.changed, self.merged = {}, []  # unless the commit failed: then they are written again
        if items and self.live:
            self.lag = max(self.lag, time.time() - min(item[2] for item in items))
        self.taken += len(items)
        self.board.forget(time.time() - self.skew - REMEMBERED)
        if len(self.stored) > 20000:
            alive = {id(call) for call in self.board.calls.values()}
            self.stored = {key: made for key, made in self.stored.items() if key in alive}
        return asked

    def _take(self, env, pbx, items):
        start = time.perf_counter()
        self.numbering = self.numbering or pbx._numbering()
        lids = {lid for item in items for lid in _lids(item)} - self.board.calls.keys()
        facts = env["miko.call"]._load_facts(pbx, lids) if lids else {}
        self.board.load = facts.get
        cursor = None
        for kind, content, arrived in items:
            if kind == "event":
                for lid in _lids((kind, content, arrived)) if self.live else ():
                    self.arrivals.setdefault(lid, arrived)
                self._compare_clocks(content, arrived)
                self.board.feed(content, arrived)
            elif kind == "rows":
                rows, cursor = content
                for row in rows:
                    self.board.feed_row(row)
            elif kind == "present":
                present, asked_at = content
                self.board.snapshot(present, asked_at - self.skew, asked_at - self.skew)
        changed, merged = self.board.take()
        self.changed.update((id(call), call) for call in changed)
        self.merged += merged
        changes = self._changes()
        self.seconds["engine"] += time.perf_counter() - start
        asked = self._write(env, pbx, changes)
        if cursor is not None:
            pbx._health().write({"cursor": cursor, "sweep_date": env.cr.now()})
        return asked, changes

    def _changes(self):
        """Return (facts, summary) of the calls that look different from what is stored."""
        changes = []
        for call in self.changed.values():
            made = summarise(call, self.numbering)
            if made != self.stored.get(id(call)):
                changes.append((call, made))
        return changes

    def _write(self, env, pbx, changes):
        start = time.perf_counter()
        if not changes and not self.merged:
            return []
        calls = env["miko.call"].with_context(miko_arrivals=dict(self.arrivals))
        try:
            with env.cr.savepoint():
                calls = calls._store(pbx, changes, self.merged, self.skew)
        except RETRIED:
            raise
        except Exception as error:
            _logger.error("PBX %s: a batch is stored one by one: %s", pbx.id, _where(error))
            calls = self._write_singly(env, pbx, calls, changes)
        asked = self._asked(env, pbx, calls) if self.live else []
        if self.live:
            in_vain = [channel for _facts, made in changes for channel in made.in_vain]
            asked += [("Hangup", {"Channel": channel}) for channel in in_vain]
        self.seconds["store"] += time.perf_counter() - start
        return asked

    def _write_singly(self, env, pbx, calls, changes):
        """One call that cannot be stored must not keep the others from it."""
        done = calls.browse()
        for facts, made in changes:
            try:
                with env.cr.savepoint():
                    done |= calls._store(pbx, [(facts, made)], self.merged, self.skew)
            except RETRIED:
                raise
            except Exception as error:
                lid, where = made.lids[0], _where(error)
                _logger.error("PBX %s: call %s is not stored: %s", pbx.id, lid, where)
                pbx._health().unstored_date = env.cr.now()
        return done

    def _compare_clocks(self, event, arrived):
        """Learn by how much the exchange's clock differs from ours."""
        if not self.live or len(self.differences) >= SAMPLE or "Timestamp" not in event:
            return
        try:
            self.differences.append(arrived - float(event["Timestamp"]))
        except (TypeError, ValueError):
            return
        middle = statistics.median(self.differences)
        self.skew = round(middle) if abs(middle) > TOLERATED_SKEW else 0.0

    # ------------------------------------------------------------------ what is asked of the
    # exchange
    def _asked(self, env, pbx, calls):
        """Return what follows from calls by themselves: blocked callers, routing."""
        asked = []
        for call in calls.filtered(lambda call: call.direction == "inbound"):
            if call.state != "ringing":
                continue
            if call.blocked:
                asked += self._hang_up(env, call)
            elif call.line_id.route_responsible and call.responsible_id and call.leg_ids:
                asked.append(("route", call.id))
        return asked

    def _hang_up(self, env, call):
        domain = [("company_id", "=", call.company_id.id), ("number", "=", call.number)]
        entry = env["miko.blacklist"].search(domain, limit=1)
        return [("Hangup", {"Channel": call.external_channel})] if entry.hang_up else []

    def route(self, env, pbx, call_id):
        """Ring the responsible in parallel, once, unless he is rung anyway.

        :return: [(action, fields)] for the exchange
        """
        call = env["miko.call"].browse(call_id).exists()
        extension = pbx.extension_ids.filtered(lambda ext: ext.user_id == call.responsible_id)[:1]
        ours = any(alias.linkedid.startswith(OURS) for alias in call.alias_ids)
        rung = extension.number in call.leg_ids.mapped("extension")
        if not extension or ours or rung or call.state != "ringing":
            return []
        first = call.alias_ids.sorted("id")[0].linkedid
        lid = f"{OURS}{secrets.token_hex(8)}"
        env["miko.call.alias"].create({"pbx_id": pbx.id, "call_id": call.id, "linkedid": lid})
        self.board.alias(first, lid)
        caller = call.number_raw
        variables = (
            f"pt1c_cid={caller},ALLOW_MULTY_ANSWER=1,_INTECEPTION_CNANNEL={call.external_channel},"
            f"_OLD_LINKEDID={first}"
        )
        fields = {
            "Channel": f"Local/{extension.number}@{pbx.context_originate}",
            "ChannelId": lid,
            "OtherChannelId": f"{lid}-2",
            "Context": pbx.context_fetch,
            "Exten": caller,
            "Priority": 1,
            "CallerID": caller,
            "Variable": variables,
            "Timeout": 30000,
            "Async": "true",
        }
        return [("Originate", fields)]

    # ------------------------------------------------------------------ health
    def configuration(self, env, pbx):
        """Return what the listener needs to know; called again and again."""
        self.numbering = pbx._numbering()
        account = pbx._account()
        return {
            "active": pbx.active,
            "account": account,
            "history": pbx.history == "v3"
            and pbx.rest_url
            and pbx.rest_key
            and (
                pbx.rest_url,
                pbx.rest_key,
                pbx.rest_verify,
            ),
            "tz": pbx.tz,
        }

    def beat(self, env, pbx, state, cause, last_event):
        """Write a sign of life. A gap that others opened while we were late is over, too."""
        if state == "connected":
            pbx._listened()
        pbx._health().write(
            {
                "state": state,
                "cause": cause,
                "seen": datetime.now(UTC).replace(tzinfo=None, microsecond=0),
                "last_event": env["miko.pbx"]._naive(last_event),
                "lag_ms": round(self.lag * 1000),
                "skew": self.skew,
            }
        )
        self.lag = 0.0
        return self.configuration(env, pbx)

    def open_gap(self, env, pbx, cause, since=None):
        """Note that nobody listens from now on, or since a moment.

        :param str cause: see miko.gap
        """
        now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
        env["miko.gap"]._opened(pbx, cause, since or now)

    def count_recovered(self, env, pbx):
        """Note how many calls of the last gap are known now."""
        gap = env["miko.gap"].search([("pbx_id", "=", pbx.id), ("end", "!=", False)], limit=1)
        if gap:
            began = [("date", ">=", gap.start), ("date", "<=", gap.end)]
            gap.recovered = env["miko.call"].search_count([("pbx_id", "=", pbx.id), *began])

    def start_over(self, env, pbx):
        """The exchange numbers its records anew: read again what it has since we last read."""
        health = pbx._health()
        health.write({"cursor": 0, "sweep_from": health.sweep_date or health.sweep_from})

    def since(self, pbx):
        """Return where reading the history goes on: (id, start in the exchange's own time)."""
        health = pbx._health()
        start = (health.sweep_from or health.create_date) - timedelta(hours=1)
        oldest = datetime.now(UTC).replace(tzinfo=None) - timedelta(days=364)
        local = datetime.fromtimestamp(
            max(start, oldest).replace(tzinfo=UTC).timestamp() - self.skew, ZoneInfo(pbx.tz)
        )
        return health.cursor, local.strftime("%Y-%m-%d %H:%M:%S")


def _where(error):
    """Return what an error is and where it arose; its own words may hold a caller's number."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    return f"{type(error).__name__}\n{frames}"


def _lids(item):
    kind, content, _arrived = item
    if kind == "event":
        for key in ("Linkedid", "DestLinkedid", "linkedid"):
            if content.get(key):
                yield content[key]
    elif kind == "rows":
        yield from (row["linkedid"] for row in content[0])
