from odoo import models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def _certification_lines(self):
        """Return the lines of the deals' confirmed orders, or of a deal's open ones while none
        is confirmed."""
        confirmed = self.order_ids.filtered(lambda order: order.state == "sale")
        decided = confirmed.opportunity_id
        offered = self.order_ids.filtered(
            lambda order: order.state != "cancel" and order.opportunity_id not in decided
        )
        return (confirmed | offered).order_line
