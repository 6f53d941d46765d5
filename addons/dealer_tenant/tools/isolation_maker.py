"""Makes one record of any kind, as a user does who opens a form and fills what it asks for.

Plain Python on an environment, so that the same code measures stock Odoo, where none of our
models exist (``tests/bench/isolation.py``).
"""

import base64
import logging

from psycopg2.errors import NotNullViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Date, Datetime
from odoo.tools import mute_logger

_logger = logging.getLogger(__name__)

PIXEL = base64.b64encode(
    base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )
)
MAGIC_COLUMNS = ("id", "create_uid", "create_date", "write_uid", "write_date")
MARK = "Isolation probe"
MAX_DEPTH = 4


class NotMade(Exception):
    """The kind cannot be made by hand; the reason is the message."""


class Maker:
    """Makes and remembers one record of each kind, as one user.

    :param env: environment of the user, as dealers work: no sudo
    :param recipes: callable ``(model name) -> callable(maker) or None`` for kinds that need
        more than their required fields; a recipe returns values, or the record itself
    :param links: callable ``(model name) -> names`` of many2one fields to fill although they
        are not required: a line without its document is nobody's
    """

    def __init__(self, env, recipes=None, links=None):
        self.env = env
        self._recipes = recipes or (lambda model_name: None)
        self._links = links or (lambda model_name: ())
        self.made = {}
        self._open = []

    def record(self, model_name):
        """Return a record of the kind, made by the user unless it exists already.

        :raise NotMade: with the reason
        """
        if model_name in self.made:
            return self.made[model_name]
        if model_name in self._open or len(self._open) >= MAX_DEPTH:
            raise NotMade(f"needs {model_name} to make itself")
        self._open.append(model_name)
        made = dict(self.made)
        try:
            record = self._in_savepoint(model_name)
        except Exception:
            # what was made on the way is rolled back with it
            self.made = made
            raise
        finally:
            self._open.pop()
        self.made[model_name] = record
        return record

    def _in_savepoint(self, model_name):
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                record = self._make(model_name)
                self.env.flush_all()
        except NotMade:
            self.env.transaction.clear()
            raise
        except Exception as error:  # whatever a form could raise
            self.env.transaction.clear()
            raise NotMade(_reason(error)) from error
        if not record:
            raise NotMade("nothing came of it")
        return record

    def _make(self, model_name):
        recipe = self._recipes(model_name)
        values = recipe(self) if recipe else {}
        if hasattr(values, "_name"):
            return values
        model = self.env[model_name]
        if not model.has_access("create"):
            raise NotMade("read only")
        proposed = self.values(model_name, values)
        insisting = self.values(model_name, values, insist=True)
        try:
            with self.env.cr.savepoint():
                record = model.create(proposed)
                self.env.flush_all()
                return record
        except NotNullViolation:
            # what the form computes on the way has to be given
            self.env.transaction.clear()
            return model.create(insisting)

    def values(self, model_name, given, insist=False):
        """Return what the form proposes, completed where it insists on a value.

        :param dict given: values that are known
        :param insist: fill required fields even if they are computed
        """
        model = self.env[model_name]
        delegates = set(model._inherits.values())
        fields = {
            name: field
            for name, field in model._fields.items()
            if field.store and name not in MAGIC_COLUMNS and name not in delegates
        }
        proposed = model.default_get([name for name in fields if not fields[name].readonly])
        values = {**proposed, **given}
        for name, field in fields.items():
            if not self._wants(model, name, field, insist):
                continue
            if name not in values or (field.type == "many2one" and not values[name]):
                values[name] = self._value(model, field, values)
        return values

    def _wants(self, model, name, field, insist):
        if field.inherited or field.related:
            return False
        if name in self._links(model._name):
            return True
        if name == model._rec_name and field.type == "char" and not field.readonly:
            return not field.compute or insist
        return field.required and (not field.compute or (insist and not field.readonly))

    def _value(self, model, field, values):
        kind = field.type
        if kind in ("many2one", "many2many"):
            target = self.target(field.comodel_name)
            return target.id if kind == "many2one" else [Command.set(target.ids)]
        if kind == "one2many":
            return []
        if kind == "many2one_reference":
            return self.target(values.get(field.model_field) or "res.partner").id
        if kind == "reference":
            return f"res.partner,{self.target('res.partner').id}"
        if kind == "selection":
            options = field.get_values(model.env)
            return "res.partner" if "res.partner" in options else options[0]
        if kind == "char" and field.name in ("model", "res_model", "model_name"):
            return "res.partner"
        return _plain_value(kind, f"{MARK} {model._name}")

    def target(self, comodel_name):
        """Return a record to point at: one's own, or any that the user may choose."""
        if comodel_name in self.made:
            return self.made[comodel_name]
        if comodel_name == "res.company":
            return self.env.company
        if comodel_name == "res.users":
            return self.env.user.sudo(False)
        try:
            return self.record(comodel_name)
        except NotMade:
            found = self.env[comodel_name].search([], limit=1)
            if not found:
                raise
            return found


def _plain_value(kind, text):
    values = {
        "char": text,
        "text": text,
        "html": text,
        "integer": 1,
        "float": 1.0,
        "monetary": 1.0,
        "boolean": False,
        "date": Date.today(),
        "datetime": Datetime.now(),
        "binary": PIXEL,
        "image": PIXEL,
        "json": {},
    }
    if kind not in values:
        raise NotMade(f"no value for a field of type {kind}")
    return values[kind]


def _reason(error):
    if isinstance(error, AccessError):
        return "not allowed"
    if isinstance(error, (UserError, ValidationError)):
        return str(error).strip().split("\n")[0][:200]
    return (
        f"{type(error).__name__}: {str(error).strip().splitlines()[0][:160] if str(error) else ''}"
    )
