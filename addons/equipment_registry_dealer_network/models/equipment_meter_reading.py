from odoo import api, models


class EquipmentMeterReading(models.Model):
    _inherit = "equipment.meter.reading"

    @api.model_create_multi
    def create(self, vals_list):
        readings = super().create(vals_list)
        self.env["equipment.disclosure"]._refresh_units(readings.unit_id)
        return readings
