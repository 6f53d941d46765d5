"""Every public method of our models, called on records that the caller may not read.

The isolation check tries what the ORM offers on every model. Models offer more: whatever has no
underscore answers to anybody with a login, and what works with more rights inside must look
whose record it is given. Real users of the demo region call each of them, over the web client's
route, on records of other dealers and of the OEM: refused, or nothing comes back and nothing of
theirs changes.
"""

import bisect
import contextlib
import inspect
import json
import re

import pytest

from odoo.sql_db import db_connect
from odoo.tools import SQL

from odoo.addons.dealer_tenant.tools.isolation_maker import NotMade

from harness import ROOT, served_region

ADDONS = {path.name for path in (ROOT / "addons").iterdir()}
#: Extended by us on every model. The isolation check and test_isolation_http.py try these doors.
ORM_DOORS = {"create", "write", "unlink", "onchange", "default_get", "export_data"}
#: Extended by us on every thread: what a stranger to the record could say or hear there.
THREAD_DOORS = {
    "message_post": {"body": "Knock"},
    "message_notify": {"body": "Knock", "partner_ids": "own"},
    "message_subscribe": {"partner_ids": "own"},
}
#: Kinds that are handed over as a model's name and a number, by methods for any kind.
SHOWN_BY_NUMBER = {
    "crm.inquiry",
    "crm.lead",
    "dealer.dealer",
    "equipment.unit",
    "res.partner",
    "sale.order",
    "stock.picking",
}
GUARDED = ("tenant", "network", "personal")
REFUSALS = {
    "odoo.exceptions.AccessError",
    "odoo.exceptions.MissingError",
    "odoo.exceptions.UserError",
    "odoo.exceptions.ValidationError",
    "odoo.exceptions.RedirectWarning",
}
THIEVES = (
    "sales1@taiga.example",
    "principal@taiga.example",
    "principal@kedr.example",  # of a light dealer, in the company of all of them
)
PER_OWNER = 1  # records of one model and owner that are tried
TELLING = 8  # letters of a text that is not there by chance
#: What arguments that are no ids are filled with, by their name.
PLAIN = {
    "code": "offer",
    "domain": [],
    "fields": ["id"],
    "groupby": ["state"],
    "keyword": "Rivage",
    "message": "From: x@check.invalid\nMessage-Id: <fed@check.invalid>\n\nKnock",
    "model": "crm.lead",
    "msg_dict": {"subject": "Knock", "body": "Knock", "message_id": "<knock@check.invalid>"},
    "number": "+33450000000",
    "permission": "sell",
    "reason": "Because",
    "values": {},
    "values_list": [],
}
#: Answers that are no refusal, and why they give nothing away.
HARMLESS = {
    ("crm.inquiry", "message_new"): "an inquiry on one's own desk, where the channel is gone",
    ("crm.inquiry", "web_read_group"): "a search: counts what the caller may read",
    ("dealer.competence.matrix", "load"): "an empty matrix",
    ("dealer.network.screen", "search_tree"): "a search: finds what the caller may read",
    ("ir.ui.menu", "get_user_roots"): "the caller's own menus",
    ("work.guide", "panel"): "guides belong to the OEM, and are chosen by the kind of record",
    "message_notify": "the number of a message to the caller's own partner",
}
#: Tables in which a call leaves a trace by its nature, and why that is no harm.
TRACES = {
    "bus_bus": "messages to the caller's own browser",
    "mail_mail": "mails to the caller's own partner",
    "res_device_log": "sessions",
    "res_users_log": "sessions",
}


class Door:
    """One public method of one model."""

    def __init__(self, env, model_name, name):
        method = getattr(env.registry[model_name], name)
        self.model, self.name = model_name, name
        self.on_model = bool(getattr(method, "_api_model", False))
        parameters = list(inspect.signature(method).parameters.values())[1:]
        self.parameters = {
            parameter.name: parameter.default
            for parameter in parameters
            if parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
        }


def public_methods(env):
    """Return the doors: methods that our add-ons define or extend, and RPC lets through."""
    doors = []
    for model_name in sorted(env.registry):
        registered = env.registry[model_name]
        if registered._abstract and registered._inherit_children:
            continue  # called on the models that are made of it
        names = {
            name
            for cls in registered.__mro__
            if _addon(cls) in ADDONS
            for name, member in vars(cls).items()
            if inspect.isfunction(member) and not name.startswith("_")
        }
        for name in sorted(names - ORM_DOORS):
            private = any(
                getattr(getattr(cls, name, None), "_api_private", False)
                for cls in registered.__mro__
            )
            if not private and (name in THREAD_DOORS or not _is_generic(registered, name)):
                doors.append(Door(env, model_name, name))
    return doors


def _addon(cls):
    parts = cls.__module__.split(".")
    return parts[2] if parts[:2] == ["odoo", "addons"] else None


def _is_generic(registered, name):
    """Tell whether only our extensions of every model define the method."""
    owners = (cls for cls in registered.__mro__ if name in vars(cls))
    return all(getattr(cls, "_name", "base") == "base" for cls in owners)


class Booty:
    """What belongs to others than the thief, by model, and the texts that would betray it."""

    def __init__(self, env, login):
        self.user = env["res.users"].search([("login", "=", login)]).ensure_one()
        self.ids, self.shared, self.texts = {}, {}, set()
        known = set()
        for model_name in sorted({door.model for door in public_methods(env)}):
            model = env[model_name].sudo().with_context(active_test=False)
            if model._abstract or not model._auto:
                continue
            every = model.search([], limit=1000)
            readable = self.readable(every)
            foreign = every - readable
            tenancy = tenancy_class(env, model_name)
            if foreign:
                self.ids[model_name] = sample(foreign)
            elif tenancy == "shared" and self.user._is_tenant_user():
                self.shared[model_name] = readable[:1].ids
            known.update(texts(readable))
            if tenancy in GUARDED:
                self.texts.update(texts(foreign))
        # every refusal names the kind of record
        known.update(model._description for model in env.registry.values())
        self.texts -= known

    def readable(self, records):
        """Return those of ``records`` that the thief may read."""
        return records.with_user(self.user).sudo(False)._filtered_access("read").sudo()

    def arguments(self, door, record_id):
        """Return arguments by their names: ids of others' records, else something of the type."""
        wanted = {}
        for name, default in door.parameters.items():
            comodel = self._named_model(name)
            if name == "custom_values":
                wanted[name] = {f"{m.split('.')[-1]}_id": ids[0] for m, ids in self.ids.items()}
            elif comodel:
                wanted[name] = self.ids[comodel][0]
            elif name == "record_id":
                wanted[name] = record_id
            elif default is inspect.Parameter.empty:
                wanted[name] = PLAIN[name]
        return wanted

    def _named_model(self, name):
        """Return the model of others' records at which ``name`` points: dealer_id, version_id."""
        stem = name.removesuffix("_id")
        models = (model for model in self.ids if model.replace(".", "_").endswith(stem))
        return next(models, None) if stem != name and name != "record_id" else None


def tenancy_class(env, model_name):
    policy = env["dealer.tenant.policy"]._policy(model_name)
    return policy.tenancy_class if policy else "denied"


def sample(records):
    """Return ids of some records of each owner."""
    columns = ("company_id", "dealer_id", "create_uid")
    column = next((name for name in columns if name in records._fields), None)
    groups = records.grouped(column).values() if column else [records]
    return [record.id for group in groups for record in group[:PER_OWNER]]


def texts(records):
    """Yield what stands in the columns of ``records`` and is long enough to be telling."""
    names = [
        name
        for name, field in records._fields.items()
        if field.store and field.column_type and field.type in ("char", "text", "html")
    ]
    for record in records[:300]:
        for name in names:
            value = record[name]
            # a single word is a kind, a field or a technical name as well
            if value and len(value) >= TELLING and not re.fullmatch(r"[^\W\d]+[\w.]*", value):
                yield str(value)


class Ledger:
    """Who changed which row of the region's database: by the number of its transaction."""

    def __init__(self, region):
        self.db, self.calls = region.db, []
        self.start = self._now()
        self.before = self._rows()

    def _query(self, query, *arguments):
        with db_connect(self.db).cursor() as cr:
            cr.execute(SQL(query, *arguments))
            return cr.fetchall()

    def _now(self):
        return self._query("SELECT txid_current()")[0][0]

    def note(self, call):
        self.calls.append((self._now(), call))

    def _rows(self):
        tables = self._query(
            """SELECT table_name FROM information_schema.columns
                 JOIN information_schema.tables USING (table_schema, table_name)
                WHERE table_schema = 'public' AND column_name = 'id' AND data_type = 'integer'
                  AND table_type = 'BASE TABLE'"""
        )
        return {table: set(self._ids(table)) for (table,) in tables}

    def _ids(self, table, since=0):
        query = "SELECT id FROM %s WHERE xmin::text::bigint >= %s"
        return [row[0] for row in self._query(query, SQL.identifier(table), since)]

    def changes(self):
        """Yield (table, id, "new", "changed" or "gone", the call that did it)."""
        now = self._rows()
        for table, before in self.before.items():
            for row in before - now[table]:
                yield table, row, "gone", None
            for row in self._ids(table, self.start):
                yield table, row, "changed" if row in before else "new", self._call(table, row)

    def _call(self, table, row):
        query = "SELECT xmin::text::bigint FROM %s WHERE id = %s"
        number = self._query(query, SQL.identifier(table), row)[0][0]
        at = bisect.bisect([moment for moment, _call in self.calls], number) - 1
        return self.calls[at][1] if at >= 0 else None


def attempts(env, booty):
    """Yield (model, method, args, kwargs) of every call to try."""
    for door in public_methods(env):
        if door.on_model:
            if "model" in door.parameters:
                for model_name in booty.ids.keys() & SHOWN_BY_NUMBER:
                    given = booty.arguments(door, booty.ids[model_name][0])
                    yield door.model, door.name, [], {**given, "model": model_name}
            else:
                yield door.model, door.name, [], booty.arguments(door, 0)
            continue
        ids = booty.ids.get(door.model) or booty.shared.get(door.model) or []
        for record_id in ids[:1] if door.name in THREAD_DOORS else ids:
            given = THREAD_DOORS.get(door.name)
            if given is None:
                given = booty.arguments(door, record_id)
            elif door.model in booty.shared:
                continue
            given = {
                name: [booty.user.partner_id.id] if value == "own" else value
                for name, value in given.items()
            }
            yield door.model, door.name, [[record_id]], given


def betrayed(booty, answer):
    said = json.dumps(answer, ensure_ascii=False)
    return [text for text in booty.texts if text in said]


def verdict(booty, name, args, kwargs, answer):
    """Return what is wrong with an answer, or None."""
    told = betrayed(booty, answer)
    if told:
        return f"tells {told[:3]}"
    if "error" in answer:
        name = answer["error"]["data"]["name"]
        return None if name in REFUSALS else f"{name}: {answer['error']['data']['message']}"
    result = answer.get("result")
    if not args and not kwargs:
        return None  # what the caller may know of its own accord
    if not result or result is True:
        return None
    if isinstance(result, dict) and str(result.get("type", "")).startswith("ir.actions."):
        return None
    if name in HARMLESS or name[1] in HARMLESS:
        return None
    return f"answers {str(result)[:200]}"


@pytest.fixture(scope="module")
def region():
    """A region of its own: no job runs any more, and hundreds of records stay."""
    with served_region() as running:
        yield running


@pytest.fixture(scope="module")
def owned(region):
    """Give the dealer of the demo what no story of it holds: one record of every kind."""
    region.switch_off_jobs()
    with region.env() as env:
        dealer = env.ref("dealer_network.dealer_rivage")
        makers = env["dealer.isolation.check"]._makers(dealer)
        for model_name in sorted({door.model for door in public_methods(env)}):
            if not env.registry[model_name]._abstract:
                make(makers, model_name)


def make(makers, model_name):
    """Make a record, or the form of an open dialog, as the dealer's user or the OEM can."""
    for maker in makers.values():
        with contextlib.suppress(NotMade):
            return maker.record(model_name)


def call(web, model, method, args, kwargs):
    """Call as the web client does; an argument may be named like one of `Web.call`."""
    route = f"/web/dataset/call_kw/{model}/{method}"
    return web.json(route, model=model, method=method, args=args, kwargs=kwargs)


@pytest.mark.parametrize("login", THIEVES)
def test_methods_on_others_records(region, owned, login):
    with region.env() as env:
        booty = Booty(env, login)
        calls = list(attempts(env, booty))
    web, ledger, problems = region.web(login), Ledger(region), []
    for model, method, args, kwargs in calls:
        ledger.note((model, method, args, kwargs))
        answer = call(web, model, method, args, kwargs)
        problem = verdict(booty, (model, method), args, kwargs, answer)
        if problem:
            problems.append((model, method, args, kwargs, problem))
    with region.env() as env:
        problems += harm(env, booty.user, ledger)
    assert problems == [], "\n".join(map(str, problems))


def harm(env, user, ledger):
    """Return the changes at rows that the user may not even read."""
    tables = {model._table: name for name, model in env.registry.items() if model._auto}
    found = []
    for table, row, what, call in ledger.changes():
        model_name = tables.get(table)
        if table in TRACES or not model_name:
            continue
        record = env[model_name].with_user(user).browse(row)
        closed = tenancy_class(env, model_name) == "shared" and user._is_tenant_user()
        if what == "gone" or closed or not record._filtered_access("read"):
            found.append((what, model_name, row, call))
    return found
