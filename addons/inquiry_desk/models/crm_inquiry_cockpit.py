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
        :return: dict with ``totals``; ``channels`` and ``sources``, each with what became of the
            inquiries; ``hours``, per channel the number in each hour of the day of the user's time
            zone; ``waiting``; ``triage``
        """
        days = min(max(int(days), 1), 366)
        since = fields.Datetime.now() - timedelta(days=days)
        domain = Domain("date", ">=", since) & Domain("outcome", "not in", ("robot", "spam"))
        return {
            "days": days,
            "since": fields.Datetime.to_string(since),
            "totals": self._totals(domain),
            "channels": self._conversion(domain, "channel_id"),
            "sources": self._conversion(domain, "utm_source"),
            "hours": self._hours(domain),
            "waiting": self._waiting(),
            "triage": self._triage(since),
        }

    def _totals(self, domain):
        Inquiry = self.env["crm.inquiry"]
        ((total, answered, hours),) = Inquiry._read_group(
            domain, [], ["__count", "response_date:count", "response_hours:avg"]
        )
        unanswered = (
            domain
            & Domain("response_date", "=", False)
            & Domain("state", "in", ("queued", "assigned", "to_sort"))
        )
        new = Inquiry.search_count(domain & Domain("relation", "=", "new"))
        late = domain & Domain("escalation", ">", 0)
        return {
            "total": total,
            "new": new,
            "answered": answered,
            "response_hours": round(hours, 1) if answered else None,
            "unanswered": Inquiry.search_count(unanswered),
            "late": Inquiry.search_count(late),
        }

    def _conversion(self, domain, field):
        """Return per channel or source: inquiries, leads that began with them, leads won."""
        counted = self.env["crm.inquiry"]._read_group(
            domain, [field], ["__count", "response_date:count", "response_hours:avg"]
        )
        leads = self._leads(domain, field)
        won = self._leads(domain, field, Domain("won_status", "=", "won"))
        rows = [
            {
                **self._named(value),
                "count": count,
                "hours": round(hours, 1) if answered else None,
                "leads": leads.get(value, 0),
                "won": won.get(value, 0),
            }
            for value, count, answered, hours in counted
        ]
        return sorted(rows, key=lambda row: (-row["count"], row["name"]))

    def _named(self, value):
        """Return id and name of a channel, or of a source, which is only a word."""
        if isinstance(value, models.BaseModel):
            return {"id": value.id, "name": value.display_name}
        return {"id": value, "name": value or self.env._("none")}

    def _leads(self, domain, field, condition=Domain.TRUE):
        """Return {channel or source: leads that began with one of these inquiries}."""
        began = Domain("first_inquiry_id", "any", domain) & condition
        groups = (
            self.env["crm.lead"]
            .with_context(active_test=False)  # lost ones count as leads, too
            ._read_group(began, [f"first_inquiry_id.{field}"], ["__count"])
        )
        return dict(groups)

    def _hours(self, domain):
        """Return per channel the number of inquiries in each hour of the user's day."""
        groups = (
            self.env["crm.inquiry"]
            .with_context(tz=self.env.user.tz or "UTC")
            ._read_group(domain, ["channel_id", "date:hour_number"], ["__count"])
        )
        rows = {}
        for channel, hour, count in groups:
            row = rows.setdefault(channel, {**self._named(channel), "hours": [0] * 24})
            row["hours"][int(hour)] = count
        return sorted(rows.values(), key=lambda row: (-sum(row["hours"]), row["name"]))

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
