import ast

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import float_compare

#: Kinds that count records of one model of the network.
COUNTED = {
    "outlets": ("dealer.outlet", "dealer_id"),
    "operations": ("dealer.operation", "dealer_id"),
    "subdealers": ("dealer.dealer", "parent_id"),
}
NUMBERS = ("integer", "float", "monetary")
DATES = ("date", "datetime")
AGGREGATES = [
    ("count", "Number"),
    ("sum", "Sum"),
    ("avg", "Average"),
    ("max", "Highest"),
    ("min", "Lowest"),
]


class DealerTierRule(models.Model):
    """A measure of a dealer and the threshold for a tier, set up without code.

    An add-on with a measure of its own adds it to ``kind`` and defines
    ``_measure_<kind>(dealers)``, which returns the value by id of the dealer.
    """

    _name = "dealer.tier.rule"
    _description = "Dealer tier rule"
    _order = "tier_id, sequence, id"

    tier_id = fields.Many2one("dealer.tier", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    purpose = fields.Selection(
        [("both", "Enter and keep"), ("entry", "Enter"), ("keep", "Keep")],
        required=True,
        default="both",
    )
    for_entry = fields.Boolean(compute="_compute_purposes")
    for_keeping = fields.Boolean(compute="_compute_purposes")
    kind = fields.Selection(
        [
            ("outlets", "Outlets"),
            ("operations", "Operations"),
            ("brands", "Brands"),
            ("staff", "Staff today"),
            ("subdealers", "Sub-dealers"),
            ("years", "Years as an active dealer"),
            ("records", "Records of the dealer"),
        ],
        required=True,
        default="outlets",
    )
    role_id = fields.Many2one("dealer.role", ondelete="restrict", help="Empty: all roles.")
    model_name = fields.Selection(
        lambda self: self._selection_model_name(), "Records", help="Documents of the network."
    )
    domain = fields.Char("Filter", default="[]", help="Which records of the dealer count.")
    aggregate = fields.Selection(AGGREGATES, required=True, default="count")
    field_name = fields.Char("Of", help="The field to aggregate.")
    date_field_name = fields.Char("Dated by", help="The date that months are counted by.")
    months = fields.Integer(
        "Last months", default=12, help="Count only records of as many months. 0: all."
    )
    operator = fields.Selection(
        [(">=", "at least"), ("<=", "at most")], required=True, default=">="
    )
    threshold = fields.Float(required=True, default=1.0)

    _months_check = models.Constraint("CHECK (months >= 0)", "Months cannot be negative.")

    @api.constrains("kind", "model_name", "domain", "aggregate", "field_name", "date_field_name")
    def _check_parameters(self):
        for rule in self.filtered(lambda rule: rule.kind == "records"):
            problem = rule._find_problem()
            if problem:
                raise ValidationError(
                    self.env._(
                        "Rule “%(rule)s” of tier %(tier)s: %(problem)s",
                        rule=rule.name,
                        tier=rule.tier_id.name,
                        problem=problem,
                    )
                )

    @api.depends("purpose")
    def _compute_purposes(self):
        for rule in self:
            rule.for_entry = rule.purpose in ("both", "entry")
            rule.for_keeping = rule.purpose in ("both", "keep")

    @api.model
    def _selection_model_name(self):
        """The measurable models with their names; nobody needs access to the list of models."""
        models_ = self.env["ir.model"].sudo()
        found = models_.search_fetch(
            [("model", "in", self._measurable_models())], ["model", "name"]
        )
        return sorted(((model.model, model.name) for model in found), key=lambda pair: pair[1])

    @api.model
    def _measurable_models(self):
        """Names of the models a rule may measure: documents of the network with a dealer. A
        dealer's own data is never measured behind its back."""
        return [
            name
            for name, model in self.env.registry.items()
            if name.startswith("dealer.")
            and not (model._abstract or model._transient or not model._auto)
            and "dealer_id" in model._fields
            and model._fields["dealer_id"].comodel_name == "dealer.dealer"
            and model._fields["dealer_id"].store
        ]

    def _find_problem(self):
        """What hinders the records from being measured, or None."""
        if self.model_name not in self._measurable_models():
            return self.env._("choose which records of the dealer count.")
        if self.aggregate != "count" and not self._is_field(self.field_name, NUMBERS):
            return self.env._("choose a number to aggregate.")
        if self.date_field_name and not self._is_field(self.date_field_name, DATES):
            return self.env._("choose a date of the records.")
        try:
            self._record_domain().validate(self.env[self.model_name])
        except (ValueError, SyntaxError, TypeError, KeyError) as error:
            return self.env._("the filter cannot be read: %(error)s", error=error)
        return None

    def _is_field(self, name, types):
        field = self.env[self.model_name]._fields.get(name)
        return bool(field) and field.store and field.type in types

    def _record_domain(self):
        domain = Domain(ast.literal_eval(self.domain or "[]"))
        if self.date_field_name and self.months:
            start = fields.Date.context_today(self) - relativedelta(months=self.months)
            domain &= Domain(self.date_field_name, ">=", start)
        return domain

    def _holds(self, value):
        """Whether a value meets the threshold."""
        order = float_compare(value, self.threshold, precision_digits=4)
        return order >= 0 if self.operator == ">=" else order <= 0

    def _measure(self, dealers):
        """Measure all dealers in one query.

        :return dict: value by id of the dealer
        """
        values = dict.fromkeys(dealers.ids, 0.0)
        if self.kind in COUNTED:
            model, field = COUNTED[self.kind]
            values.update(self._aggregate(model, field, Domain.TRUE, dealers))
        else:
            values.update(getattr(self, f"_measure_{self.kind}")(dealers))
        return values

    def _measure_brands(self, dealers):
        return {dealer.id: len(dealer.brand_ids) for dealer in dealers}

    def _measure_staff(self, dealers):
        today = fields.Date.context_today(self)
        domain = Domain("date_start", "<=", today) & (
            Domain("date_end", "=", False) | Domain("date_end", ">=", today)
        )
        if self.role_id:
            domain &= Domain("role_id", "=", self.role_id.id)
        return self._aggregate("dealer.staff", "dealer_id", domain, dealers)

    def _measure_years(self, dealers):
        today = fields.Date.context_today(self)
        return {
            dealer.id: relativedelta(today, dealer.date_active).years
            for dealer in dealers
            if dealer.date_active
        }

    def _measure_records(self, dealers):
        if self.model_name not in self.env:
            return {}  # the add-on was removed
        aggregate = (
            "__count" if self.aggregate == "count" else f"{self.field_name}:{self.aggregate}"
        )
        return self._aggregate(
            self.model_name, "dealer_id", self._record_domain(), dealers, aggregate
        )

    def _aggregate(self, model, field, domain, dealers, aggregate="__count"):
        groups = self.env[model]._read_group(
            domain & Domain(field, "in", dealers.ids), [field], [aggregate]
        )
        return {dealer.id: value or 0.0 for dealer, value in groups}
