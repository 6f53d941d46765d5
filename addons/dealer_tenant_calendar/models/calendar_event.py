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

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """Stock looks into each meeting that a message hangs on, taking it that every user may:
        a search among messages would fail at the first meeting of a rival.
        """
        readable = self._filtered_access("read")
        operations = super(CalendarEvent, readable)._mail_get_operation_for_mail_message_operation(
            message_operation
        )
        return {**dict.fromkeys(self - readable, "read"), **operations}
