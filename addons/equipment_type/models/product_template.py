from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ProductTemplate(models.Model):
    _inherit = "product.template"

    equipment_type_id = fields.Many2one(
        "equipment.type", index="btree_not_null", ondelete="restrict", tracking=True
    )
    equipment_value_ids = fields.One2many(
        "equipment.parameter.value", "product_tmpl_id", string="Technical data", copy=True
    )
    equipment_missing_ids = fields.Many2many(
        "equipment.parameter",
        string="Not given yet",
        compute="_compute_equipment_missing_ids",
        help="Parameters of the equipment type of which the product has no value. Selection "
        "cannot judge the product by them.",
    )

    @api.depends("equipment_type_id.all_parameter_ids", "equipment_value_ids.parameter_id")
    def _compute_equipment_missing_ids(self):
        for product in self:
            product.equipment_missing_ids = (
                product.equipment_type_id.all_parameter_ids
                - product.equipment_value_ids.parameter_id
            )

    @api.constrains("company_id", "equipment_type_id")
    def _check_equipment_type_company(self):
        for product in self:
            owner = product.equipment_type_id.company_id
            if owner and owner != product.company_id:
                raise ValidationError(
                    self.env._(
                        "%(product)s: the equipment type %(type)s belongs to %(company)s alone.",
                        product=product.name,
                        type=product.equipment_type_id.name,
                        company=owner.name,
                    )
                )
