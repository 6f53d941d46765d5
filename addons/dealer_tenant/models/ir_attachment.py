from odoo import api, models
from odoo.fields import Domain


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._tenant_unpublish()
        return attachments

    def write(self, vals):
        result = super().write(vals)
        if vals.get("public"):
            self._tenant_unpublish()
        return result

    @api.model
    def create_unique(self, values_list):
        """Stock looks for the same file among everybody's, and so tells that somebody has it."""
        if self.env.su or not self.env.user._is_tenant_user():
            return super().create_unique(values_list)
        return self.create(values_list).ids

    def _tenant_unpublish(self):
        """Stock hands out public files by their number, without a login.

        Pictures in a dealer's mailings need that. Nothing else of a dealer does.
        """
        if self.env.su or not self.env.user._is_tenant_user():
            return
        files = self.sudo().filtered("public")
        files.filtered(lambda file: not (file.mimetype or "").startswith("image/")).public = False

    def _can_return_content(self, field_name=None, access_token=None):
        """A rival's public file is not for a dealer's user; whoever has its link may use it."""
        if not access_token and self.env.user._is_tenant_user():
            self.check_access("read")
        return super()._can_return_content(field_name, access_token)

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
