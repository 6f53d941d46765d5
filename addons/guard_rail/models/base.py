from odoo import api, models


class Base(models.AbstractModel):
    """Creating, writing and deleting pass here whatever the door: form, list, import or RPC."""

    _inherit = "base"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if self._is_watched():
            self.env["guard.rail"]._check_create(records)
        return records

    def write(self, vals):
        if self._is_watched():
            self.env["guard.rail"]._check_write(self, vals)
            undo = self.env["guard.undo"]._remember(self, vals)
            result = super().write(vals)
            self.env["guard.rail"]._check_written(self, vals)
            undo._complete(self)
            return result
        return super().write(vals)

    def unlink(self):
        if self._is_watched():
            self.env["guard.rail"]._check_unlink(self)
        return super().unlink()

    def _is_watched(self):
        """Tell whether changes of these records are looked at; not while the system is built."""
        return self.env.registry.ready and self._name in self.env["guard.rail"]._watched_models()
