from odoo import models


class DealGate(models.Model):
    _inherit = "deal.gate"

    def _evaluate_service_talk(self, leads):
        """Exit of the service stage: the customer has a contract, or has said why not."""
        return {lead: self._service_problems(lead.service_offer_ids) for lead in leads}

    def _service_problems(self, offers):
        if not offers:
            return [self.env._("Service has not been offered to the customer yet.")]
        texts = {
            "offer": self.env._("Service has been prepared but not offered: note the answer."),
            "accepted": self.env._(
                "The customer agrees to service: conclude the maintenance contract."
            ),
        }
        return [texts[offer.state] for offer in offers if offer.state in texts]

    def _resolve_service_talk(self, lead):
        """Open the talk about service."""
        return lead.action_view_service_offer()
