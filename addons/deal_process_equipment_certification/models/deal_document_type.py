from odoo import models


class DealDocumentType(models.Model):
    _inherit = "deal.document.type"

    def _collect_certificate(self, leads):
        """The certificates under which the deal's machines went, and those of what is to go."""
        lines = leads._certification_lines()
        wanted = lines._certification_wanted()
        given = self.env["certification.scope"]._proven(
            proof for pairs in wanted.values() for proof, _count in pairs
        )
        Certificate = self.env["certification.certificate"].sudo()
        found = dict.fromkeys(leads, Certificate)
        for line, pairs in wanted.items():
            lead = line.order_id.opportunity_id
            ids = [given[proof][0][0] for proof, _count in pairs if proof in given]
            found[lead] |= line.move_ids.move_line_ids.certificate_ids | Certificate.browse(ids)
        return found

    def _is_required_certificate(self, leads):
        needing = leads._certification_lines()._needing_certificates()
        touched = {line.order_id.opportunity_id for line in needing}
        return {lead: lead in touched for lead in leads}
