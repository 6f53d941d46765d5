from odoo import api, models
from odoo.fields import Domain


class ResPartnerGrade(models.Model):
    _inherit = "res.partner.grade"

    @api.model
    def _tenant_domain(self, mode):
        """Besides the levels of its company, a dealer reads the OEM's level that its contact has.

        Whoever changes that level clears the cache of the domains (``dealer_tier_partnership``).
        """
        domain = super()._tenant_domain(mode)
        if mode == "read" and not domain.is_true():
            domain |= Domain("id", "in", self.env.user.sudo().dealer_id.partner_id.grade_id.ids)
        return domain
