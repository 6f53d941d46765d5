from odoo.tests import HttpCase, tagged

from .common import CertificationCase


@tagged("post_install", "-at_install")
class TestTours(CertificationCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.manager, cls.worker):
            user.password = f"{user.login}-secret"

    def test_the_engineer_brings_a_machine_from_application_to_certificate(self):
        self._stock(self.oven, "O1-0001")
        self.start_tour(
            "/odoo/certification-applications",
            "equipment_certification_life",
            login=self.manager.login,
        )
        certificate = self.env["certification.certificate"].search([("name", "=", "H-TOUR-1")])
        self.assertEqual(certificate.state, "valid")
        self.assertEqual(certificate.scope_ids.serial_from, "O1-0001")

    def test_the_warehouse_is_stopped_in_plain_words(self):
        lot = self._stock(self.oven, "O1-0002")
        delivery = self._delivery(lot)
        delivery.action_confirm()
        self.start_tour(
            f"/odoo/action-stock.action_picking_tree_all/{delivery.id}",
            "equipment_certification_gate",
            login=self.worker.login,
        )
        self.assertNotEqual(delivery.state, "done")
