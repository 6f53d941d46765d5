from odoo import api, models
from odoo.fields import Domain


class MailNotification(models.Model):
    _inherit = "mail.notification"

    @api.model
    def _tenant_domain(self, mode):
        """Who was told what, and whose mail bounced, is known to sender and colleagues.

        Stock has no read rule here at all.
        """
        user = self.env.user
        if not user._is_tenant_user():
            return Domain.TRUE
        own = Domain("author_id", "=", user.partner_id.id)
        own |= Domain("res_partner_id", "=", user.partner_id.id)
        if user._is_lobby_user():
            return own
        return own | Domain("author_id.company_id", "in", self.env.companies.ids)
