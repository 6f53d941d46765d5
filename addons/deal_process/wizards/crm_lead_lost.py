from odoo import api, fields, models


class CrmLeadLost(models.TransientModel):
    _inherit = "crm.lead.lost"

    is_deal = fields.Boolean(compute="_compute_is_deal")

    @api.depends("lead_ids.process_version_id")
    def _compute_is_deal(self):
        for wizard in self:
            wizard.is_deal = bool(wizard.lead_ids.process_version_id)
