from odoo import api, models
from odoo.fields import Domain


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.model
    def _tenant_domain(self, mode):
        """Files follow the document they hang on, as in stock.

        Stock lets everybody read a *public* file. Dealers read the public files of the OEM
        and their own; a rival's public picture is not theirs to see.
        """
        if not self.env.user._is_tenant_user():
            return Domain.TRUE
        own = Domain("company_id", "in", self.env.companies.ids)
        if mode != "read":
            return own | Domain("company_id", "=", False)
        rivals = self.env["res.company"].sudo()._tenant_company_ids() - set(self.env.companies.ids)
        return Domain("public", "=", False) | Domain("company_id", "not in", list(rivals))
