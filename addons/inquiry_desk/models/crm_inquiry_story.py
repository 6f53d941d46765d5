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
                "inquiry_desk.inquiry_story", {"inquiry": inquiry, "steps": inquiry._story_steps()}
            )

    def _story_steps(self):
        """Return [(moment, icon, text)] of everything that happened, in order."""
        self.ensure_one()
        _ = self.env._
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        relations = dict(self._fields["relation"]._description_selection(self.env))
        outcomes = dict(self._fields["outcome"]._description_selection(self.env))
        steps = [
            (
                self.date,
                "fa-inbox",
                _(
                    "Received: %(kind)s, %(channel)s",
                    kind=kinds.get(self.kind),
                    channel=self.channel_id.name,
                ),
            )
        ]
        steps.append(
            (self.date, "fa-book", _("Read by: %(parser)s", parser=self.parser or _("nobody")))
        )
        if self.relation:
            steps.append((self.date, "fa-user", f"{relations[self.relation]}: {self._who()}"))
        if self.lead_id:
            steps.append(
                (self.lead_id.create_date, "fa-star", _("Lead: %(lead)s", lead=self.lead_id.name))
            )
        if self.ack_date:
            steps.append(
                (self.ack_date, "fa-reply", _("Acknowledged to %(address)s", address=self.email))
            )
        if self.assign_date:
            steps.append(
                (
                    self.assign_date,
                    "fa-hand-o-right",
                    _("Assigned to %(user)s", user=self.user_id.name or ""),
                )
            )
        if self.escalation_date:
            steps.append((self.escalation_date, "fa-bell", _("Escalated: waited too long")))
        steps += [
            (
                event.date,
                "fa-comments",
                _("Went on: %(number)s, %(kind)s", number=event.name, kind=kinds.get(event.kind)),
            )
            for event in self.thread_ids
        ]
        if self.response_date:
            steps.append(
                (
                    self.response_date,
                    "fa-check",
                    _("First answer after %(hours).1f working hours", hours=self.response_hours),
                )
            )
        if self.outcome:
            steps.append(
                (
                    self.write_date,
                    "fa-flag",
                    _("Outcome: %(outcome)s", outcome=outcomes[self.outcome]),
                )
            )
        steps = [step for step in steps if step[0]]
        return [
            (format_datetime(self.env, moment), icon, text)
            for moment, icon, text in sorted(steps, key=lambda step: step[0])
        ]
