from odoo import models


class IrHttp(models.AbstractModel):
    """The client knows from the start which forms have a guide, and asks for none in vain."""

    _inherit = "ir.http"

    def session_info(self):
        result = super().session_info()
        if self.env.user._is_internal():
            result["work_guide_models"] = list(self.env["work.guide"]._guided_models())
            result["work_guide_editor"] = self.env["work.guide"]._is_editor()
        return result
