from datetime import UTC, timedelta

from odoo import api, fields, models


class CrmInquiry(models.Model):
    """Suggestion, assignment, and the time it may take: deadline and escalation."""

    _inherit = "crm.inquiry"

    # ------------------------------------------------------------------ suggestion
    def _suggest(self):
        """Find direction, department and person by the rules; assign where the rule says so."""
        for inquiry in self:
            directions = self.env["crm.inquiry.direction"].search(
                [("company_id", "in", [False, inquiry.company_id.id])]
            )
            inquiry.direction_id = inquiry.direction_id or directions._of(inquiry._words_text())
            rules = self.env["crm.inquiry.rule"].search(
                [("company_id", "=", inquiry.company_id.id)]
            )
            inquiry._apply_rule(rules._for(inquiry))

    def _apply_rule(self, rule):
        self.ensure_one()
        team = rule.team_id or self._team_of_direction() or self.channel_id.team_id
        person = rule._person() if rule else self.env["res.users"]
        self.rule_id, self.suggested_team_id = rule, team
        self.suggested_user_id = person or rule.user_id or team.user_id
        if person and not self.user_id:
            self.write(
                {
                    "user_id": person.id,
                    "team_id": team.id,
                    "state": "assigned",
                    "assign_date": fields.Datetime.now(),
                }
            )

    def _team_of_direction(self):
        team = self.direction_id.team_id
        return (
            team
            if team.company_id in (self.company_id, team.company_id.browse())
            else team.browse()
        )

    def _words_text(self):
        """Return the text that words are looked for in."""
        return " ".join(filter(None, [self.subject, self.text, self.product, self.page]))

    # ------------------------------------------------------------------ clock
    def _deadline(self):
        """Return when the first answer is due: the SLA of the channel in its working hours."""
        self.ensure_one()
        hours = self.channel_id.sla_hours
        if not hours or self.robot:
            return False
        calendar = self.channel_id._calendar()
        if not calendar:
            return self.date + timedelta(hours=hours)
        due = calendar.plan_hours(hours, self.date.replace(tzinfo=UTC), compute_leaves=True)
        return (
            due.astimezone(UTC).replace(tzinfo=None) if due else self.date + timedelta(hours=hours)
        )

    def _working_hours(self, start, end):
        """Return the working hours between two naive UTC moments."""
        self.ensure_one()
        calendar = self.channel_id._calendar()
        if not calendar or end <= start:
            return max((end - start).total_seconds() / 3600, 0.0)
        return calendar.get_work_hours_count(start.replace(tzinfo=UTC), end.replace(tzinfo=UTC))

    @api.model
    def _cron_escalate(self):
        """Raise what is late: once when the time is up, once more when it is up twice."""
        now = fields.Datetime.now()
        domain = [
            ("state", "in", ("queued", "assigned", "to_sort")),
            ("response_date", "=", False),
            ("deadline", "<", now),
        ]
        # each level for itself: many that wait for the second must not hide the first
        late = self.search([*domain, ("escalation", "=", 0)], order="deadline", limit=500)
        late |= self.search([*domain, ("escalation", "=", 1)], order="deadline", limit=500)
        self.env["ir.cron"]._commit_progress(remaining=len(late))
        for inquiry in late:
            level = 2 if now > inquiry._second_deadline() else 1
            if level > inquiry.escalation:
                inquiry._escalate(level)
            self.env["ir.cron"]._commit_progress(1)

    def _second_deadline(self):
        """Return when twice the time of the first answer is up."""
        calendar, hours = self.channel_id._calendar(), 2 * self.channel_id.sla_hours
        due = calendar and calendar.plan_hours(
            hours, self.date.replace(tzinfo=UTC), compute_leaves=True
        )
        return (
            due.astimezone(UTC).replace(tzinfo=None) if due else self.date + timedelta(hours=hours)
        )

    def _escalate(self, level):
        """First to the person responsible and his head, then to the head of the channel alone."""
        self.ensure_one()
        team = self.team_id or self.suggested_team_id
        people = (
            self.user_id | self.channel_id._heads(team) if level == 1 else self.channel_id._heads()
        )
        self.with_context(tracking_disable=True).write(
            {"escalation": level, "escalation_date": fields.Datetime.now()}
        )
        self._tell(people, "late", lambda user: self._event_title(user, "late"))
        self._plan("inquiry_desk.mail_activity_late", (self.channel_id._heads(team) or people)[:1])
