"""Tries every door to one record, as a user to whom it does not belong.

Plain Python on an environment: see ``isolation_maker``.
"""

import contextlib
import logging

from odoo.exceptions import AccessDenied, AccessError, MissingError
from odoo.service.model import call_kw

_logger = logging.getLogger(__name__)

SHUT, LEAK, NOT_APPLICABLE, ERROR = "shut", "leak", "none", "error"
DOORS = (
    "search",
    "count",
    "group",
    "name_search",
    "read",
    "write",
    "delete",
    "export",
    "attachment",
    "report",
    "reference",
)
READING_DOORS = ("search", "count", "group", "name_search", "read", "export", "reference")
CHANNELS = ("orm", "rpc")
REFUSALS = (AccessError, AccessDenied, MissingError)
PLAIN_TYPES = ("char", "text", "integer", "float", "boolean", "date", "datetime", "html")


class NoSuchDoor(Exception):
    """The kind has nothing to try here: no report, no files, nothing to write."""


class Prober:
    """Knocks at every door of records, by ORM and through the RPC dispatcher.

    :param env: environment of the intruder, without sudo
    :param owner_env: environment of the owner, the control: a door at which the owner meets
        the same error is no door
    """

    def __init__(self, env, owner_env=None):
        assert not env.su, "an administrator proves nothing"
        self.env = env
        self.owner = Prober(owner_env) if owner_env is not None else None
        self.problems = {}
        self._vehicles = {}
        self._reports = {}

    def probe(self, model_name, record_id):
        """Try all doors of one record.

        Nothing remains of it in the database.

        :return: ``{(door, channel): verdict}``
        """
        attempts = [(door, channel) for door in DOORS for channel in CHANNELS]
        reading = [attempt for attempt in attempts if attempt[0] in READING_DOORS]
        verdicts = self._read_attempts(reading, model_name, record_id)
        for door, channel in attempts:
            if (door, channel) not in verdicts:
                verdicts[door, channel] = self._attempt(door, channel, model_name, record_id)
        return verdicts

    def _read_attempts(self, attempts, model_name, record_id):
        """Try the doors that change nothing, in one savepoint.

        :return: verdicts of those that ended as such; the others are to be tried alone
        """
        verdicts = {}
        with self._undone():
            for door, channel in attempts:
                try:
                    verdicts[door, channel] = self._knock(door, channel, model_name, record_id)
                except Exception:
                    break
        return verdicts

    def _knock(self, door, channel, model_name, record_id):
        """Return the verdict; what is no refusal is raised."""
        call = self._call_orm if channel == "orm" else self._call_rpc
        try:
            got = getattr(self, f"_{door}")(call, model_name, record_id)
        except NoSuchDoor:
            return NOT_APPLICABLE
        except REFUSALS:
            return SHUT
        return LEAK if got else SHUT

    def sees(self, model_name, record_id):
        """Tell whether the user finds the record: the control for its owner."""
        with self._undone():
            try:
                return bool(self.env[model_name].search([("id", "=", record_id)]))
            except REFUSALS:
                return False

    def _attempt(self, door, channel, model_name, record_id):
        try:
            with self._undone():
                return self._knock(door, channel, model_name, record_id)
        except Exception as error:  # neither in nor kept out: somebody has to look
            if self.owner and self.owner._attempt(door, channel, model_name, record_id) == ERROR:
                return NOT_APPLICABLE
            self.problems[model_name, door, channel] = f"{type(error).__name__}: {error}"[:300]
            return ERROR

    @contextlib.contextmanager
    def _undone(self):
        """Run in a savepoint that is always rolled back."""
        savepoint = self.env.cr.savepoint(flush=False)
        try:
            with savepoint:
                yield
                savepoint.rollback()
        finally:
            self.env.transaction.clear()

    # The two ways in

    def _call_orm(self, model_name, ids, method, *args, **kwargs):
        records = self.env[model_name]
        return getattr(records if ids is None else records.browse(ids), method)(*args, **kwargs)

    def _call_rpc(self, model_name, ids, method, *args, **kwargs):
        arguments = list(args) if ids is None else [ids, *args]
        return call_kw(self.env[model_name], method, arguments, kwargs)

    # The doors: each returns something true when it opened

    def _search(self, call, model_name, record_id):
        return len(call(model_name, None, "search", [("id", "=", record_id)]))

    def _count(self, call, model_name, record_id):
        return call(model_name, None, "search_count", [("id", "=", record_id)])

    def _group(self, call, model_name, record_id):
        groups = call(
            model_name, None, "formatted_read_group", [("id", "=", record_id)], [], ["__count"]
        )
        return sum(group["__count"] for group in groups)

    def _name_search(self, call, model_name, record_id):
        name = self.env[model_name].sudo().browse(record_id).display_name or ""
        by_id = call(model_name, None, "name_search", "", [("id", "=", record_id)])
        by_name = call(model_name, None, "name_search", name[:60], [("id", "=", record_id)])
        return by_id or by_name

    def _read(self, call, model_name, record_id):
        return call(model_name, [record_id], "read", ["id", "display_name"]) or call(
            model_name, [record_id], "web_read", {"display_name": {}}
        )

    def _write(self, call, model_name, record_id):
        name, value = self._writable_value(model_name, record_id)
        call(model_name, [record_id], "write", {name: value})
        return True

    def _delete(self, call, model_name, record_id):
        call(model_name, [record_id], "unlink")
        return not self.env[model_name].sudo().browse(record_id).exists()

    def _export(self, call, model_name, record_id):
        exported = call(model_name, [record_id], "export_data", [".id", "display_name"])
        return exported["datas"]

    def _attachment(self, call, model_name, record_id):
        attachment = self._file_of(model_name, record_id)
        if call == self._call_orm:
            # what /web/content does
            found = self.env["ir.binary"]._find_record(
                res_model="ir.attachment", res_id=attachment.id
            )
            return self.env["ir.binary"]._get_stream_from(found).size
        found = call("ir.attachment", None, "search", [("id", "=", attachment.id)])
        return found or call("ir.attachment", [attachment.id], "read", ["name", "datas"])

    def _report(self, call, model_name, record_id):
        report = self._report_of(model_name)
        if call == self._call_orm:
            # what /report/html does
            html, _type = self.env["ir.actions.report"]._render_qweb_html(report, [record_id])
            return self._betrays(html, model_name, record_id)
        # no public method prints; over HTTP, tests/rpc tries /report
        return call("ir.actions.report", [report.id], "_render_qweb_html", report.id, [record_id])

    def _reference(self, call, model_name, record_id):
        """A many2one tells the name of its target: put the id into a draft of one's own."""
        vehicle, name = self._vehicle_to(model_name)
        spec = {name: {"fields": {"display_name": {}}}}
        draft = call(vehicle, [], "onchange", {name: record_id}, [name], spec)
        shown = (draft.get("value") or {}).get(name)
        return shown and shown.get("display_name")

    # What the doors need

    def _writable_value(self, model_name, record_id):
        """A plain field with the value it has: a change that changes nothing."""
        record = self.env[model_name].sudo().browse(record_id)
        for name, field in self.env[model_name]._fields.items():
            if (
                field.store
                and field.type in PLAIN_TYPES
                and not (field.compute or field.related or field.readonly)
                and not field.groups
                and name not in ("id", "create_date", "write_date", "active", "state")
            ):
                return name, record[name]
        raise NoSuchDoor

    def _file_of(self, model_name, record_id):
        """A file on the record, put there by its owner's system."""
        if model_name == "ir.attachment":
            return self.env["ir.attachment"].sudo().browse(record_id)
        if self.env[model_name]._transient or not self.env[model_name]._auto:
            raise NoSuchDoor
        owner = self.env[model_name].sudo().browse(record_id)
        company = owner.company_id.id if "company_id" in owner._fields else False
        return (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": "confidential.txt",
                    "raw": b"confidential",
                    "res_model": model_name,
                    "res_id": record_id,
                    "company_id": company,
                }
            )
        )

    def _report_of(self, model_name):
        if model_name not in self._reports:
            self._reports[model_name] = (
                self.env["ir.actions.report"]
                .sudo()
                .search(
                    [("model", "=", model_name), ("report_type", "in", ("qweb-pdf", "qweb-html"))],
                    limit=1,
                )
            )
        if not self._reports[model_name]:
            raise NoSuchDoor
        return self._reports[model_name].sudo(False)

    def _betrays(self, html, model_name, record_id):
        """A page without the record's data is paper, not a leak."""
        record = self.env[model_name].sudo().browse(record_id)
        text = html.decode() if isinstance(html, bytes) else html
        secrets = {record.display_name} | {
            str(record[name])
            for name, field in record._fields.items()
            if field.store and field.type == "char" and not field.groups
        }
        return any(len(secret) > 5 and secret in text for secret in secrets if secret)

    def _vehicle_to(self, model_name):
        """A model that the user may create and that points at ``model_name``."""
        if model_name not in self._vehicles:
            self._vehicles[model_name] = next(self._vehicles_to(model_name), None)
        if self._vehicles[model_name] is None:
            raise NoSuchDoor
        return self._vehicles[model_name]

    def _vehicles_to(self, model_name):
        for name in sorted(self.env.registry):
            model = self.env[name]
            if model._abstract or model._transient or not model.has_access("create"):
                continue
            for field in model._fields.values():
                if (
                    field.type == "many2one"
                    and field.comodel_name == model_name
                    and field.store
                    and not (field.related or field.compute or field.readonly or field.groups)
                ):
                    yield name, field.name
