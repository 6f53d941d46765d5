from odoo import models


class DealDocumentType(models.Model):
    _inherit = "deal.document.type"

    def _collect_protocol(self, leads):
        """Signed protocols of delivery and commissioning."""
        return {
            lead: protocols.filtered(lambda one: one.state == "done")
            for lead, protocols in leads._equipment_protocols().items()
        }

    def _is_required_protocol(self, leads):
        return {lead: bool(products) for lead, products in leads._equipment_products().items()}
