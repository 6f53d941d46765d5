from odoo import api, models, tools


class IrModelAccess(models.Model):
    _inherit = "ir.model.access"

    @tools.ormcache("self.env.uid", "mode")
    def _get_allowed_models(self, mode="read"):
        """Deny by default: dealer users reach only models that the registry classifies."""
        allowed = super()._get_allowed_models(mode)
        if not self.env.user._is_tenant_user():
            return allowed
        return allowed & self.env["dealer.tenant.policy"].sudo()._permitted_models(mode)

    @api.model
    def _is_denied_to_tenant(self, model_name):
        """Tell whether the current user is a dealer user who may not read ``model_name``."""
        if self.env.su or not self.env.user._is_tenant_user():
            return False
        return model_name not in self._get_allowed_models("read")
