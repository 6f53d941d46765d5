from odoo import api, fields, models
from odoo.exceptions import ValidationError


class DealerTrainingCost(models.Model):
    """Money spent on training somebody at a dealer: a course, a trainer's day, travel."""

    _name = "dealer.training.cost"
    _description = "Cost of Training"
    _inherit = ["dealer.two.party.mixin"]
    _order = "date desc, id desc"

    name = fields.Char(string="What for", required=True)
    date = fields.Date(
        required=True, index=True, default=lambda self: fields.Date.context_today(self)
    )
    dealer_id = fields.Many2one(default=lambda self: self.env.user.sudo().dealer_id)
    staff_id = fields.Many2one(
        "dealer.staff",
        string="For",
        index="btree_not_null",
        ondelete="set null",
        domain="[('dealer_id', '=', dealer_id)]",
        help="Empty for a cost of the whole team.",
    )
    competence_id = fields.Many2one(
        "dealer.competence", index="btree_not_null", ondelete="restrict"
    )
    payer = fields.Selection(
        [("dealer", "The dealer"), ("oem", "The OEM")], required=True, default="dealer"
    )
    amount = fields.Monetary(required=True)
    currency_id = fields.Many2one(related="dealer_id.currency_id", store=True)

    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "The cost of a training is a positive amount."
    )

    @api.constrains("dealer_id", "staff_id")
    def _check_staff(self):
        for cost in self.sudo():
            if cost.staff_id and cost.staff_id.dealer_id != cost.dealer_id:
                raise ValidationError(
                    self.env._(
                        "%(cost)s: %(person)s does not work at %(dealer)s.",
                        cost=cost.name,
                        person=cost.staff_id.name,
                        dealer=cost.dealer_id.display_name,
                    )
                )
