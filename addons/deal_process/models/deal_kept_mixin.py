from odoo import api, models
from odoo.exceptions import UserError


class DealKeptMixin(models.AbstractModel):
    """Fields that the record keeps by itself: its buttons check and write them, nobody else.

    Whatever a form shows as read-only can be written over RPC or by an import all the same.
    """

    _name = "deal.kept.mixin"
    _description = "Fields that Buttons Set"

    #: Names of the fields; code that has checked writes them with `_write_kept`.
    _kept_fields = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_not_kept(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_not_kept(vals)
        return super().write(vals)

    def _write_kept(self, vals):
        """Write what is kept: `write` is the door, this the room behind it."""
        return super().write(vals)

    @api.model
    def _check_not_kept(self, vals):
        """Refuse a user's own values for what the record keeps.

        :raise UserError: naming the fields
        """
        kept = self._kept_fields & vals.keys()
        if kept and not self.env.su:
            labels = self.fields_get(kept, ["string"])
            raise UserError(
                self.env._(
                    "The process sets %(fields)s by itself: use the buttons.",
                    fields=", ".join(sorted(label["string"] for label in labels.values())),
                )
            )
