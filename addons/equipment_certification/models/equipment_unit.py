from odoo import models


class EquipmentUnit(models.Model):
    _name = "equipment.unit"
    _inherit = ["equipment.unit", "certification.subject.mixin"]

    def action_apply_for_certification(self):
        """Draft the applications for the certificates that the machines lack."""
        return self.lot_id.action_apply_for_certification()

    def _certification_key(self):
        return self.company_id, self.product_id.product_tmpl_id, self.serial
