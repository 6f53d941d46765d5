from odoo import api, models
from odoo.exceptions import UserError


class KeptFieldMixin(models.AbstractModel):
    """Fields that the record keeps by itself: its buttons check and write them, nobody else.

    Whatever a form shows as read-only can be written over RPC or by an import all the same.
    """

    _name = "kept.field.mixin"
    _description = "Fields that Buttons Set"

    #: Names of the fields; code that has checked writes them with `_write_kept`, or as superuser.
    _kept_fields = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_not_kept(self._beyond_defaults(vals), "create")
        return super(KeptFieldMixin, self._without_kept_defaults()).create(vals_list)

    def write(self, vals):
        self._check_not_kept(vals, "write")
        return super().write(vals)

    def _write_kept(self, vals):
        """Write what is kept: `write` is the door, this the room behind it."""
        return super().write(vals)

    @api.model
    def _beyond_defaults(self, vals):
        """Return what says more than the defaults, which clients fetch first and send back."""
        defaults = {name: self._fields[name].default for name in self._kept_fields & vals.keys()}
        return {
            name: value
            for name, value in vals.items()
            if name not in defaults
            or (value and value != (defaults[name] and defaults[name](self)))
        }

    def _without_kept_defaults(self):
        """Return the model without a caller's defaults for what the record keeps."""
        defaults = {f"default_{name}" for name in self._kept_fields} & self.env.context.keys()
        if self.env.su or not defaults:
            return self
        context = {name: value for name, value in self.env.context.items() if name not in defaults}
        # replaced, as a context that is merged would keep them
        return self.with_context(context)  # pylint: disable=context-overridden

    def _check_not_kept(self, vals, operation):
        """Refuse a user's own values for what the record keeps.

        :raise AccessError: he may not write the record at all
        :raise UserError: naming the fields
        """
        kept = self._kept_fields & vals.keys()
        if kept and not self.env.su:
            self.check_access(operation)
            labels = self.fields_get(kept, ["string"])
            raise UserError(
                self.env._(
                    "The record sets %(fields)s by itself: use the buttons.",
                    fields=", ".join(sorted(label["string"] for label in labels.values())),
                )
            )
