from odoo import api, fields, models
from odoo.exceptions import ValidationError

COMPARISONS = [
    ("covers", "The product's range covers the figure"),
    ("at_least", "The product reaches the figure"),
    ("at_most", "The product does not exceed the figure"),
    ("all_of", "The product has all that is chosen"),
    ("any_of", "The product has one of what is chosen"),
    ("is", "Yes or no, as wanted"),
]
#: Which comparisons make sense for a kind of parameter; the first is proposed.
COMPARISONS_OF_KIND = {
    "number": ("at_least", "covers", "at_most"),
    "selection": ("all_of", "any_of"),
    "boolean": ("is",),
}


class EquipmentCriterion(models.Model):
    """A question to the customer, and how its answer is compared with a product's data."""

    _name = "equipment.criterion"
    _inherit = "equipment.shared.mixin"
    _description = "Selection Criterion"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name", store=True, readonly=False, translate=True)
    question = fields.Char(translate=True, help="How to ask the customer.")
    company_id = fields.Many2one(
        "res.company", index=True, help="Without a company everybody uses the criterion."
    )
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    parameter_id = fields.Many2one(
        "equipment.parameter",
        required=True,
        ondelete="cascade",
        index=True,
        check_company=True,
        domain="[('kind', '!=', 'text')]",
    )
    kind = fields.Selection(related="parameter_id.kind")
    comparison = fields.Selection(
        COMPARISONS,
        compute="_compute_comparison",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    reserve = fields.Float(
        string="Wanted reserve (%)",
        help="A product that meets the figure with less to spare is offered with a reservation. "
        "Of the product's span for a range, of the figure otherwise.",
    )
    weight = fields.Float(default=1.0, help="How much the criterion counts in the score.")
    is_must = fields.Boolean(
        string="Must", default=True, help="A product that misses it does not fit. Otherwise: wish."
    )

    _weight_positive = models.Constraint(
        "CHECK(weight > 0)", "The weight of a criterion is more than zero."
    )
    _reserve_fraction = models.Constraint(
        "CHECK(reserve >= 0 AND reserve < 50)", "The reserve lies between 0 and 50 %."
    )

    @api.depends("parameter_id")
    def _compute_name(self):
        for criterion in self:
            criterion.name = criterion.name or criterion.parameter_id.name

    @api.depends("parameter_id")
    def _compute_comparison(self):
        for criterion in self:
            parameter = criterion.parameter_id
            sensible = COMPARISONS_OF_KIND.get(parameter.kind, ())
            if criterion.comparison not in sensible:
                criterion.comparison = (
                    "covers" if parameter.is_range else sensible[0] if sensible else False
                )

    @api.constrains("parameter_id", "comparison")
    def _check_comparison(self):
        for criterion in self:
            if criterion.comparison not in COMPARISONS_OF_KIND.get(criterion.kind, ()):
                raise ValidationError(
                    self.env._(
                        "Criterion %(name)s: this comparison does not suit the parameter "
                        "%(parameter)s.",
                        name=criterion.name,
                        parameter=criterion.parameter_id.name,
                    )
                )

    @api.constrains("company_id", "parameter_id")
    def _check_shared(self):
        for criterion in self:
            owner = criterion.parameter_id.company_id
            if owner and owner != criterion.company_id:
                raise ValidationError(
                    self.env._(
                        "Criterion %(name)s: the parameter belongs to %(company)s alone.",
                        name=criterion.name,
                        company=owner.name,
                    )
                )
