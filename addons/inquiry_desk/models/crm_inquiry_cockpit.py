from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain


class CrmInquiryCockpit(models.AbstractModel):
    """The figures of the head's cockpit, under the rules of whoever looks."""

    _name = "crm.inquiry.cockpit"
    _description = "Inquiry Cockpit"

    @api.model
    def figures(self, days=7):
        """Return what the cockpit shows of the last days.

        :param int days: 1 to 366
        :return: dict with ``totals``, ``channels``, ``hours``, ``sources``, ``waiting``, ``triage``
        """
        days = min(max(int(days), 1), 366)
        since = fields.Datetime.now() - timedelta(days=days)
        domain = Domain("date", ">=", since) & Domain("outcome", "not in", ("robot", "spam"))
        return {
            "days": days,
            "totals": self._totals(domain),
            "channels": self._conversion(domain, "channel_id"),
            "sources": self._conversion(domain, "utm_source"),
            "hours": self._hours(domain),
            "waiting": self._waiting(),
            "triage": self._triage(since),
        }

    def _totals(self, domain):
        Inquiry = self.env["crm.inquiry"]
        ((total, hours),) = Inquiry._read_group(domain, [], ["__count", "response_hours:avg"])
        unanswered = (
            domain
            & Domain("response_date", "=", False)
            & Domain("state", "in", ("queued", "assigned", "to_sort"))
        )
        new = Inquiry.search_count(domain & Domain("relation", "=", "new"))
        answered = Inquiry.search_count(domain & Domain("response_date", "!=", False))
        late = domain & Domain("escalation", ">", 0)
        return {
            "total": total,
            "new": new,
            "answered": answered,
            "response_hours": round(hours or 0, 1) if answered else None,
            "unanswered": Inquiry.search_count(unanswered),
            "late": Inquiry.search_count(late),
        }

    def _conversion(self, domain, field):
        """Return per channel or source: inquiries, leads that came of them, leads won."""
        Inquiry = self.env["crm.inquiry"]
        counted = Inquiry._read_group(domain, [field], ["__count", "response_hours:avg"])
        leads = self._leads(domain, field)
        won = self._leads(domain & Domain("lead_id.won_status", "=", "won"), field)
        rows = [
            {
                "name": value.display_name
                if hasattr(value, "display_name")
                else value or self.env._("none"),
                "id": value.id if hasattr(value, "id") else value,
                "count": count,
                "hours": round(hours or 0, 1),
                "leads": leads.get(value, 0),
                "won": won.get(value, 0),
            }
            for value, count, hours in counted
        ]
        return sorted(rows, key=lambda row: -row["count"])

    def _leads(self, domain, field):
        groups = self.env["crm.inquiry"]._read_group(
            domain & Domain("lead_id", "!=", False), [field], ["lead_id:count_distinct"]
        )
        return dict(groups)

    def _hours(self, domain):
        """Return the number of inquiries of each hour of the day, in the user's time zone."""
        groups = (
            self.env["crm.inquiry"]
            .with_context(tz=self.env.user.tz or "UTC")
            ._read_group(domain, ["date:hour_number"], ["__count"])
        )
        counted = {int(hour): count for hour, count in groups}
        return [counted.get(hour, 0) for hour in range(24)]

    def _waiting(self):
        groups = self.env["crm.inquiry"]._read_group(
            [("state", "in", ("to_sort", "queued", "assigned")), ("response_date", "=", False)],
            ["state"],
            ["__count", "date:min"],
        )
        return {
            state: {"count": count, "since": fields.Datetime.to_string(oldest)}
            for state, count, oldest in groups
        }

    def _triage(self, since):
        groups = self.env["crm.inquiry.triage.check"]._read_group(
            [("date", ">=", since)], ["state"], ["__count"]
        )
        return dict(groups)
