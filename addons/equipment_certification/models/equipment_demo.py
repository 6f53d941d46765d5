from odoo import models


class EquipmentDemo(models.Model):
    _inherit = "equipment.demo"

    def _check_may_go(self):
        """A machine that is lent stands at a customer's, as one that is sold."""
        super()._check_may_go()
        self.unit_id._check_certified()
