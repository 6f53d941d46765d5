from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine import matcher, reading
from .equipment_criterion import COMPARISONS, COMPARISONS_OF_KIND


class EquipmentSelectionRule(models.Model):
    """What the house knows beyond data sheets: which products suit whom, and what is missing.

    A rule speaks when the customer's answers meet all its conditions, of the products in its
    scope; its explanation is what the seller and the customer read.
    """

    _name = "equipment.selection.rule"
    _inherit = "equipment.shared.mixin"
    _description = "Selection Rule"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one(
        "res.company", index=True, help="Without a company everybody uses the rule."
    )
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    condition_ids = fields.One2many(
        "equipment.selection.rule.condition", "rule_id", string="Conditions", copy=True
    )
    type_ids = fields.Many2many(
        "equipment.type",
        string="Equipment types",
        check_company=True,
        help="The rule speaks of these types and those below. Neither types nor products: of all.",
    )
    product_tmpl_ids = fields.Many2many("product.template", string="Products", check_company=True)
    effect = fields.Selection(
        [
            ("suit", "These products are suited"),
            ("require", "They must meet one demand more"),
            ("lack", "They fit with a restriction"),
            ("exclude", "They do not fit"),
            ("accompany", "Something is offered along"),
        ],
        required=True,
        default="suit",
    )
    explanation = fields.Char(
        required=True, translate=True, help="What the seller and the customer read."
    )
    weight = fields.Float(default=1.0, help="How much the rule counts in the score.")
    parameter_id = fields.Many2one(
        "equipment.parameter",
        string="Demand on",
        ondelete="restrict",
        check_company=True,
        domain="[('kind', '!=', 'text')]",
    )
    parameter_kind = fields.Selection(related="parameter_id.kind")
    comparison = fields.Selection(COMPARISONS)
    figure = fields.Char(help="Figure or range with unit: 5 mm, 10 – 40 m³/h.")
    choice_ids = fields.Many2many(
        "equipment.parameter.choice",
        string="Choices",
        domain="[('parameter_id', '=', parameter_id)]",
    )
    flag = fields.Boolean(string="Yes")
    companion_id = fields.Many2one(
        "product.product", string="Offered along", ondelete="restrict", check_company=True
    )
    companion_quantity = fields.Float(string="Per machine", default=1.0, digits="Product Unit")

    _weight_positive = models.Constraint(
        "CHECK(weight > 0)", "The weight of a rule is more than zero."
    )

    @api.constrains("effect", "parameter_id", "comparison", "figure", "choice_ids", "companion_id")
    def _check_effect(self):
        for rule in self:
            problem = rule._problem()
            if problem:
                raise ValidationError(
                    self.env._(
                        "Selection rule %(name)s: %(problem)s", name=rule.name, problem=problem
                    )
                )

    @api.constrains("company_id", "type_ids", "product_tmpl_ids", "companion_id", "parameter_id")
    def _check_shared(self):
        """A shared rule is read by everybody: it may not name what one company alone sees."""
        for rule in self.filtered(lambda rule: not rule.company_id):
            private = (
                rule.type_ids.company_id
                | rule.product_tmpl_ids.company_id
                | rule.companion_id.company_id
                | rule.parameter_id.company_id
            )
            if private:
                raise ValidationError(
                    self.env._(
                        "Selection rule %(name)s is shared and cannot use what belongs to "
                        "%(company)s alone.",
                        name=rule.name,
                        company=private[0].name,
                    )
                )

    def _problem(self):
        """Return what keeps the rule from working as a translated sentence, or False."""
        self.ensure_one()
        if self.effect == "accompany" and not self.companion_id:
            return self.env._("choose the product that is offered along.")
        if self.effect != "require":
            return False
        if self.comparison not in COMPARISONS_OF_KIND.get(self.parameter_id.kind, ()):
            return self.env._("choose a parameter and a comparison that suits it.")
        if self.parameter_id.kind == "selection" and not self.choice_ids:
            return self.env._("choose what the product must have.")
        if self.parameter_id.kind == "number":
            try:
                self._read_figure()
            except reading.ReadingError:
                return self.env._("the figure %(figure)s cannot be read.", figure=self.figure or "")
        return False

    def _read_figure(self):
        """Return low and high of the demand in the parameter's reference unit."""
        self.ensure_one()
        # stored once for readers of every language: with a decimal point
        return self.env["equipment.selection.answer"]._read_in_reference(
            self.figure, self.parameter_id, decimal="."
        )

    def _engine_rules(self):
        """Return the rules as the matcher takes them.

        Products are named by template: the technical data are the template's.
        """
        return [
            matcher.Rule(
                rule.id,
                rule.effect,
                tuple(condition._engine_condition() for condition in rule.condition_ids),
                frozenset(rule.type_ids.ids),
                frozenset(rule.product_tmpl_ids.ids),
                rule._engine_test(),
                rule.weight,
            )
            for rule in self
        ]

    def _engine_test(self):
        if self.effect != "require":
            return None
        low, high = self._read_figure() if self.parameter_kind == "number" else (None, None)
        return matcher.Test(
            self.parameter_id.id,
            self.comparison,
            low,
            high,
            frozenset(self.choice_ids.ids),
            self.flag,
        )
