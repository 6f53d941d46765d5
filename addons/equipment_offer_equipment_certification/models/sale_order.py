from datetime import date
from typing import NamedTuple

from odoo import models


class OfferedCertificate(NamedTuple):
    """A line of the offer's certificate list, with the names that its template reads."""

    product: str
    name: str
    number: str
    body: str
    valid_until: date | bool


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _offer_certificates(self):
        """Add the certificates in force that the offered models need, and those still to come.

        A certificate of the model is named with its number; where certificates are given machine
        by machine the offer promises one with the delivery.
        """
        lines = super()._offer_certificates()
        scope = self.env["certification.scope"]
        products = self.order_line.product_id.product_tmpl_id
        needed = products._certification_of(self.company_id)
        proofs = {
            (product, scheme): scope._proof(self.company_id, product, scheme, "")
            for product, schemes in needed.items()
            for scheme in schemes
        }
        given = scope._proven(proofs.values())
        return lines + [
            self._offered_certificate(product, scheme, given.get(proof))
            for (product, scheme), proof in proofs.items()
        ]

    def _offered_certificate(self, product, scheme_id, pairs):
        # who reads the offer reads the names, whatever the seller may open
        scheme = self.env["certification.scheme"].sudo().browse(scheme_id)
        Certificate = self.env["certification.certificate"].sudo()
        certificate = Certificate.browse(pairs[0][0]) if pairs else Certificate
        return OfferedCertificate(
            product=product.display_name,
            name=scheme.name,
            number=certificate.name or self.env._("with the delivery, for each machine"),
            body=certificate.body_id.name or "",
            valid_until=certificate.date_to,
        )
