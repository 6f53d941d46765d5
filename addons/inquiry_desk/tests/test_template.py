"""The preview beside a template: what would be read, and whether such a mail would come to it."""

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import InquiryDeskCase

BODY = "Our form\nTel: 02 40 00 00 77\nMessage: a pump\nRequest No. 512"


@tagged("post_install", "-at_install")
class TestTemplate(InquiryDeskCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.env["crm.inquiry.template"].create(
            {
                "name": "Our form",
                "company_id": cls.dealer_a.id,
                "sender_pattern": "@oursite",
                "subject_pattern": "^Request",
                "body_pattern": "^Our form",
                "key_pattern": r"Request No\. (\d+)",
                "key_prefix": "oursite",
                "line_ids": [
                    Command.create({"field": field, "labels": label})
                    for field, label in (
                        ("phone", "Tel"),
                        ("name", "Name"),
                        ("message", "Message"),
                        ("stop", "Request No"),
                    )
                ],
            }
        )

    def preview(self, sample):
        self.template.sample = sample
        return self.template.with_user(self.head_a).preview

    def test_text_of_a_mail(self):
        preview = self.preview(BODY)
        for found in ("+33240000077", "a pump", "oursite:512", "Understood"):
            self.assertIn(found, preview)
        self.assertIn("Labels without a value in this mail: Contact Name", preview)
        self.assertIn("with its headers", preview)

    def test_whole_mail_with_its_headers(self):
        head = "From: form@oursite.example\nTo: desk@rivage.example\nSubject: {}\n\n"
        fits = self.preview(head.format("Request from the site") + BODY)
        self.assertNotIn("would not come", fits)
        self.assertNotIn("with its headers", fits)
        self.assertIn("oursite:512", fits)
        self.assertIn("would not come", self.preview(head.format("Hello") + BODY))

    def test_text_that_is_not_recognised(self):
        self.assertIn("would not come", self.preview(BODY.replace("Our form", "Their form")))

    def test_nothing_to_read_goes_to_sort(self):
        self.assertIn("it would go to sort", self.preview("Our form\nnothing else"))

    def test_markup_of_the_sample_is_harmless(self):
        self.assertNotIn("<script", self.preview("Our form\nMessage: <script>alert(1)</script>"))

    def test_pattern_that_cannot_work_is_refused(self):
        for pattern in ("(", "(a+)+$"):
            with self.assertRaisesRegex(ValidationError, "cannot be used"):
                self.template.body_pattern = pattern

    def test_template_that_knows_no_mail_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "Our form"):
            self.template.write(
                {"sender_pattern": False, "subject_pattern": False, "body_pattern": False}
            )

    def test_update_does_not_double_the_shipped_labels(self):
        labels = self.env.ref("inquiry_desk.template_tilda").line_ids.mapped("field")
        self.assertEqual(len(labels), len(set(labels)))
