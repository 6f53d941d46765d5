from odoo import models


class DealerStaff(models.Model):
    _inherit = "dealer.staff"

    def _grant_access(self, invite=True):
        """Whoever is hired to sell belongs to a team from the first day."""
        users = super()._grant_access(invite)
        self.dealer_id._join_team()
        return users
