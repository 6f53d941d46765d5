"""What a technician does on his phone and a service manager on his screen, in a real browser."""

from odoo.tests import HttpCase, tagged

from .common_protocol import ProtocolCase


@tagged("post_install", "-at_install")
class TestTourOnAPhone(HttpCase, ProtocolCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_commissioning(self):
        self.template.line_ids = [(0, 0, {"name": "Trained", "kind": "check"})]
        unit = self._delivered("TOUR-1")
        protocol = self._protocol(unit)
        protocol.with_user(self.manager_a).date_planned = "2030-05-06 08:00:00"
        self.technician_a.password = "tech_a-secret"
        self.start_tour(
            "/odoo/my-equipment-work",
            "equipment_commissioning_on_a_phone",
            login="tech_a",
        )
        self.assertEqual((protocol.state, protocol.outcome), ("done", "passed"))
        self.assertEqual(protocol.customer_signer, "Eva Sample (demo)")
        self.assertEqual(protocol.technician_signer_id, self.technician_a)
        self.assertTrue(protocol.technician_signature and protocol.customer_signature)
        self.assertEqual(len(protocol.photo_ids), 1)
        self.assertEqual(protocol.note, "Typed during the upload")
        self.assertEqual(self._line("Trained", protocol).result, "na")
        self.assertEqual(self._line("Pressure", protocol).value, 4.1)
        self.assertTrue(protocol.is_content_intact)
        self.assertEqual(unit.state, "service")


@tagged("post_install", "-at_install")
class TestTours(HttpCase, ProtocolCase):
    def test_unit_and_a_call(self):
        unit = self._delivered("TOUR-1")
        self.manager_a.password = "manager_a-secret"
        self.start_tour("/odoo/installed-base", "equipment_unit_life", login="manager_a")
        self.assertEqual(unit.protocol_ids.kind, "repair")
