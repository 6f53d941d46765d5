from odoo import models


class DealDocumentType(models.Model):
    _inherit = "deal.document.type"

    def _collect_maintenance_contract(self, leads):
        return {
            lead: lead.service_offer_ids.contract_id.filtered(
                lambda contract: contract.state in ("active", "ended")
            )
            for lead in leads
        }

    def _is_required_maintenance_contract(self, leads):
        """Only where the customer agreed."""
        return {
            lead: any(offer.state in ("accepted", "concluded") for offer in lead.service_offer_ids)
            for lead in leads
        }
