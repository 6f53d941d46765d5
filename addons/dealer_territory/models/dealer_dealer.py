from odoo import api, fields, models


class DealerDealer(models.Model):
    _inherit = "dealer.dealer"

    territory_assignment_ids = fields.One2many("dealer.territory.assignment", "dealer_id")
    territory_ids = fields.Many2many(
        "dealer.territory", string="Territories", compute="_compute_territories"
    )
    territory_count = fields.Integer("Number of territories", compute="_compute_territories")

    @api.depends(
        "territory_assignment_ids.territory_id",
        "territory_assignment_ids.date_from",
        "territory_assignment_ids.date_to",
    )
    @api.depends_context("uid")
    def _compute_territories(self):
        current = dict(
            self.env["dealer.territory.assignment"]._read_group(
                [("dealer_id", "in", self.ids), ("is_current", "=", True)],
                ["dealer_id"],
                ["territory_id:recordset"],
            )
        )
        for dealer in self:
            dealer.territory_ids = current.get(dealer._origin, False)
            dealer.territory_count = len(dealer.territory_ids)

    def action_view_territories(self):
        """Open the territory assignments of the dealer."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Territories of %(dealer)s", dealer=self.display_name),
            "res_model": "dealer.territory.assignment",
            "view_mode": "list,form",
            "domain": [("dealer_id", "=", self.id)],
            "context": {"default_dealer_id": self.id},
        }
