from odoo import fields, models


class DealNeed(models.Model):
    """One need of a customer, as a line of the lead's or deal's list."""

    _name = "deal.need"
    _description = "Need of a Customer"
    _order = "sequence, id"
    _rec_name = "name"

    lead_id = fields.Many2one("crm.lead", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="lead_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    kind_id = fields.Many2one("deal.need.kind", required=True, ondelete="restrict")
    name = fields.Char(string="What the customer needs", required=True)
    quantity = fields.Float(default=1.0, digits="Product Unit")
    uom_id = fields.Many2one(
        "uom.uom", string="Unit", default=lambda self: self.env.ref("uom.product_uom_unit", False)
    )
    wanted_date = fields.Date(string="Wanted by")
    note = fields.Char(string="Conditions", help="Operating conditions, restrictions, budget.")

    _quantity_positive = models.Constraint(
        "CHECK(quantity > 0)", "The quantity of a need is more than zero."
    )
