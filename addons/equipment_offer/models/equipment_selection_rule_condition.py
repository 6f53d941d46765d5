from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine import matcher, reading


class EquipmentSelectionRuleCondition(models.Model):
    """One answer by which a selection rule begins to speak."""

    _name = "equipment.selection.rule.condition"
    _inherit = "equipment.shared.mixin"
    _description = "Condition of a Selection Rule"

    rule_id = fields.Many2one(
        "equipment.selection.rule", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="rule_id.company_id", store=True, index=True)
    criterion_id = fields.Many2one("equipment.criterion", required=True, ondelete="cascade")
    kind = fields.Selection(related="criterion_id.kind")
    parameter_id = fields.Many2one(related="criterion_id.parameter_id")
    choice_ids = fields.Many2many(
        "equipment.parameter.choice",
        "equipment_rule_condition_choice_rel",
        string="One of",
        domain="[('parameter_id', '=', parameter_id)]",
    )
    figure = fields.Char(help="Bound or range with unit: ≥ 6 bar, 10 – 40 m³/h.")
    flag = fields.Boolean(string="Yes")

    @api.constrains("criterion_id", "choice_ids", "figure")
    def _check_condition(self):
        for condition in self:
            if condition.kind == "selection" and not condition.choice_ids:
                raise ValidationError(
                    self.env._(
                        "Selection rule %(rule)s, %(criterion)s: choose at least one answer.",
                        rule=condition.rule_id.name,
                        criterion=condition.criterion_id.name,
                    )
                )
            if condition.kind == "number":
                try:
                    condition._read_figure()
                except reading.ReadingError as error:
                    raise ValidationError(
                        self.env._(
                            "Selection rule %(rule)s, %(criterion)s: the figure %(figure)s "
                            "cannot be read.",
                            rule=condition.rule_id.name,
                            criterion=condition.criterion_id.name,
                            figure=condition.figure or "",
                        )
                    ) from error

    def _read_figure(self):
        self.ensure_one()
        return self.env["equipment.selection.answer"]._read_in_reference(
            self.figure, self.parameter_id, decimal="."
        )

    def _engine_condition(self):
        """Return the condition as the matcher takes it."""
        self.ensure_one()
        low, high = self._read_figure() if self.kind == "number" else (None, None)
        return matcher.Condition(
            self.criterion_id.id,
            frozenset(self.choice_ids.ids),
            low,
            high,
            self.flag if self.kind == "boolean" else None,
        )
