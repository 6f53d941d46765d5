from odoo import fields, models


class DealerType(models.Model):
    _inherit = "dealer.type"

    agreement_required = fields.Boolean(
        default=True,
        help="A dealer of this type can only be activated while an agreement with it runs.",
    )
