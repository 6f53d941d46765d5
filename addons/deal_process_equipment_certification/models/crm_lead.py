from odoo import models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def _certification_lines(self):
        """Return the order lines of the deals that still count."""
        return self.order_ids.filtered(lambda order: order.state != "cancel").order_line
