from odoo import models


class DealDocumentType(models.Model):
    _inherit = "deal.document.type"

    def _collect_inquiry(self, leads):
        return {
            lead: lead.inquiry_ids.filtered(lambda inquiry: inquiry.kind != "telephone")
            for lead in leads
        }

    def _collect_call(self, leads):
        return {
            lead: lead.inquiry_ids.filtered(lambda inquiry: inquiry.kind == "telephone")
            for lead in leads
        }
