from odoo import api, models
from odoo.tools import format_datetime


class CrmInquiry(models.Model):
    """The whole story of an inquiry on one screen."""

    _inherit = "crm.inquiry"

    @api.depends("commercial_partner_id")
    def _compute_history_ids(self):
        for inquiry in self:
            customer = inquiry.commercial_partner_id
            domain = [("commercial_partner_id", "=", customer.id), ("id", "!=", inquiry.id)]
            inquiry.history_ids = self.search(domain, limit=20) if customer else self.browse()

    def _compute_story(self):
        for inquiry in self:
            inquiry.story = self.env["ir.qweb"]._render(
                "inquiry_desk.inquiry_story", {"inquiry": inquiry, "steps": inquiry._story()}
            )

    def _story(self):
        """Return [(moment as the user reads it, icon, text)] in order."""
        steps = sorted(self._story_steps(), key=lambda step: step[0])
        return [(format_datetime(self.env, moment), icon, text) for moment, icon, text in steps]

    def _story_steps(self):
        """Return [(moment, icon, text)] of everything that happened."""
        self.ensure_one()
        return [
            *self._arrival_steps(),
            *self._treatment_steps(),
            *self._conversation_steps(),
            *self._outcome_steps(),
        ]

    def _arrival_steps(self):
        """How it came, was read and was matched."""
        parser = self.parser or self.env._("nobody")
        steps = [
            (
                self.date,
                "fa-inbox",
                self.env._(
                    "Received: %(kind)s, %(channel)s",
                    kind=self._label("kind"),
                    channel=self.channel_id.name,
                ),
            ),
            (self.date, "fa-book", self.env._("Read by: %(parser)s", parser=parser)),
        ]
        if self.relation:
            steps.append((self.date, "fa-user", f"{self._label('relation')}: {self._who()}"))
        return steps

    def _treatment_steps(self):
        """What we did with it."""
        lead = self.lead_id
        told = [
            (
                lead.create_date,
                "fa-star",
                self.env._("Lead: %(lead)s", lead=lead.name or ""),
            ),
            (
                self.ack_date,
                "fa-reply",
                self.env._("Acknowledged to %(address)s", address=self.email or ""),
            ),
            (
                self.assign_date,
                "fa-hand-o-right",
                self.env._("Assigned to %(user)s", user=self.user_id.name or ""),
            ),
            (self.escalation_date, "fa-bell", self.env._("Escalated: waited too long")),
        ]
        return [step for step in told if step[0]]

    def _conversation_steps(self):
        """What the same person sent later."""
        return [
            (
                event.date,
                "fa-comments",
                self.env._(
                    "Went on: %(number)s, %(kind)s", number=event.name, kind=event._label("kind")
                ),
            )
            for event in self.thread_ids
        ]

    def _outcome_steps(self):
        """The answer, and what came of it."""
        steps = []
        if self.response_date:
            hours = self.env._(
                "First answer after %(hours).1f working hours", hours=self.response_hours
            )
            steps.append((self.response_date, "fa-check", hours))
        if self.outcome:
            outcome = self.env._("Outcome: %(outcome)s", outcome=self._label("outcome"))
            steps.append((self.write_date, "fa-flag", outcome))
        return steps

    def _label(self, name):
        """Return the words for the value of a selection."""
        self.ensure_one()
        return dict(self._fields[name]._description_selection(self.env)).get(self[name], "")
