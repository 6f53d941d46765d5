from odoo import api, models


class DealerStaffCompetence(models.Model):
    """What somebody holds decides at once, in every worker, where he is stopped."""

    _inherit = "dealer.staff.competence"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        self.env.registry.clear_cache()
        return lines

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
