from odoo import models


class CrmInquiry(models.Model):
    _inherit = "crm.inquiry"

    def _lead_values(self):
        # also for teams that work without leads: only what is qualified becomes a deal
        return {**super()._lead_values(), "type": "lead"}
