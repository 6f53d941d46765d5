from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Command


class IrFilters(models.Model):
    _inherit = "ir.filters"

    @api.model_create_multi
    def create(self, vals_list):
        """A dealer user's filter is its own: one that names nobody would reach everybody."""
        if not self.env.su and self.env.user._is_tenant_user():
            vals_list = [
                {**vals, "user_ids": vals.get("user_ids") or [Command.set([self.env.uid])]}
                for vals in vals_list
            ]
        return super().create(vals_list)

    def write(self, vals):
        result = super().write(vals)
        if not self.env.su and self.env.user._is_tenant_user():
            self._check_not_global()
        return result

    def _check_not_global(self):
        for record in self.sudo():
            if not record.user_ids:
                raise AccessError(
                    self.env._(
                        "Filter %(name)s: only the OEM may share a filter with everybody.",
                        name=record.name,
                    )
                )
