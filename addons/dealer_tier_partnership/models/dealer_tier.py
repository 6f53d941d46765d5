from odoo import fields, models


class DealerTier(models.Model):
    _inherit = "dealer.tier"

    grade_id = fields.Many2one(
        "res.partner.grade",
        string="Partner level",
        index="btree_not_null",
        ondelete="restrict",
        groups="dealer_network.group_network_user",
        help="The contact of a dealer in this tier gets the level and with it the price list.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "grade_id" in vals:
            dealers = self.env["dealer.dealer"].sudo().with_context(active_test=False)
            dealers.search([("tier_id", "in", self.ids)])._push_grade()
        return result
