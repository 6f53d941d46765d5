from dateutil.relativedelta import relativedelta

from odoo import fields, models


class DealerAgreementType(models.Model):
    """What agreements of one kind have in common; the values are proposals for the agreement."""

    _name = "dealer.agreement.type"
    _description = "Agreement type"
    _order = "sequence, name"

    sequence = fields.Integer(default=10)
    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    duration_months = fields.Integer(
        "Duration (months)", default=12, help="0: until it is terminated."
    )
    notice_days = fields.Integer("Notice (days)", default=90)
    reminder_days = fields.Integer(
        "Reminder (days)",
        default=30,
        help="How long before the last day to give notice, and before the review, the person in"
        " charge is reminded.",
    )
    review_months = fields.Integer("Review after (months)", help="0: no review is planned.")
    renewal_months = fields.Integer(
        "Tacit renewal (months)",
        help="At its end the agreement goes on for as many months, unless notice was given. 0: it"
        " expires.",
    )
    terms = fields.Html(
        translate=True, help="Clauses that go into each new agreement and on its summary."
    )

    _code_uniq = models.Constraint("UNIQUE(code)", "Another agreement type has this code.")
    _numbers_check = models.Constraint(
        "CHECK (duration_months >= 0 AND notice_days >= 0 AND reminder_days >= 0"
        " AND review_months >= 0 AND renewal_months >= 0)",
        "Durations and notice of an agreement type cannot be negative.",
    )

    def _last_day(self, start, months):
        """The last day of a span of months, False for an endless one."""
        if not start or not months:
            return False
        return start + relativedelta(months=months, days=-1)
