from datetime import timedelta

from odoo import api, fields, models


class CrmInquiryTriageCheck(models.Model):
    """One time at which the queue was to be sorted, and when it was."""

    _name = "crm.inquiry.triage.check"
    _description = "Triage Check"
    _order = "date desc, id desc"
    _rec_name = "date"

    triage_id = fields.Many2one("crm.inquiry.triage", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="triage_id.company_id", store=True, index=True)
    user_id = fields.Many2one(related="triage_id.user_id", store=True)
    date = fields.Datetime(string="Due", required=True)
    date_done = fields.Datetime(string="Sorted")
    waiting = fields.Integer(help="Inquiries in the queue at that time.")
    oldest_hours = fields.Float(string="Oldest (h)", aggregator="max")
    delay_hours = fields.Float(
        string="Delay (h)", compute="_compute_delay_hours", store=True, aggregator="avg"
    )
    state = fields.Selection(
        [
            ("open", "Under way"),
            ("done", "In time"),
            ("late", "Late, not sorted yet"),
            ("done_late", "Late"),
        ],
        required=True,
        default="open",
    )
    on_time = fields.Float(
        string="In time (%)",
        compute="_compute_on_time",
        store=True,
        aggregator="avg",
        help="100 when sorted in time.",
    )

    @api.depends("date", "date_done")
    def _compute_delay_hours(self):
        for check in self:
            check.delay_hours = (
                (check.date_done - check.date).total_seconds() / 3600 if check.date_done else 0
            )

    @api.depends("state")
    def _compute_on_time(self):
        for check in self:
            check.on_time = 100.0 if check.state in ("done", "open") else 0.0

    def _follow(self, now):
        """Close checks whose queue is empty by now; mark what is overdue and alert again."""
        for check in self:
            limit = check.date + timedelta(hours=check.triage_id.tolerance)
            left = self.env["crm.inquiry"].search(
                check.triage_id._queue_domain(check.date), order="date", limit=1
            )
            if not left:
                check.write(
                    {
                        "date_done": now,
                        "state": "done" if now <= limit and check.state == "open" else "done_late",
                    }
                )
            elif now > limit and check.state == "open":
                check.state = "late"
                check._alert(left)

    def _alert(self, oldest):
        """Tell who sorts, and on delay his head, that the queue waits."""
        self.ensure_one()
        people = self.user_id
        if self.state == "late":
            people |= oldest.channel_id._heads(oldest.suggested_team_id)
        oldest._tell(people, "triage", self._title)
        oldest._plan("inquiry_desk.mail_activity_triage", self.user_id)

    def _title(self, user):
        env = user.with_context(lang=user.lang).env
        if self.state == "late":
            return env._("The queue should have been sorted by now")
        return env._("Time to sort: %(count)s waiting", count=self.waiting)
