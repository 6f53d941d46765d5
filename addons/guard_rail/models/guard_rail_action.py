import json

from odoo import api, fields, models
from odoo.exceptions import ValidationError

NOT_METHODS = {"create", "write", "unlink", "read", "search", "browse"}


class GuardRailAction(models.Model):
    """The allow-list: what can be bound to a competence, and what can be undone.

    Add-ons ship lines; an administrator of the system adds more. Nothing outside the list can be
    guarded or replayed.
    """

    _name = "guard.rail.action"
    _description = "Action that Can Be Guarded"
    _order = "model, name"

    name = fields.Char(required=True, translate=True)
    model = fields.Char(string="Technical model", required=True, index=True)
    kind = fields.Selection(
        [("method", "Calling a method"), ("write", "Changing fields"), ("unlink", "Deleting")],
        required=True,
        default="method",
    )
    method = fields.Char(
        string="Methods",
        help="Public methods of the model that buttons call, parted by commas. Each is the same "
        "action; the first one is called when a colleague has confirmed.",
    )
    field_names = fields.Char(
        string="Fields", help="Technical names parted by commas: changing one of them."
    )
    values = fields.Char(
        string="Only to these values",
        help="JSON of field to list of values. For a method: writing such a value by another "
        "door is the same action.",
    )
    on_create = fields.Boolean(
        string="A new record counts", help="Making a record that the filter finds is the action."
    )
    shows = fields.Char(
        string="Shown to who confirms", help="Technical names of fields, parted by commas."
    )
    undo = fields.Boolean(string="Can be undone for a day")
    installed = fields.Boolean(compute="_compute_installed")
    rail_ids = fields.One2many("guard.rail", "action_id")

    @api.depends("model", "method")
    def _compute_installed(self):
        for action in self:
            known = action.model in self.env and not self.env[action.model]._abstract
            if known and action.kind == "method":
                model_class = type(self.env[action.model])
                known = all(hasattr(model_class, name) for name in action._names("method"))
            action.installed = known

    @api.constrains("kind", "model", "method", "field_names", "values", "undo")
    def _check_action(self):
        for action in self:
            problem = action._problem()
            if problem:
                raise ValidationError(
                    self.env._("%(action)s: %(problem)s", action=action.name, problem=problem)
                )

    def _problem(self):
        methods = self._names("method")
        if self.kind == "method" and not all(
            name.isidentifier() and not name.startswith("_") for name in methods or [""]
        ):
            return self.env._("name a public method.")
        if self.kind != "method" and methods:
            return self.env._("methods belong to the kind “Calling a method”.")
        for name in NOT_METHODS.intersection(methods):
            return self.env._("%(method)s is no method of a button.", method=name)
        if self.kind == "write" and not self._names("field_names"):
            return self.env._("name the fields.")
        if self.undo and self.kind != "write":
            return self.env._("only a change of fields can be undone.")
        try:
            self._values()
        except (ValueError, TypeError, AttributeError):
            return self.env._("the values are no JSON of field to list.")
        if self.model in self.env:
            fields_ = self.env[self.model]._fields
            for field in (*self._names("field_names"), *self._names("shows"), *self._values()):
                if field not in fields_:
                    return self.env._("%(field)s is no field of it.", field=field)
        return None

    def _names(self, column):
        return [name.strip() for name in (self[column] or "").split(",") if name.strip()]

    def _values(self):
        """Return {field: list of values} that make a change count."""
        values = json.loads(self.values or "{}")
        return {name: list(found) for name, found in values.items()}

    @api.model_create_multi
    def create(self, vals_list):
        actions = super().create(vals_list)
        self.env["guard.rail"]._update_registry()
        return actions

    def write(self, vals):
        result = super().write(vals)
        self.env["guard.rail"]._update_registry()
        return result

    def unlink(self):
        result = super().unlink()
        self.env["guard.rail"]._update_registry()
        return result
