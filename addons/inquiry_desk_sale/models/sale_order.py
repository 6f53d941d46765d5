from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_confirm(self):
        """With his first order a potential customer is a customer."""
        done = super().action_confirm()
        partners = self.partner_id | self.partner_id.commercial_partner_id
        partners.sudo().filtered(
            lambda partner: partner.customer_type == "potential"
        ).customer_type = "customer"
        return done
