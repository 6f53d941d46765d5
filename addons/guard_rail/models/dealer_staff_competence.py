from odoo import models


class DealerStaffCompetence(models.Model):
    """What somebody holds decides at once, in every worker, where he is stopped."""

    _name = "dealer.staff.competence"
    _inherit = ["dealer.staff.competence", "dealer.cached.mixin"]
