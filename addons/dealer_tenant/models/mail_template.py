from odoo import fields, models


class MailTemplate(models.Model):
    _inherit = "mail.template"

    company_id = fields.Many2one(
        "res.company",
        string="Company",
        index="btree_not_null",
        ondelete="cascade",
        help="The dealer whose template this is; templates without company are the OEM's, "
        "for everybody.",
    )
