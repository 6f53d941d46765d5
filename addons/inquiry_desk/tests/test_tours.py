"""What the head of sales does on his screens, in a real browser."""

from odoo.tests import HttpCase, tagged

from ..parsers.parsed import Parsed
from .common import InquiryDeskCase


@tagged("post_install", "-at_install")
class TestTours(HttpCase, InquiryDeskCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller_a.name = "Tour Seller"
        cls.chat_a.name = "Chat of the tour"
        cls.env["crm.inquiry.rule"].create(
            {
                "name": "r",
                "company_id": cls.dealer_a.id,
                "team_id": cls.team_a.id,
                "user_id": cls.seller_a.id,
            }
        )
        cls.pump = cls._incoming("Tour pump", "02 41 00 00 01")
        cls.valve = cls._incoming("Tour valve", "02 41 00 00 02")
        cls._incoming("Tour motor", "02 41 00 00 03")
        cls.riddle = cls.Inquiry._receive(
            {
                "channel": cls.chat_a,
                "subject": "Tour riddle",
                "original": b"?",
                "parsed": cls._nothing(),
            }
        )
        cls.head_a.password = "head_a-secret"

    @classmethod
    def _incoming(cls, subject, phone):
        return cls.Inquiry._receive(
            {"channel": cls.chat_a, "subject": subject, "text": subject, "phone": phone}
        )

    @classmethod
    def _nothing(cls):
        return Parsed(subject="Tour riddle")

    def test_triage_by_key_and_by_dragging(self):
        self.start_tour("/odoo/triage", "inquiry_desk_triage", login="head_a")
        self.assertEqual((self.pump.user_id, self.pump.state), (self.seller_a, "assigned"))
        self.assertEqual(self.valve.user_id, self.seller_a)

    def test_template_with_preview(self):
        self.start_tour(
            "/odoo/action-inquiry_desk.crm_inquiry_template_action",
            "inquiry_desk_template",
            login="head_a",
        )
        template = self.env["crm.inquiry.template"].search([("name", "=", "Tour form")])
        self.assertEqual(
            (template.company_id, template.line_ids.labels), (self.dealer_a, "Numéro; Phone number")
        )

    def test_to_sort(self):
        self.start_tour("/odoo/inquiries-to-sort", "inquiry_desk_to_sort", login="head_a")
        self.assertEqual((self.riddle.state, self.riddle.phone), ("queued", "+33240000088"))
        self.assertTrue(self.riddle.lead_id)

    def test_cockpit(self):
        self.start_tour("/odoo/inquiry-cockpit", "inquiry_desk_cockpit", login="head_a")
