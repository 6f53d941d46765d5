from odoo import api, fields, models
from odoo.exceptions import ValidationError


class StockLocation(models.Model):
    _inherit = "stock.location"

    certification_exempt = fields.Boolean(
        "Without certificate",
        help="Equipment may come here before it is certified: the way to a laboratory, a fair.",
    )

    @api.constrains("certification_exempt", "usage")
    def _check_certification_exempt(self):
        for location in self:
            if location.certification_exempt and location.usage == "customer":
                raise ValidationError(
                    self.env._(
                        "%(location)s is a customer's: what comes there without a certificate is"
                        " delivered without it.",
                        location=location.display_name,
                    )
                )
