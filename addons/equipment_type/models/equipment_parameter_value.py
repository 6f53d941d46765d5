from odoo import api, fields, models
from odoo.exceptions import ValidationError


class EquipmentParameterValue(models.Model):
    """What a product has, can or withstands of one parameter."""

    _name = "equipment.parameter.value"
    _description = "Technical Value of a Product"
    _order = "product_tmpl_id, sequence, id"

    product_tmpl_id = fields.Many2one(
        "product.template", string="Product", required=True, ondelete="cascade", index=True
    )
    parameter_id = fields.Many2one(
        "equipment.parameter", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(related="product_tmpl_id.company_id", store=True, index=True)
    sequence = fields.Integer(related="parameter_id.sequence", store=True)
    kind = fields.Selection(related="parameter_id.kind")
    is_range = fields.Boolean(related="parameter_id.is_range")
    compatible_uom_ids = fields.Many2many(related="parameter_id.compatible_uom_ids")
    value_number = fields.Float(
        string="Value", digits=0, help="The value, or the lower end of a range."
    )
    value_number_max = fields.Float(string="To", digits=0, help="The upper end of a range.")
    uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        compute="_compute_uom_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
    )
    value_text = fields.Char(string="Text", translate=True)
    value_boolean = fields.Boolean(string="Yes")
    choice_ids = fields.Many2many(
        "equipment.parameter.choice",
        string="Choices",
        domain="[('parameter_id', '=', parameter_id)]",
    )
    reference_min = fields.Float(
        compute="_compute_reference",
        store=True,
        digits=0,
        help="Lower end in the reference unit: comparable whatever unit was entered.",
    )
    reference_max = fields.Float(compute="_compute_reference", store=True, digits=0)
    value_display = fields.Char(string="Shown as", compute="_compute_value_display")

    _parameter_uniq = models.Constraint(
        "UNIQUE(product_tmpl_id, parameter_id)",
        "The product has a value of this parameter already.",
    )
    _reach_idx = models.Index("(parameter_id, reference_max, reference_min)")

    @api.depends("parameter_id")
    def _compute_uom_id(self):
        for value in self:
            if value.uom_id not in value.parameter_id.compatible_uom_ids:
                value.uom_id = value.parameter_id.uom_id

    @api.depends(
        "value_number",
        "value_number_max",
        "parameter_id.is_range",
        "uom_id.factor",
        "uom_id.zero_point",
    )
    def _compute_reference(self):
        for value in self:
            upper = value.value_number_max if value.parameter_id.is_range else value.value_number
            value.reference_min = value.uom_id._to_reference(value.value_number)
            value.reference_max = value.uom_id._to_reference(upper)

    @api.depends_context("lang")
    @api.depends(
        "value_number",
        "value_number_max",
        "value_text",
        "value_boolean",
        "choice_ids.name",
        "uom_id.name",
        "parameter_id.kind",
        "parameter_id.is_range",
    )
    def _compute_value_display(self):
        for value in self:
            value.value_display = getattr(value, f"_display_{value.kind or 'text'}")()

    @api.depends("parameter_id.name", "value_display")
    def _compute_display_name(self):
        for value in self:
            value.display_name = f"{value.parameter_id.name or ''}: {value.value_display or ''}"

    @api.constrains(
        "parameter_id", "value_number", "value_number_max", "value_text", "choice_ids", "uom_id"
    )
    def _check_value(self):
        for value in self:
            problem = value._problem()
            if problem:
                raise ValidationError(
                    self.env._(
                        "%(product)s, %(parameter)s: %(problem)s",
                        product=value.product_tmpl_id.name,
                        parameter=value.parameter_id.name,
                        problem=problem,
                    )
                )

    def _problem(self):
        """Return what is wrong with the value as a translated sentence, or False."""
        self.ensure_one()
        parameter = self.parameter_id
        if self.choice_ids - parameter.choice_ids:
            return self.env._("a choice belongs to another parameter.")
        if self.kind == "selection" and not self.choice_ids:
            return self.env._("choose at least one value.")
        if self.kind == "text" and not self.value_text:
            return self.env._("the text is empty.")
        if self.kind == "number":
            return self._problem_of_number()
        return False

    def _problem_of_number(self):
        if (self.uom_id or self.parameter_id.uom_id) and (
            self.uom_id._family_id() != self.parameter_id.uom_id._family_id()
        ):
            return self.env._(
                "the unit %(unit)s does not convert to %(wanted)s.",
                unit=self.uom_id.name or self.env._("(none)"),
                wanted=self.parameter_id.uom_id.name or self.env._("(none)"),
            )
        if self.is_range and self.value_number_max < self.value_number:
            return self.env._("the range ends before it begins.")
        return False

    def _display_number(self):
        ends = [self.value_number]
        if self.is_range and self.value_number_max != self.value_number:
            ends.append(self.value_number_max)
        return self._format_reading(ends, self.uom_id)

    def _display_text(self):
        return self.value_text or ""

    def _display_boolean(self):
        return self.env._("yes") if self.value_boolean else self.env._("no")

    def _display_selection(self):
        return ", ".join(self.choice_ids.mapped("name"))

    @api.model
    def _format_reading(self, ends, unit):
        """Return one or two numbers with their unit, as the user's language writes them.

        :param ends: list of one number, or of the two ends of a range
        :param unit: uom.uom, may be empty
        """
        language = self.env["res.lang"]._lang_get(self.env.lang or "en_US")
        texts = []
        for end in ends:
            # six significant digits: what a customer's figure in another unit needs at most
            plain = f"{float(f'{end:.6g}'):.6f}".rstrip("0").rstrip(".")
            digits = len(plain.partition(".")[2])
            text = language.format(f"%.{digits}f", float(plain), grouping=True)
            texts.append(text.replace("-", "\N{MINUS SIGN}"))
        separator = " … " if any(end < 0 for end in ends) else "–"
        return f"{separator.join(texts)} {unit.name or ''}".strip()
