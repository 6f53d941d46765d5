import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmInquiryTriage(models.Model):
    """When the queue must have been gone through: at least twice each working day."""

    _name = "crm.inquiry.triage"
    _description = "Triage Schedule"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="Who sorts",
        required=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    team_ids = fields.Many2many(
        "crm.team", string="Departments", check_company=True, help="Empty: the whole queue."
    )
    hours = fields.Char(
        required=True,
        default="10:00, 15:00",
        help="At least two times of the day, separated by commas.",
    )
    tolerance = fields.Float(
        default=0.5, help="Hours after the time within which the queue must be empty."
    )
    calendar_id = fields.Many2one("resource.calendar", string="Working days", check_company=True)
    check_ids = fields.One2many("crm.inquiry.triage.check", "triage_id", string="Checks")

    @api.constrains("hours")
    def _check_hours(self):
        for triage in self:
            if len(set(triage._times())) < 2:
                raise ValidationError(
                    self.env._(
                        "The queue is to be sorted at least twice a day: name two times,"
                        " such as 10:00, 15:00."
                    )
                )

    def _times(self):
        """Return the times of the day; what is no time is left out."""
        found = re.findall(r"\b([01]?\d|2[0-3])[:.h]([0-5]\d)\b", self.hours or "")
        return sorted(time(int(hour), int(minute)) for hour, minute in found)

    def _calendar(self):
        return self.calendar_id or self.company_id.resource_calendar_id

    def _zone(self):
        return ZoneInfo(self._calendar().tz or self.user_id.tz or "UTC")

    def _due_between(self, start, end):
        """Return the naive UTC moments of sorting on working days after start, up to end."""
        zone, calendar, moments = self._zone(), self._calendar(), []
        day = start.replace(tzinfo=UTC).astimezone(zone).date()
        while day <= end.replace(tzinfo=UTC).astimezone(zone).date():
            morning = datetime.combine(day, time.min, zone)
            if not calendar or calendar.get_work_hours_count(morning, morning + timedelta(days=1)):
                due = (
                    datetime.combine(day, at, zone).astimezone(UTC).replace(tzinfo=None)
                    for at in self._times()
                )
                moments += [moment for moment in due if start < moment <= end]
            day += timedelta(days=1)
        return moments

    def _queue_domain(self, before):
        """Return the inquiries that were to be sorted before a moment and still are."""
        domain = [
            ("company_id", "=", self.company_id.id),
            ("state", "in", ("to_sort", "queued", "received")),
            ("date", "<=", before),
        ]
        if self.team_ids:
            domain += [
                "|",
                ("suggested_team_id", "in", self.team_ids.ids),
                ("suggested_team_id", "=", False),
            ]
        return domain

    @api.model
    def _cron_check(self):
        """Open a check at each time that has come, close those whose queue is empty, alert on the
        rest.
        """
        now = fields.Datetime.now()
        for triage in self.search([]):
            triage._open_checks(now)
            triage.check_ids.filtered(lambda check: check.state in ("open", "late"))._follow(now)

    def _open_checks(self, now):
        self.ensure_one()
        Check = self.env["crm.inquiry.triage.check"]
        last = Check.search([("triage_id", "=", self.id)], order="date desc", limit=1).date
        start = max(last or self.create_date, now - timedelta(days=2))
        for moment in self._due_between(start, now):
            waiting = self.env["crm.inquiry"].search(self._queue_domain(moment), order="date")
            check = Check.create(
                {
                    "triage_id": self.id,
                    "date": moment,
                    "waiting": len(waiting),
                    "oldest_hours": (moment - waiting[0].date).total_seconds() / 3600
                    if waiting
                    else 0,
                }
            )
            if waiting:
                check._alert(waiting[0])
