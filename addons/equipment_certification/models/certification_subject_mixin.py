from odoo import fields, models


class CertificationSubjectMixin(models.AbstractModel):
    """A piece of equipment that may need certificates: a serial number in a company."""

    _name = "certification.subject.mixin"
    _description = "Subject of certification"

    certification_state = fields.Selection(
        [("free", "Not needed"), ("missing", "Missing"), ("certified", "Certified")],
        string="Certification",
        compute="_compute_certification",
    )
    certificate_ids = fields.Many2many(
        "certification.certificate",
        string="Certificates in force",
        compute="_compute_certification",
    )
    certificate_count = fields.Integer(compute="_compute_certification")

    def _compute_certification(self):
        proofs = self._certification_proofs()
        given = self.env["certification.scope"]._proven(
            proof for group in proofs.values() for proof in group
        )
        Certificate = self.env["certification.certificate"]
        for piece in self:
            needed = proofs.get(piece, [])
            found = dict(pair for proof in needed for pair in given.get(proof, ()))
            piece.certificate_ids = Certificate.browse(found)
            piece.certificate_count = len(found)
            if needed:
                complete = all(proof in given for proof in needed)
                piece.certification_state = "certified" if complete else "missing"
            else:
                piece.certification_state = "free"

    def action_view_certificates(self):
        """Open the certificates that cover the equipment, also those that no longer count."""
        proofs = self._certification_proofs().values()
        touched = self.env["certification.scope"]._touched(
            proof for group in proofs for proof in group
        )
        ids = {number for pairs in touched.values() for number, _quantity in pairs}
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "equipment_certification.certification_certificate_action"
        )
        action["domain"] = [("id", "in", list(ids))]
        action["context"] = {}
        return action

    def _certification_proofs(self):
        """Return ``{record: proofs}`` of what the equipment needs in its company."""
        scope = self.env["certification.scope"]
        proofs = {}
        for piece in self:
            company, product, serial = piece._certification_key()
            for schemes in product._certification_of(company).values():
                proofs[piece] = [
                    scope._proof(company, product, scheme_id, serial) for scheme_id in schemes
                ]
        return proofs

    def _certification_key(self):
        """Return (company, product template, serial number) of the piece."""
        raise NotImplementedError
