from odoo import models


class IrRule(models.Model):
    _inherit = "ir.rule"

    def _compute_domain_context_values(self):
        """Rules are cached for a user; a support access changes what they must say, and it
        begins and ends by the clock."""
        yield from super()._compute_domain_context_values()
        yield self.env["dealer.support.access"]._running(self.env.uid)
