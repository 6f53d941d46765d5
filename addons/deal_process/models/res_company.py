from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    deal_process_id = fields.Many2one(
        "deal.process",
        string="Deal process",
        help="What deals of teams without a process of their own follow. Empty: no standard.",
    )
    deal_untouched_days = fields.Integer(
        string="Untouched after (days)",
        default=7,
        help="The cockpit lists deals that nobody has worked on for so many days.",
    )
