from odoo import fields, models


class ResPartnerGrade(models.Model):
    _inherit = "res.partner.grade"

    tier_ids = fields.One2many(
        "dealer.tier", "grade_id", string="Dealer tiers", groups="dealer_network.group_network_user"
    )
