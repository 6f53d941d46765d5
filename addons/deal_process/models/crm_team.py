from odoo import fields, models


class CrmTeam(models.Model):
    _inherit = "crm.team"

    deal_process_id = fields.Many2one(
        "deal.process",
        string="Deal process",
        index="btree_not_null",
        domain="['|', ('company_id', '=', False), ('company_id', '=', company_id)]",
        help="What the team's deals follow. Empty: the company's process.",
    )
