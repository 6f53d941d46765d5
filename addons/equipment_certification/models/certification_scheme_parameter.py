from odoo import fields, models


class CertificationSchemeParameter(models.Model):
    """What a scheme has measured or looked at in one of its tests, with limits."""

    _name = "certification.scheme.parameter"
    _description = "Parameter of a certification scheme"
    _inherit = "equipment.shared.mixin"
    _order = "scheme_id, sequence, id"

    scheme_id = fields.Many2one(
        "certification.scheme", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="scheme_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    test_name = fields.Char(
        "Test", required=True, translate=True, help="Parameters of one test have the same name."
    )
    name = fields.Char("Parameter", required=True, translate=True)
    method = fields.Char(help="Standard and clause by which it is measured.")
    kind = fields.Selection(
        [("number", "Measured"), ("check", "Checked")], required=True, default="number"
    )
    unit = fields.Char(help="Unit of the measured value and of its limits.")
    has_min = fields.Boolean("Lower limit")
    value_min = fields.Float("At least", digits=(16, 4))
    has_max = fields.Boolean("Upper limit")
    value_max = fields.Float("At most", digits=(16, 4))

    _limits_check = models.Constraint(
        "CHECK (NOT (has_min AND has_max) OR value_min <= value_max)",
        "The lower limit of a parameter lies above its upper limit.",
    )

    def _result_vals(self):
        """Return values of the result in which the parameter will be measured."""
        self.ensure_one()
        names = (
            "sequence", "name", "method", "kind", "unit",
            "has_min", "value_min", "has_max", "value_max",
        )  # fmt: skip
        return {name: self[name] for name in names}
