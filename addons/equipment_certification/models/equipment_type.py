from odoo import api, fields, models


class EquipmentType(models.Model):
    _inherit = "equipment.type"

    certification_requirement_ids = fields.One2many(
        "certification.requirement", "equipment_type_id", string="Certificates needed"
    )

    @api.model_create_multi
    def create(self, vals_list):
        kinds = super().create(vals_list)
        if any(kinds.mapped("parent_id")):
            self.env.registry.clear_cache()
        return kinds

    def write(self, vals):
        result = super().write(vals)
        if "parent_id" in vals:
            # what is needed of a type is needed of the types below it
            self.env.registry.clear_cache()
        return result
