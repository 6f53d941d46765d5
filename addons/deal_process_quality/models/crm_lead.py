from odoo import models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def _merge_dependences(self, opportunities):
        super()._merge_dependences(opportunities)
        calls = self.env["deal.quality.call"].sudo().search([("lead_id", "in", opportunities.ids)])
        calls.lead_id = self
