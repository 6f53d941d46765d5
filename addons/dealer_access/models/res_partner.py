from odoo import api, models
from odoo.fields import Domain


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _tenant_domain(self, mode):
        """A dealer sees who of the OEM asks to look into its data."""
        domain = super()._tenant_domain(mode)
        user = self.env.user
        if mode != "read" or not user._is_tenant_user() or not user.dealer_id:
            return domain
        accesses = (
            self.env["dealer.support.access"]
            .sudo()
            .search([("dealer_id", "=", user.sudo().dealer_id.id), ("state", "!=", "draft")])
        )
        return domain | Domain("id", "in", accesses.user_id.partner_id.ids)
