from odoo import api, fields, models


class DealerOperation(models.Model):
    """An activity for a brand, run at an outlet."""

    _name = "dealer.operation"
    _description = "Operation at an Outlet"
    _inherit = ["dealer.part.mixin"]
    _order = "outlet_id, activity_id, brand_id"

    outlet_id = fields.Many2one("dealer.outlet", required=True, index=True, ondelete="cascade")
    dealer_id = fields.Many2one(
        related="outlet_id.dealer_id", store=True, index=True, required=False
    )
    activity_id = fields.Many2one("dealer.activity", required=True, index=True, ondelete="restrict")
    brand_id = fields.Many2one("dealer.brand", required=True, index=True, ondelete="restrict")
    capacity = fields.Integer(help="Work places, bays or demonstration units for this operation.")
    active = fields.Boolean(default=True)

    _operation_uniq = models.Constraint(
        "UNIQUE(outlet_id, activity_id, brand_id)",
        "This outlet has this activity for this brand already.",
    )
    _capacity_positive = models.Constraint(
        "CHECK(capacity >= 0)", "The capacity of an operation cannot be negative."
    )

    @api.depends("activity_id.name", "brand_id.name", "outlet_id.name")
    def _compute_display_name(self):
        for operation in self:
            operation.display_name = self.env._(
                "%(activity)s %(brand)s at %(outlet)s",
                activity=operation.activity_id.name,
                brand=operation.brand_id.name,
                outlet=operation.outlet_id.name,
            )
