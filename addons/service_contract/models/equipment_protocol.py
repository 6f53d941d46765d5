from odoo import models


class EquipmentProtocol(models.Model):
    _inherit = "equipment.protocol"

    def _visits(self):
        return self.env["service.visit"].sudo().search([("protocol_id", "in", self.ids)])

    def _finish(self):
        super()._finish()
        self._visits().filtered(lambda visit: visit.state == "prepared").write({"state": "done"})

    def _arrive(self, state):
        """A visit whose work is cancelled is owed as before."""
        super()._arrive(state)
        if state == "cancelled":
            self._visits().filtered(lambda visit: visit.state == "prepared").write(
                {"state": "planned", "protocol_id": False}
            )
