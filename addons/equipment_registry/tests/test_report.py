from lxml import html

from odoo.tests import tagged

from .common_protocol import ProtocolCase


@tagged("post_install", "-at_install")
class TestReport(ProtocolCase):
    def _text(self):
        content, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.technician_a)
            ._render_qweb_html("equipment_registry.report_protocol", self.protocol.ids)
        )
        return " ".join(html.fromstring(content).text_content().split())

    def test_paper_says_what_was_found_and_who_signed(self):
        self._fill(self.protocol, pressure=9.0)
        self._line("Pressure").remark = "Valve to be changed"
        self._sign(self.protocol)
        text = self._text()
        for part in (
            "Commissioning protocol COM-P-1-01",
            "Customer of A",
            "Pump house",
            "Test pump",
            "P-1",
            "3.5 – 4.5",
            "Valve to be changed",
            "The technician",
            "The customer",
            "not put into service",
            self.protocol.content_hash,
        ):
            self.assertIn(part, text)
        self.assertNotIn("not valid without", text)

    def test_unsigned_paper_says_so(self):
        self.assertIn("not valid without both signatures", self._text())
