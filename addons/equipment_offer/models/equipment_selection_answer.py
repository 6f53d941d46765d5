import contextlib

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine import matcher, reading


class EquipmentSelectionAnswer(models.Model):
    """What the customer says to one criterion. An empty answer asks nothing of the products."""

    _name = "equipment.selection.answer"
    _description = "Answer to a Selection Criterion"
    _order = "selection_id, sequence, id"

    selection_id = fields.Many2one(
        "equipment.selection", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="selection_id.company_id", store=True, index=True)
    criterion_id = fields.Many2one("equipment.criterion", required=True, ondelete="restrict")
    sequence = fields.Integer(related="criterion_id.sequence", store=True)
    question = fields.Char(related="criterion_id.question")
    kind = fields.Selection(related="criterion_id.kind")
    parameter_id = fields.Many2one(related="criterion_id.parameter_id")
    figure = fields.Char(
        help="As the customer says it, in any unit that converts: 11 l/s, 10 – 40 m³/h, ≥ 6 bar, "
        "up to 90 °C."
    )
    choice_ids = fields.Many2many(
        "equipment.parameter.choice",
        string="Choices",
        domain="[('parameter_id', '=', parameter_id)]",
    )
    flag = fields.Selection([("yes", "Yes"), ("no", "No")], string="Yes or no")
    is_must = fields.Boolean(
        string="Must", compute="_compute_is_must", store=True, readonly=False, precompute=True
    )
    is_given = fields.Boolean(compute="_compute_is_given", store=True)
    # "1,200" is not the same in London and in Paris: see _reading_vals
    bounds = fields.Selection(
        [("both", "Figure or range"), ("low", "At least"), ("high", "At most")],
        compute="_compute_reference",
        store=True,
        readonly=False,
    )
    reference_low = fields.Float(compute="_compute_reference", store=True, readonly=False, digits=0)
    reference_high = fields.Float(
        compute="_compute_reference", store=True, readonly=False, digits=0
    )
    understood = fields.Char(
        compute="_compute_understood", help="The figure in the unit in which products are compared."
    )

    _criterion_uniq = models.Constraint(
        "UNIQUE(selection_id, criterion_id)", "Each criterion is answered once."
    )

    @api.depends("criterion_id")
    def _compute_is_must(self):
        for answer in self:
            answer.is_must = answer.criterion_id.is_must

    @api.depends("figure", "choice_ids", "flag", "criterion_id.kind")
    def _compute_is_given(self):
        for answer in self:
            answer.is_given = bool(
                {
                    "number": answer.figure and answer.figure.strip(),
                    "selection": answer.choice_ids,
                    "boolean": answer.flag,
                }.get(answer.kind)
            )

    @api.depends("figure", "criterion_id")
    def _compute_reference(self):
        for answer in self:
            low = high = None
            if answer.kind == "number" and answer.is_given:
                # what cannot be read: the constraint says it; on screen, `understood` does
                with contextlib.suppress(reading.ReadingError):
                    low, high = answer._read_figure()
            answer.reference_low, answer.reference_high = low or 0.0, high or 0.0
            if low is None and high is None:
                answer.bounds = False
            else:
                answer.bounds = "high" if low is None else "low" if high is None else "both"

    @api.depends_context("lang")
    @api.depends("figure", "bounds", "choice_ids.name", "flag", "parameter_id")
    def _compute_understood(self):
        flags = dict(self._fields["flag"]._description_selection(self.env))
        for answer in self:
            if answer.kind == "selection":
                answer.understood = ", ".join(answer.choice_ids.mapped("name"))
            elif answer.kind == "boolean":
                answer.understood = flags.get(answer.flag, "")
            else:
                answer.understood = answer._understood_figure()

    @api.constrains("figure", "criterion_id", "choice_ids")
    def _check_answer(self):
        for answer in self:
            if answer.kind == "number" and answer.is_given:
                try:
                    answer._read_figure()
                except reading.ReadingError as error:
                    raise ValidationError(answer._figure_problem(error)) from error
            if answer.choice_ids.parameter_id - answer.parameter_id:
                raise ValidationError(
                    self.env._(
                        "%(criterion)s: a choice belongs to another criterion.",
                        criterion=answer.criterion_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([{**vals, **self._reading_vals(vals)} for vals in vals_list])

    def write(self, vals):
        if "figure" not in vals:
            return super().write(vals)
        for criterion, answers in self.grouped("criterion_id").items():
            given = {"criterion_id": criterion.id, **vals}
            super(EquipmentSelectionAnswer, answers).write({**vals, **self._reading_vals(given)})
        return True

    @api.model
    def _reading_vals(self, vals):
        """Return how a figure is understood, in the language of who writes it now: a field
        computed later would be read in the language of who comes by.
        """
        if not vals.get("figure") or not vals.get("criterion_id"):
            return {}
        draft = self.new({"criterion_id": vals["criterion_id"], "figure": vals["figure"]})
        return {name: draft[name] for name in ("bounds", "reference_low", "reference_high")}

    def _figure_problem(self, error):
        """Return what is wrong with the figure, in words."""
        self.ensure_one()
        if error.code == "unit":
            return self.env._(
                "%(criterion)s: the unit %(unit)s is not known here. "
                "Units that convert: %(units)s.",
                criterion=self.criterion_id.name,
                unit=error.part,
                units=", ".join(self.parameter_id.compatible_uom_ids.mapped("name"))
                or self.env._("none"),
            )
        if error.code == "order":
            return self.env._(
                "%(criterion)s: the range %(figure)s ends before it begins.",
                criterion=self.criterion_id.name,
                figure=self.figure,
            )
        return self.env._(
            "%(criterion)s: %(figure)s is no figure. Write for instance 30, 10 – 40 or up to 90, "
            "with a unit where it is not %(unit)s.",
            criterion=self.criterion_id.name,
            figure=self.figure,
            unit=self.parameter_id.uom_id.name or self.env._("a plain number"),
        )

    @api.model
    def _decimal_sign(self):
        language = self.env["res.lang"]._lang_get(self.env.lang or "en_US")
        return "," if language.decimal_point == "," else "."

    @api.model
    def _read_in_reference(self, text, parameter, decimal=None):
        """Return (low, high) of a figure in the reference unit of the parameter.

        :param decimal: decimal sign; that of the user's language when not given
        :raise reading.ReadingError: the text is no figure, or its unit does not convert
        """
        units = {
            name: unit
            for unit in parameter.compatible_uom_ids
            for name in {unit.name, unit.with_context(lang="en_US").name}
        }
        found = reading.read(
            text, units, decimal or self._decimal_sign(), fallback=parameter.uom_id
        )
        unit = found.unit or self.env["uom.uom"]
        return tuple(None if bound is None else unit._to_reference(bound) for bound in found[:2])

    def _read_figure(self):
        """Return (low, high) of the answer in the reference unit."""
        self.ensure_one()
        return self._read_in_reference(self.figure, self.parameter_id)

    def _interval(self):
        """Return (low, high) in the reference unit; None where the answer leaves a bound open."""
        self.ensure_one()
        return (
            self.reference_low if self.bounds in ("both", "low") else None,
            self.reference_high if self.bounds in ("both", "high") else None,
        )

    def _understood_figure(self):
        """Return the figure in the parameter's unit, or why it is none."""
        self.ensure_one()
        if not self.bounds:
            return self._problem_on_screen()
        unit = self.parameter_id.uom_id
        low, high = self._interval()
        ends = [unit._from_reference(end) for end in (low, high) if end is not None]
        figure = self.env["equipment.parameter.value"]._format_reading(
            ends if low != high else ends[:1], unit
        )
        if self.bounds == "high":
            return self.env._("up to %(figure)s", figure=figure)
        if self.bounds == "low":
            return self.env._("at least %(figure)s", figure=figure)
        return figure

    def _problem_on_screen(self):
        """Return why the figure is none while it is being written."""
        if not self.is_given:
            return ""
        try:
            self._read_figure()
        except reading.ReadingError as error:
            return self._figure_problem(error)
        return ""

    def _engine_answers(self):
        """Return the given answers as the matcher takes them."""
        return [answer._engine_answer() for answer in self if answer.is_given]

    def _engine_answer(self):
        criterion = self.criterion_id
        low, high = self._interval()
        return matcher.Answer(
            criterion.id,
            matcher.Test(
                self.parameter_id.id,
                criterion.comparison,
                low,
                high,
                frozenset(self.choice_ids.ids),
                self.flag == "yes",
                criterion.reserve / 100,
            ),
            self.is_must,
            criterion.weight,
        )
