from odoo import api, fields, models
from odoo.exceptions import ValidationError


class EquipmentParameter(models.Model):
    """A technical property by which equipment is described, compared and selected.

    One parameter serves several types: flow is the same question for a pump and for a
    compressor, so it is asked, converted and compared in one way.
    """

    _name = "equipment.parameter"
    _inherit = "equipment.shared.mixin"
    _description = "Technical Parameter"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, index=True, help="Short, stable name for files and interfaces: flow."
    )
    company_id = fields.Many2one(
        "res.company",
        index=True,
        help="Without a company the parameter is shared: everybody uses it, and only who keeps "
        "the shared equipment data changes it.",
    )
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10, help="Order in technical tables.")
    kind = fields.Selection(
        [
            ("number", "Number"),
            ("text", "Text"),
            ("selection", "Choice from a list"),
            ("boolean", "Yes or no"),
        ],
        default="number",
        required=True,
    )
    is_range = fields.Boolean(
        string="From – to", help="Equipment covers a range of this number, not one value."
    )
    uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        ondelete="restrict",
        help="Values may be entered in any unit that converts to this one.",
    )
    compatible_uom_ids = fields.Many2many(
        "uom.uom", string="Units that convert", compute="_compute_compatible_uom_ids"
    )
    choice_ids = fields.One2many("equipment.parameter.choice", "parameter_id", copy=True)
    type_ids = fields.Many2many("equipment.type", string="Equipment types")
    description = fields.Text(translate=True)

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "There is a parameter with this code already."
    )

    @api.depends("uom_id")
    def _compute_compatible_uom_ids(self):
        families = self.env["uom.uom"]._families()
        for parameter in self:
            parameter.compatible_uom_ids = families.get(
                parameter.uom_id._family_id(), parameter.uom_id
            )

    @api.constrains("kind", "uom_id", "is_range")
    def _check_number(self):
        for parameter in self:
            if parameter.kind != "number" and (parameter.uom_id or parameter.is_range):
                raise ValidationError(
                    self.env._(
                        "Parameter %(name)s: only a number has a unit or a range.",
                        name=parameter.name,
                    )
                )
