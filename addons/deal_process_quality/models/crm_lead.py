from odoo import models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def _merge_dependences(self, opportunities):
        super()._merge_dependences(opportunities)
        # of whoever they are: a record that the merging user does not see would be lost
        calls = self.env["deal.quality.call"].sudo().search([("lead_id", "in", opportunities.ids)])
        calls.lead_id = self
