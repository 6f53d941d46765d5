from odoo import models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_confirm(self):
        """Confirm, where the state of the dealer who sells permits it.

        :raise UserError: naming order, dealer and state
        """
        self._check_dealer_may_sell()
        return super().action_confirm()

    def _check_dealer_may_sell(self):
        """Look in the table of states, which the OEM administrator edits."""
        dealers = self.env["dealer.dealer"].sudo().with_context(active_test=False)
        dealers = dealers.search([("company_id", "in", self.company_id.ids)])
        barred = dealers.filtered(lambda dealer: not dealer.permits("sell"))
        if not barred:
            return
        dealer = barred[0]
        order = self.filtered(lambda order: order.company_id == dealer.company_id)[:1]
        states = dict(dealer._fields["state"]._description_selection(self.env))
        raise UserError(
            self.env._(
                "Order %(order)s cannot be confirmed: %(dealer)s is “%(state)s”, and in that state "
                "nothing is sold. Ask the OEM's network managers.",
                order=order.name,
                dealer=dealer.name,
                state=states[dealer.state],
            )
        )
