"""Our own mails, one of each kind: what a person would write down is what the inquiry holds."""

from pathlib import Path

from odoo.fields import Command
from odoo.tests import tagged

from .common import InquiryDeskCase

DATA = Path(__file__).parent / "data"
LEADS = {
    "chat_fr": {
        "parser": "JivoSite transcript",
        "external_key": "jivo:55012",
        "contact_name": "Élodie Marchand",
        "phones": "+33261914410",
        "email": "e.marchand@laiterie-du-lac.example",
        "company_name": "SARL Laiterie du Lac",
        "city": "Nantes",
        "agent": "Claire",
        "utm_source": "bing",
        "utm_campaign": "cp80",
        "page": "https://www.rivage.example/pompes/cp-80?utm_source=bing&utm_medium=cpc"
        "&utm_campaign=cp80",
        "language": "fr",
    },
    "chat_offline_en": {
        "parser": "JivoSite transcript",
        "contact_name": "George Plant",
        "phones": "+441632960555",
        "email": "george@paintworks.example",
        "page": "https://www.rivage.example/en/compressors",
        "language": "en",
    },
    "chat_anonymous_ru": {
        "parser": "JivoSite transcript",
        "external_key": "jivo:81200",
        "contact_name": "Пётр",
        "phones": "+79120004567",
        "email": False,
        "agent": "Марина",
        "language": "ru",
    },
    "form_tilda_fr": {
        "parser": "Tilda",
        "external_key": "tilda:771:90210",
        "contact_name": "Paul Renard",
        "company_name": "Atelier Renard",
        "phones": "+33639981234",
        "email": "p.renard@atelier-renard.example",
        "zip": "49100",
        "city": "Angers",
        "product": "VF-7",
        "text": "Bonjour,\ncombien coûte la mise en service\nd'un variateur VF-7 ?",
        "utm_source": "newsletter",
        "language": "fr",
    },
    "form_cf7_fr": {
        "parser": "Contact Form 7 (WordPress)",
        "contact_name": "Lucie Brun",
        "phones": "+33261915520",
        "email": "lucie@labo-brun.example",
        "subject": "Chambre climatique KT-500",
        "language": "fr",
    },
    "form_bitrix_ru": {
        "parser": "Bitrix feedback",
        "contact_name": "Ольга Сомова",
        "phones": "+78162000011",
        "phone_extension": "204",
        "email": "o.somova@vodokanal.example",
        "vat": "0000000000",
        "language": "ru",
    },
    "form_webform_ru": {
        "parser": "Bitrix web form",
        "external_key": "bitrix:2:977",
        "contact_name": "Кирилл",
        "phones": "+79120007788",
        "email": "kirill@masterskaya.example",
        "text": "Подберите вибростенд VB-20\nпод образцы до 20 кг",
        "language": "ru",
    },
    "form_own": {
        "parser": "Own form",
        "external_key": "own:2026-118",
        "contact_name": "Piet Bakker",
        "phones": "+31200000044",
        "text": "Hebt u de CP-40 op voorraad?\nGraag snel antwoord.",
    },
    "letter_fr": {
        "parser": "handwritten",
        "contact_name": "Hélène Garnier",
        "company_name": "SARL Eaux de l'Erdre",
        "vat": "000000000",
        "phones": "+33261913030, +33639983031",
        "phone_extension": "12",
        "email": "h.garnier@eaux-erdre.example",
        "zip": "44240",
        "city": "La Chapelle-sur-Erdre",
        "items": "Pompe CP-80, 3 pièces\nVariateur VF-7, 3 pièces",
        "language": "fr",
    },
    "letter_ru": {
        "parser": "handwritten",
        "contact_name": "Рустам",
        "phones": "+79120003344",
        "email": "rustam912@pochta.example",
        "subject": "Добрый день! Нужен насос К 80, срочно. Мой номер 8-912-000-33-44 Рустам",
        "language": "ru",
    },
    "letter_html_en": {
        "parser": "handwritten",
        "contact_name": "John Carter",
        "company_name": "Paintworks Ltd",
        "phones": "+441632960777",
        "zip": "SO14 0AA",
        "city": "Southampton",
        "language": "en",
    },
    "forward_en": {
        "parser": "handwritten",
        "forwarded_from": "amy.stone@dairyfarm.example",
        "email": "amy.stone@dairyfarm.example",
        "phones": False,
        "language": "en",
    },
}
ROBOTS = {"auto_reply_fr": "auto-reply", "newsletter_en": "newsletter", "bounce": "bounce"}
RIDDLES = ("spoilt", "empty")


@tagged("post_install", "-at_install")
class TestOwnSamples(InquiryDeskCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dealer_a.inquiry_own_contacts = "+33 2 61 91 00 10, 02 61 91 99 99"
        cls.dealer_b.inquiry_own_contacts = "8 495 000 00 20"
        cls.env["crm.inquiry.template"].create(
            {
                "name": "Own form",
                "company_id": cls.dealer_a.id,
                "sender_pattern": "@rivage-site",
                "body_pattern": "^Anfrage von",
                "key_pattern": r"^Nummer: (\S+)",
                "key_prefix": "own",
                "line_ids": [
                    Command.create({"field": field, "labels": label})
                    for field, label in (
                        ("name", "Naam"),
                        ("phone", "Bel"),
                        ("message", "Vraag"),
                        ("stop", "Nummer"),
                    )
                ],
            }
        )

    def sample(self, name):
        raw = (DATA / f"{name}.eml").read_bytes()
        inquiry = self.deliver(raw)
        self.assertEqual(len(inquiry), 1)
        self.assertEqual(inquiry.original_id.raw, raw)
        return inquiry

    def test_every_sample_has_its_expectation(self):
        self.assertEqual({path.stem for path in DATA.glob("*.eml")}, {*LEADS, *ROBOTS, *RIDDLES})

    def test_requests_become_what_a_person_would_write_down(self):
        for name, expected in LEADS.items():
            with self.subTest(name):
                inquiry = self.sample(name)
                self.assertRecordValues(
                    inquiry, [{**expected, "relation": "new", "state": "queued"}]
                )
                self.assertRecordValues(
                    inquiry.lead_id,
                    [
                        {
                            "first_inquiry_id": inquiry.id,
                            "phone": inquiry._phone_with_extension() or False,
                            "email_from": inquiry.email,
                        }
                    ],
                )
                self.assertEqual(inquiry.partner_id.customer_type, "potential")
                self.assertEqual(inquiry.partner_id.zip, inquiry.zip)

    def test_files_of_a_letter_are_kept(self):
        files = self.sample("letter_fr")._attachments()
        self.assertEqual(set(files.mapped("name")), {"original.eml", "plan station.pdf"})

    def test_machines_make_no_lead(self):
        for name, robot in ROBOTS.items():
            with self.subTest(name):
                inquiry = self.sample(name)
                self.assertRecordValues(
                    inquiry,
                    [{"state": "ignored", "robot": robot, "lead_id": False, "partner_id": False}],
                )

    def test_riddles_wait_to_be_sorted(self):
        for name in RIDDLES:
            with self.subTest(name):
                inquiry = self.sample(name)
                self.assertRecordValues(inquiry, [{"state": "to_sort", "lead_id": False}])
                self.assertTrue(inquiry.reason)
