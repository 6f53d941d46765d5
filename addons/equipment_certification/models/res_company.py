from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    certification_gate = fields.Selection(
        [
            ("shipping", "When it leaves the company's stock"),
            ("site", "When it reaches the customer"),
        ],
        string="Certificate needed",
        required=True,
        default="shipping",
        help="Where equipment that needs a certificate is stopped without it: already at the"
        " shipping, also into transit to another company; or at the customer's site only.",
    )
