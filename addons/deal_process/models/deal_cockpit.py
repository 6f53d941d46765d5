from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

HARD_CASES = 15


class DealCockpit(models.AbstractModel):
    """The figures of the head's cockpit, under the rules of whoever looks."""

    _name = "deal.cockpit"
    _description = "Cockpit of the Deals"

    @api.model
    def figures(self, days=90):
        """Return what the cockpit shows.

        :param int days: 1 to 366; the period of won and refused deals and of scores
        :return: dict with ``totals``, ``stages`` (ageing), ``departments`` and ``sellers``
            (funnels), ``tasks`` (late, by seller), ``hard`` (deals to look at)
        """
        days = min(max(int(days), 1), 366)
        since = fields.Datetime.now() - timedelta(days=days)
        stages = self._stages()
        return {
            "days": days,
            "totals": self._totals(),
            "stages": stages,
            "departments": self._funnel("team_id", stages, since),
            "sellers": self._funnel("user_id", stages, since),
            "tasks": self._late_tasks(),
            "hard": self._hard_cases(),
        }

    @api.model
    def untouched_domain(self):
        """Return the domain of running deals that nobody has worked on for too long."""
        days = self.env.company.sudo().deal_untouched_days
        limit = fields.Datetime.now() - timedelta(days=days)
        return [("deal_outcome", "=", "open"), ("deal_last_touch", "<", limit)]

    def _open(self):
        return Domain("deal_outcome", "=", "open")

    def _totals(self):
        Lead = self.env["crm.lead"]
        ((count, value),) = Lead._read_group(self._open(), [], ["__count", "expected_revenue:sum"])
        return {
            "open": count,
            "value": round(value or 0),
            "currency": self.env.company.currency_id.symbol,
            "untouched": Lead.search_count(self.untouched_domain()),
            "late": Lead.search_count(self._open() & Domain("deal_is_late", "=", True)),
            "reviews": self.env["deal.review"].search_count([("state", "=", "open")]),
        }

    def _stages(self):
        """Return the stages of work with the number and the age of the deals in them.

        Stages of several versions and processes are one row if they have the same code.
        """
        now = fields.Datetime.now()
        rows = {}
        groups = self.env["crm.lead"]._read_group(
            self._open(),
            ["deal_stage_id"],
            ["__count", "deal_stage_date:array_agg", "deal_stage_date:min"],
        )
        for stage, count, entered, oldest in sorted(groups, key=lambda group: group[0].sequence):
            row = rows.setdefault(
                stage.code,
                {"code": stage.code, "name": stage.name, "count": 0, "age": 0, "oldest": 0},
            )
            row["count"] += count
            row["age"] += sum((now - moment).days for moment in entered if moment)
            row["oldest"] = max(row["oldest"], (now - oldest).days if oldest else 0)
        return [{**row, "age": round(row["age"] / row["count"], 1)} for row in rows.values()]

    def _funnel(self, field, stages, since):
        """Return per department or salesperson: deals in each stage, closed and refused ones."""
        codes = [stage["code"] for stage in stages]
        rows = defaultdict(lambda: {"counts": dict.fromkeys(codes, 0), "closed": 0, "refused": 0})
        Lead = self.env["crm.lead"].with_context(active_test=False)
        for owner, stage, count in Lead._read_group(
            self._open(), [field, "deal_stage_id"], ["__count"]
        ):
            rows[owner]["counts"][stage.code] += count
        ended = Domain("deal_stage_date", ">=", since)
        for owner, outcome, count in Lead._read_group(
            ended & Domain("deal_outcome", "in", ("closed", "unsuitable")),
            [field, "deal_outcome"],
            ["__count"],
        ):
            rows[owner]["closed" if outcome == "closed" else "refused"] += count
        scores = dict(
            self.env["deal.review"]._read_group(
                [("state", "=", "done"), ("date_done", ">=", since)],
                ["seller_id" if field == "user_id" else "team_id"],
                ["score_value:avg"],
            )
        )
        return [
            {
                "id": owner.id,
                "name": owner.display_name or self.env._("none"),
                "counts": [row["counts"][code] for code in codes],
                "closed": row["closed"],
                "refused": row["refused"],
                "score": round(scores[owner], 1) if owner in scores else None,
            }
            for owner, row in sorted(rows.items(), key=lambda item: item[0].display_name or "")
        ]

    def _late_tasks(self):
        leads = self.env["crm.lead"]._search(self._open())
        groups = self.env["mail.activity"]._read_group(
            [
                ("res_model", "=", "crm.lead"),
                ("res_id", "in", leads),
                ("date_deadline", "<", fields.Date.context_today(self)),
            ],
            ["user_id"],
            ["__count", "date_deadline:min"],
        )
        today = fields.Date.context_today(self)
        rows = [
            {
                "id": user.id,
                "name": user.display_name or self.env._("none"),
                "count": count,
                "days": (today - oldest).days,
            }
            for user, count, oldest in groups
        ]
        return sorted(rows, key=lambda row: -row["count"])

    def _hard_cases(self):
        """Return the deals to step into: late or untouched, the longest waiting first."""
        domain = self._open() & (
            Domain("deal_is_late", "=", True) | Domain(self.untouched_domain())
        )
        leads = self.env["crm.lead"].search(
            domain, order="deal_deadline, deal_last_touch, id", limit=HARD_CASES
        )
        now = fields.Datetime.now()
        return [
            {
                "id": lead.id,
                "name": lead.name,
                "customer": lead.partner_id.display_name or "",
                "seller": lead.user_id.name or "",
                "stage": lead.deal_stage_id.name,
                "days": lead.deal_stage_days,
                "late": lead.deal_is_late,
                "untouched": (now - lead.deal_last_touch).days if lead.deal_last_touch else 0,
                "mine": lead.user_id == self.env.user,
            }
            for lead in leads
        ]
