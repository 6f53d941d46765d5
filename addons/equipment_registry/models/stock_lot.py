from odoo import models


class StockLot(models.Model):
    _inherit = "stock.lot"

    def write(self, vals):
        """A lot that is renamed is a plate that was read again."""
        result = super().write(vals)
        if vals.get("name") and not self.env.context.get("equipment_serial_corrected"):
            for unit in self.env["equipment.unit"].sudo()._of_lots(self):
                unit._correct_serial(vals["name"])
        return result
