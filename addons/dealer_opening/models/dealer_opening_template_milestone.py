from odoo import fields, models

SIDES = [("oem", "OEM"), ("dealer", "Dealer")]


class DealerOpeningTemplateMilestone(models.Model):
    """A step of opening a dealer, as the OEM plans it for all."""

    _name = "dealer.opening.template.milestone"
    _description = "Milestone of an Opening Template"
    _order = "template_id, days, sequence, id"

    template_id = fields.Many2one(
        "dealer.opening.template", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    days = fields.Integer(string="Day", help="Due so many days after the start.")
    side = fields.Selection(SIDES, string="Responsible side", required=True, default="oem")
    role_id = fields.Many2one(
        "dealer.role",
        string="Role at the dealer",
        ondelete="restrict",
        help="Who does it at the dealer; the principal when empty or not filled yet.",
    )
    blocking = fields.Boolean(
        string="Blocks activation",
        default=True,
        help="The dealer cannot be activated before this is done.",
    )
    help_text = fields.Html(
        string="How to do it", translate=True, help="Shown to the one who does it."
    )

    _days_positive = models.Constraint(
        "CHECK(days >= 0)", "A milestone cannot be due before the opening starts."
    )

    def _milestone_values(self, date_start):
        """Return the values of the milestones of an opening that starts on a day."""
        return [
            {
                "name": line.name,
                "sequence": line.sequence,
                "side": line.side,
                "role_id": line.role_id.id,
                "blocking": line.blocking,
                "help_text": line.help_text,
                "date_planned": fields.Date.add(date_start, days=line.days),
            }
            for line in self
        ]
