from odoo import api, models
from odoo.fields import Domain


class CalendarEvent(models.Model):
    _name = "calendar.event"
    _inherit = ["calendar.event", "dealer.tenant.owned.mixin"]

    @api.model
    def _tenant_domain(self, mode):
        """A meeting is seen by its company and by whoever is invited.

        The OEM's area manager and a dealer meet; two rivals do not, since neither can invite
        the other.
        """
        domain = super()._tenant_domain(mode)
        if domain.is_true() or mode not in ("read", "write"):
            return domain
        return domain | Domain("partner_ids", "in", self.env.user.partner_id.ids)
