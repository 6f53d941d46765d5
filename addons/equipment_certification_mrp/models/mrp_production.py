from odoo import api, fields, models


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    lacks_certificate = fields.Boolean(compute="_compute_lacks_certificate")

    @api.depends("lot_producing_ids", "product_id")
    def _compute_lacks_certificate(self):
        for production in self:
            states = production.lot_producing_ids.mapped("certification_state")
            production.lacks_certificate = "missing" in states

    def action_apply_for_certification(self):
        """Draft the applications for the serial numbers that are made here."""
        return self.lot_producing_ids.action_apply_for_certification()
