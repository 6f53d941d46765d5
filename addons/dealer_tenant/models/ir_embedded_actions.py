from odoo import api, models


class IrEmbeddedActions(models.Model):
    _inherit = "ir.embedded.actions"

    @api.model_create_multi
    def create(self, vals_list):
        """An action in a top bar that belongs to nobody appears to everybody."""
        if not self.env.su and self.env.user._is_tenant_user():
            vals_list = [{**vals, "user_id": self.env.uid} for vals in vals_list]
        return super().create(vals_list)
