from odoo import api, fields, models
from odoo.tools import groupby

from ..tools.opening_hours import WEEKDAYS, hour_text, merge_weekdays


class DealerOutletHours(models.Model):
    """One span of opening hours of an outlet, in the outlet's local time."""

    _name = "dealer.outlet.hours"
    _description = "Opening Hours"
    _inherit = ["dealer.part.mixin"]
    _order = "outlet_id, weekday, hour_from"

    outlet_id = fields.Many2one("dealer.outlet", required=True, index=True, ondelete="cascade")
    dealer_id = fields.Many2one(
        related="outlet_id.dealer_id", store=True, index=True, required=False
    )
    weekday = fields.Selection(WEEKDAYS, required=True, default="0")
    hour_from = fields.Float(string="From", required=True, default=9.0)
    hour_to = fields.Float(string="To", required=True, default=18.0)

    _hours_order = models.Constraint(
        "CHECK(hour_from >= 0 AND hour_to <= 24 AND hour_from < hour_to)",
        "Opening hours lie between 0:00 and 24:00, and end after they begin.",
    )

    @api.depends("weekday", "hour_from", "hour_to")
    def _compute_display_name(self):
        labels = dict(self._fields["weekday"]._description_selection(self.env))
        for line in self:
            line.display_name = (
                f"{labels.get(line.weekday, '')} "
                f"{hour_text(line.hour_from)}–{hour_text(line.hour_to)}"
            )

    def _as_text(self):
        """Return the hours as people write them: ``Mon–Fri 9:00–18:00, Sat 9:00–13:00``."""
        labels = dict(self._fields["weekday"]._description_selection(self.env))
        lines = self.sorted(lambda line: (line.weekday, line.hour_from))
        by_day = {
            int(day): tuple((line.hour_from, line.hour_to) for line in spans)
            for day, spans in groupby(lines, lambda line: line.weekday)
        }
        return ", ".join(
            self._span_text(labels, first, last, spans)
            for first, last, spans in merge_weekdays(by_day)
        )

    @staticmethod
    def _span_text(labels, first, last, spans):
        days = labels[str(first)]
        if last != first:
            days += f"–{labels[str(last)]}"
        hours = " ".join(f"{hour_text(start)}–{hour_text(end)}" for start, end in spans)
        return f"{days} {hours}"
