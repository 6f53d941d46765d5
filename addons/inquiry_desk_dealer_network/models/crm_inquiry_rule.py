from odoo import fields, models


class CrmInquiryRule(models.Model):
    _inherit = "crm.inquiry.rule"

    dealer_id = fields.Many2one(
        "dealer.dealer",
        index="btree_not_null",
        ondelete="restrict",
        groups="dealer_network.group_network_user,dealer_network.group_dealer_user",
        help="Suggests this dealer, before whoever serves the customer's territory.",
    )
