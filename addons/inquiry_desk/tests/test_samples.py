"""The shared samples through the gateway: each gives the record its index describes."""

import json
import re

from odoo.tests import tagged

from ..parsers import jivo_webhook
from .common import SAMPLES, InquiryDeskCase


@tagged("post_install", "-at_install")
class TestSamples(InquiryDeskCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mailbox_b.mailbox = "sales@kompressor-servis.example.ru"
        cls.dealer_b.inquiry_own_contacts = "8 800 000-00-00"

    def setUp(self):
        super().setUp()
        if not SAMPLES.is_dir():
            self.skipTest("the shared samples are not beside the project")

    def sample(self, name):
        inquiry = self.deliver((SAMPLES / name).read_bytes())
        self.assertEqual(len(inquiry), 1)
        return inquiry

    def hook(self, name):
        original = (SAMPLES / "webhook" / name).read_bytes()
        parsed = jivo_webhook.read(json.loads(original), "RU")
        return self.Inquiry._receive(
            {"channel": self.chat_b, "parsed": parsed, "original": original}
        )

    def assertRecord(self, inquiry, relation="new", **values):
        self.assertEqual(inquiry.relation, relation)
        self.assertRecordValues(inquiry, [values])
        self.assertTrue(inquiry.lead_id)
        self.assertEqual(inquiry.lead_id.first_inquiry_id, inquiry)
        self.assertEqual(inquiry.partner_id.customer_type, "potential")
        self.assertEqual(inquiry.partner_id.first_inquiry_id, inquiry)
        self.assertTrue(inquiry.original_id.raw)

    def test_transcript(self):
        inquiry = self.sample("jivo/jivo_01_chat_multipart.eml")
        self.assertRecord(
            inquiry,
            contact_name="Алексей Петров",
            phone="+79000001122",
            email="a.petrov@zavod-obrazec.example.ru",
            company_name="ООО «Завод Образец»",
            vat="0000000000",
            utm_source="yandex",
            utm_campaign="kv15",
            agent="Марина Соколова",
            external_key="jivo:7607",
            language="ru",
            state="queued",
        )
        self.assertIn("/catalog/vintovye/kv-15", inquiry.page)
        self.assertEqual(len(inquiry.chat), 4)
        self.assertEqual(inquiry.lead_id.source_id.name, "yandex")
        self.assertIn("15 кВт", inquiry.lead_id.description)

    def test_offline_message(self):
        inquiry = self.sample("jivo/jivo_02_offline_htmlonly.eml")
        self.assertRecord(inquiry, contact_name="Ольга", email="olga@example.com", phone=False)
        self.assertIn("насос для перекачки кислоты", inquiry.text)

    def test_anonymous_visitor(self):
        inquiry = self.sample("jivo/jivo_03_anonymous_cp1251.eml")
        self.assertRecord(
            inquiry, contact_name="Сергей", phone="+79000003344", phones="+79000003344", email=False
        )

    def test_english_transcript(self):
        inquiry = self.sample("jivo/jivo_04_english.eml")
        self.assertRecord(
            inquiry,
            contact_name="John Smith",
            phone="+14084987855",
            email="email@example.com",
            language="en",
        )

    def test_second_chat_of_a_customer_makes_no_second_lead(self):
        first = self.sample("jivo/jivo_01_chat_multipart.eml")
        second = self.sample("jivo/jivo_05_existing_contact_attachment.eml")
        self.assertEqual((second.partner_id, second.lead_id), (first.partner_id, first.lead_id))
        self.assertEqual((second.relation, second.thread_id), ("thread", first))
        self.assertIn("Опросный лист.pdf", second._attachments().mapped("name"))

    def test_customer_of_long_ago_makes_no_lead(self):
        partner = self.env["res.partner"].create(
            {
                "name": "Petrov",
                "phone": "8 900 000-11-22",
                "company_id": self.dealer_b.id,
                "user_id": self.head_b.id,
            }
        )
        inquiry = self.sample("jivo/jivo_05_existing_contact_attachment.eml")
        self.assertRecordValues(
            inquiry,
            [
                {
                    "partner_id": partner.id,
                    "relation": "known",
                    "lead_id": False,
                    "user_id": self.head_b.id,
                }
            ],
        )

    def test_forms(self):
        expected = {
            "form_01_tilda_text": (
                "Светлана Филатова",
                "+79000000158",
                "buyer@example.com",
                "tilda:15957456:8028853052",
            ),
            "form_02_tilda_html": (
                "Пётр",
                "+79000007766",
                "petr@example.com",
                "tilda:11091747:7807579192",
            ),
            "form_03_cf7_en": (
                "Jean Dupont",
                "+33199000000",
                "j.dupont@usine-exemple.example.fr",
                "mail:<wp1@kompressor>",
            ),
            "form_04_cf7_ru": (
                "Николай Волков",
                "+79000005544",
                "volkov@example.com",
                "mail:<wp2@kompressor>",
            ),
            "form_05_bitrix_feedback_cp1251": (
                "Зинаида",
                "+79000001234",
                "zina@example.com",
                "mail:<bx1@kompressor>",
            ),
            "form_06_bitrix_webform": ("Андрей", "+79000003322", False, "bitrix:3:418"),
        }
        for name, (person, phone, email, key) in expected.items():
            with self.subTest(name):
                inquiry = self.sample(f"form/{name}.eml")
                self.assertRecord(
                    inquiry, contact_name=person, phone=phone, email=email, external_key=key
                )

    def test_form_details(self):
        inquiry = self.sample("form/form_01_tilda_text.eml")
        self.assertEqual(inquiry.company_name, "ООО Образец")
        self.assertIn("вторая строка", inquiry.text)
        self.assertEqual(inquiry.utm_source, "google")
        self.assertIn("НЦ-045", self.sample("form/form_06_bitrix_webform.eml").product)

    def test_request_for_quotation(self):
        inquiry = self.sample("hand/hand_01_rfq.eml")
        self.assertRecord(
            inquiry,
            contact_name="Павел Ильин",
            company_name='ООО "Образец-Снаб"',
            vat="0000000000",
            phones="+79000005566, +74950000000",
            email="p.ilin@obrazec-snab.example.ru",
        )
        self.assertEqual(len(inquiry.items.split("\n")), 2)

    def test_answer_joins_the_deal(self):
        partner = self.env["res.partner"].create(
            {
                "name": "Ильин",
                "email": "p.ilin@obrazec-snab.example.ru",
                "company_id": self.dealer_b.id,
            }
        )
        deal = self.env["crm.lead"].create(
            {
                "name": "Deal",
                "type": "opportunity",
                "partner_id": partner.id,
                "company_id": self.dealer_b.id,
                "user_id": self.head_b.id,
            }
        )
        deal.message_post(
            body="offer", message_type="email", message_id="<out15@kompressor-servis.example.ru>"
        )
        leads = self.env["crm.lead"].search_count([])
        inquiry = self.sample("hand/hand_02_reply_existing.eml")
        self.assertEqual(self.env["crm.lead"].search_count([]), leads)
        self.assertRecordValues(
            inquiry,
            [{"lead_id": deal.id, "relation": "reply", "phone": False, "user_id": self.head_b.id}],
        )
        answer = deal.message_ids[0]
        self.assertEqual((answer.message_type, answer.message_id), ("email", "<h2@obrazec>"))
        self.assertIn("Выставляйте счёт", answer.body)

    def test_forward_with_attachment(self):
        inquiry = self.sample("hand/hand_03_forward_attachment.eml")
        self.assertRecord(
            inquiry,
            contact_name=False,
            phone=False,
            email="zakupki@gos-obrazec.example.ru",
            forwarded_from="ing@gos-obrazec.example.ru",
        )
        self.assertIn("нужны 3 насоса", inquiry.text)
        self.assertIn("ТЗ насосы.docx", inquiry._attachments().mapped("name"))

    def test_automatic_answer_makes_no_lead(self):
        leads = self.env["crm.lead"].search_count([])
        inquiry = self.sample("hand/hand_04_autoreply.eml")
        self.assertRecordValues(
            inquiry,
            [{"state": "ignored", "outcome": "robot", "lead_id": False, "ack_state": "none"}],
        )
        self.assertEqual(self.env["crm.lead"].search_count([]), leads)

    def test_short_letter_without_subject(self):
        inquiry = self.sample("hand/hand_05_short_koi8.eml")
        self.assertRecord(
            inquiry, contact_name="Рустам", phone="+79000009988", email="rustam900@mail.example.ru"
        )
        self.assertRegex(inquiry.lead_id.name, re.compile("компрессор"))

    def test_webhook_events(self):
        chat = self.hook("chat_finished.json")
        self.assertRecord(
            chat,
            contact_name="John Smith",
            phone="+14084987855",
            utm_source="google",
            external_key="jivo:7607",
        )
        self.assertEqual(self.hook("chat_finished.json"), chat)
        offline = self.hook("offline_message.json")
        self.assertRecordValues(
            offline,
            [
                {
                    "external_key": "jivo-offline:1665399500726",
                    "thread_id": chat.id,
                    "lead_id": chat.lead_id.id,
                }
            ],
        )
        anonymous = self.hook("chat_finished_anonymous.json")
        self.assertRecord(anonymous, contact_name="Сергей", phone="+79000003344", email=False)
