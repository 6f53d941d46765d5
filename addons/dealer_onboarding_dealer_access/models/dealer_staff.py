from odoo import models


class DealerStaff(models.Model):
    """Whoever gets a login at a dealer signs in on what is asked of him today."""

    _inherit = "dealer.staff"

    def _user_vals(self):
        today = self.env.ref("dealer_onboarding.dealer_today_action")
        return {**super()._user_vals(), "action_id": today.id}
