from odoo import api, models
from odoo.fields import Domain


class CalendarAttendee(models.Model):
    _inherit = "calendar.attendee"

    @api.model
    def _tenant_domain(self, mode):
        """One's own invitation can be answered, whoever sent it."""
        domain = super()._tenant_domain(mode)
        if domain.is_true():
            return domain
        return domain | Domain("partner_id", "=", self.env.user.partner_id.id)
