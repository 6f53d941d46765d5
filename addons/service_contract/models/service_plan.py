from odoo import fields, models


class ServicePlan(models.Model):
    """A maintenance plan on offer: how long, how often, and how it is renewed."""

    _name = "service.plan"
    _description = "Maintenance Plan"
    _inherit = ["equipment.shareable.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    duration_months = fields.Integer(string="Duration (months)", required=True, default=12)
    interval_months = fields.Integer(
        string="A visit every … months", required=True, default=6, help="0: no planned visits."
    )
    horizon_months = fields.Integer(
        string="Visits planned ahead (months)",
        required=True,
        default=12,
        help="Visits are planned for so many months from today.",
    )
    lead_days = fields.Integer(
        string="Work is prepared (days before)",
        required=True,
        default=14,
        help="So many days before a visit is due, its work appears on the board to be planned.",
    )
    renewal = fields.Selection(
        [
            ("ask", "The customer is asked"),
            ("tacit", "Goes on unless it is cancelled"),
            ("none", "Ends"),
        ],
        required=True,
        default="ask",
    )
    reminder_days = fields.Integer(
        string="Reminder of renewal (days before)", required=True, default=60
    )
    description = fields.Html(translate=True, help="What is covered; printed on the contract.")

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "There is a plan with this code already."
    )
    _numbers_check = models.Constraint(
        # dates have an end, and the nightly job of all companies must not meet it
        "CHECK(duration_months BETWEEN 1 AND 600 AND interval_months BETWEEN 0 AND 600"
        " AND horizon_months BETWEEN 1 AND 600 AND lead_days BETWEEN 0 AND 3650"
        " AND reminder_days BETWEEN 0 AND 3650)",
        "A maintenance plan has a duration of 600 months at most, days up to 3650, and no negative"
        " numbers.",
    )
