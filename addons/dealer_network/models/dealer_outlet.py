from odoo import api, fields, models
from odoo.exceptions import ValidationError


class DealerOutlet(models.Model):
    """Place of business of a dealer."""

    _name = "dealer.outlet"
    _description = "Outlet"
    _inherit = ["dealer.part.mixin", "dealer.geo.mixin"]
    _order = "dealer_id, is_main desc, name"
    _rec_names_search = ["name", "code", "city"]

    name = fields.Char(required=True, index="trigram")
    code = fields.Char(index="btree_not_null", copy=False)
    is_main = fields.Boolean(string="Main outlet")
    phone = fields.Char()
    email = fields.Char()
    hours_ids = fields.One2many("dealer.outlet.hours", "outlet_id", string="Opening hours")
    opening_hours = fields.Char(compute="_compute_opening_hours")
    operation_ids = fields.One2many("dealer.operation", "outlet_id")
    staff_ids = fields.One2many("dealer.staff", "outlet_id")
    active = fields.Boolean(default=True)

    _code_uniq = models.UniqueIndex(
        "(dealer_id, code) WHERE code IS NOT NULL", "This dealer has another outlet of this code."
    )
    _main_uniq = models.UniqueIndex(
        "(dealer_id) WHERE is_main AND active", "A dealer has one main outlet."
    )

    @api.constrains("dealer_id")
    def _check_operations(self):
        for outlet in self:
            if outlet.operation_ids.dealer_id - outlet.dealer_id:
                raise ValidationError(
                    self.env._(
                        "Outlet %(name)s has operations of another dealer.", name=outlet.name
                    )
                )

    @api.depends("hours_ids.weekday", "hours_ids.hour_from", "hours_ids.hour_to")
    def _compute_opening_hours(self):
        for outlet in self:
            outlet.opening_hours = outlet.hours_ids._as_text()

    @api.depends("name", "city")
    def _compute_display_name(self):
        for outlet in self:
            parts = (
                outlet.name,
                outlet.city if (outlet.city or "") not in (outlet.name or "") else None,
            )
            outlet.display_name = ", ".join(filter(None, parts))

    @api.model_create_multi
    def create(self, vals_list):
        """The first outlet of a dealer is its main one unless told otherwise."""
        dealer_ids = {vals.get("dealer_id") for vals in vals_list if "is_main" not in vals}
        served = set(self.sudo().search([("dealer_id", "in", list(dealer_ids))]).dealer_id.ids)
        served |= {vals.get("dealer_id") for vals in vals_list if vals.get("is_main")}
        for vals in vals_list:
            if "is_main" not in vals and vals.get("dealer_id") not in served:
                vals["is_main"] = True
                served.add(vals.get("dealer_id"))
        return super().create(vals_list)
