from odoo import models
from odoo.fields import Command


class DealerIsolationRecipe(models.AbstractModel):
    _inherit = "dealer.isolation.recipe"

    def _make_certification_application(self, maker):
        scheme = self._shared_scheme(maker)
        return {
            "scheme_id": scheme.id,
            "body_id": maker.record("certification.body").id,
            "product_tmpl_id": self._shared_product(maker).product_tmpl_id.id,
            "scope_kind": "model",
        }

    def _make_certification_accreditation(self, maker):
        return {
            "number": "ISOLATION-1",
            "body_id": maker.record("certification.body").id,
            "scheme_ids": [Command.set(self._shared_scheme(maker).ids)],
        }

    def _make_certification_test(self, maker):
        return {
            "name": "Isolation probe",
            "application_id": maker.record("certification.application").id,
        }

    def _make_certification_test_line(self, maker):
        return {"name": "Isolation probe", "test_id": maker.record("certification.test").id}

    def _make_certification_certificate(self, maker):
        return {
            "name": "ISOLATION-1",
            "scheme_id": self._shared_scheme(maker).id,
            "body_id": maker.record("certification.body").id,
        }

    def _make_certification_scope(self, maker):
        return {
            "certificate_id": maker.record("certification.certificate").id,
            "product_tmpl_id": self._shared_product(maker).product_tmpl_id.id,
            "kind": "serial",
            "serial_from": "SN-ISOLATION-1",
        }

    def _shared_scheme(self, maker):
        """A scheme of the OEM's: read by everybody, changed by nobody else."""
        return maker.env.ref("equipment_certification.scheme_climatic")
