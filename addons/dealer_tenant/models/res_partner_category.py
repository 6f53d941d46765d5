from odoo import fields, models


class ResPartnerCategory(models.Model):
    _inherit = "res.partner.category"

    company_id = fields.Many2one(
        "res.company",
        string="Company",
        index="btree_not_null",
        ondelete="cascade",
        help="The dealer whose tag this is; tags without company are the OEM's, for everybody.",
    )
