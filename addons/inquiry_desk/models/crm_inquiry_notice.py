from odoo import fields, models

from ..parsers.text import excerpt


class CrmInquiry(models.Model):
    """Telling the people concerned: popups and activities."""

    _inherit = "crm.inquiry"

    def _tell(self, users, event, title):
        """Show a popup to these users, if they work in the inquiry's company."""
        self.ensure_one()
        for user in users.filtered(lambda user: self.company_id in user.company_ids):
            message = " · ".join(
                filter(None, [self._who(), excerpt(self.subject or self.text, 80)])
            )
            payload = {
                "id": self.id,
                "event": event,
                "title": title(user),
                "message": message,
                "name": self.name,
            }
            user._bus_send("inquiry_desk/inquiry", payload)

    def _tell_heads(self, event):
        """Popup and activity for the head: a new lead, or something nobody could read."""
        self.ensure_one()
        heads = self.channel_id._heads(self.team_id or self.suggested_team_id)
        self._tell(heads, event, lambda user: self._event_title(user, event))
        if event in ("new", "to_sort") and not self.user_id:
            self._plan("inquiry_desk.mail_activity_triage", heads[:1])

    def _tell_responsible(self):
        """Popup and activity for the person responsible; the head's popup where there is none."""
        self.ensure_one()
        event = self.relation if self.relation in ("known", "thread", "reply") else "new"
        if self._is_spoken():  # whoever took the call knows of it
            self._answered(self.date)
        elif self.user_id:
            self._tell(self.user_id, event, lambda user: self._event_title(user, event))
            self._plan("inquiry_desk.mail_activity_answer", self.user_id)
        else:
            self._tell_heads(event)

    def _event_title(self, user, event):
        env = user.with_context(lang=user.lang).env
        titles = {
            "new": env._("New lead"),
            "known": env._("A customer is asking"),
            "thread": env._("More from the same person"),
            "reply": env._("The customer answered"),
            "to_sort": env._("Nobody could read this"),
            "late": env._("Waiting too long"),
            "assigned": env._("Assigned to you"),
        }
        return titles[event]

    def _plan(self, activity_xmlid, user):
        """Put the inquiry on somebody's list for today, once."""
        if not user:
            return
        activity_type = self.env.ref(activity_xmlid)
        same = self.activity_ids.filtered(
            lambda act: act.activity_type_id == activity_type and act.user_id == user
        )
        if not same:
            values = {
                "activity_type_id": activity_type.id,
                # the chatter shows an activity by its summary, without one by nothing
                "summary": activity_type.with_context(lang=user.lang).name,
                "res_model_id": self.env["ir.model"]._get_id(self._name),
                "res_id": self.id,
                "user_id": user.id,
                "date_deadline": fields.Date.context_today(self),
                "automated": True,
            }
            self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(values)

    def _clear_plans(self, activity_xmlid):
        """What somebody was asked to do is done."""
        activity_type = self.env.ref(activity_xmlid)
        self.sudo().activity_ids.filtered(
            lambda act: act.activity_type_id == activity_type
        ).unlink()

    def _who(self):
        return self.partner_id.name or self.contact_name or self.email or self.phone or ""
