from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    equipment_brand = fields.Char(
        string="Brand",
        help="Name on the machine's plate. Serial numbers are unique within a brand; without a"
        " brand they are unique within the product.",
    )

    def _is_equipment(self):
        """Tell whether each piece of the product has a life in the registry.

        :return: bool; for one product
        """
        self.ensure_one()
        return self.tracking == "serial" and bool(self.equipment_type_id)
