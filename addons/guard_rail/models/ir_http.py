from odoo import models


class IrHttp(models.AbstractModel):
    """The client offers Undo only in forms where something can be undone."""

    _inherit = "ir.http"

    def session_info(self):
        result = super().session_info()
        if self.env.user._is_internal():
            result["guard_undo_models"] = sorted(self.env["guard.rail"]._undo_fields())
        return result
