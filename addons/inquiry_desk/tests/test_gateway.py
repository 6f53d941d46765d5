"""Mails through Odoo's gateway: nothing is lost, nothing is taken twice, answers find their way
back.
"""

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..parsers.mail import read_mail
from ..parsers.parsed import Parsed
from .common import InquiryDeskCase

HOSTILE = """<html><head><script>alert(1)</script><style>body{display:none}</style></head>
<body onload="alert(2)"><p onclick="steal()">We need a pump</p>
<img src="https://spy.example/p.gif" onerror="alert(3)">
<a href="javascript:alert(4)">click</a><iframe src="https://evil.example"></iframe><form action="https://evil.example">
<input name="password"></form><svg onload="alert(5)"></svg>
<object data="x.swf"></object></body></html>"""


@tagged("post_install", "-at_install")
class TestGateway(InquiryDeskCase):
    def test_same_mail_twice_is_one_inquiry(self):
        raw = self.make_mail()
        first = self.deliver(raw)
        self.assertEqual(len(first), 1)
        self.assertFalse(self.deliver(raw))

    def test_mail_without_an_id_twice_is_one_inquiry(self):
        raw = self.make_mail().replace(b"Message-ID", b"X-Was-Id")
        self.assertEqual(len(self.deliver(raw)), 1)
        self.assertFalse(self.deliver(raw))

    def test_mail_to_two_mailboxes_of_a_dealer_is_one_inquiry(self):
        self._make_channel("mail", self.head_a, self.team_a, alias_name="service")
        inquiry = self.deliver(self.make_mail(to="desk@rivage.example, service@rivage.example"))
        self.assertEqual(len(inquiry), 1)

    def test_mail_to_two_dealers_reaches_both(self):
        raw = self.make_mail(to="desk@rivage.example, desk@taiga.example")
        inquiries = self.deliver(raw)
        self.assertEqual(inquiries.company_id, self.dealer_a | self.dealer_b)
        self.assertEqual(len(inquiries.lead_id), 2)

    def test_mail_sent_to_one_dealer_and_then_to_the_other_reaches_both(self):
        self.deliver(self.make_mail(message_id="<same@example.org>"))
        inquiry = self.deliver(
            self.make_mail(message_id="<same@example.org>", to="desk@taiga.example")
        )
        self.assertEqual(inquiry.company_id, self.dealer_b)

    def test_thirty_forms_from_one_sender_are_thirty_inquiries(self):
        body = "Request details:\nName: N{0}\nPhone: 02 40 00 01 {0:02}\nTransaction ID: 1:{0}\n"
        for number in range(30):
            self.deliver(self.make_mail(body.format(number), sender="noreply@tilda.ws"))
        self.assertEqual(self.Inquiry.search_count([("external_key", "like", "tilda:1:")]), 30)

    def test_empty_mail_goes_to_sort_with_its_original(self):
        inquiry = self.deliver(self.make_mail("", subject=""))
        self.assertRecordValues(inquiry, [{"state": "to_sort", "lead_id": False}])
        self.assertTrue(inquiry.reason)
        self.assertIn(b"anna@example.org", inquiry.original_id.raw)
        self.assertEqual(self.events(self.head_a), ["to_sort"])

    def test_broken_mail_goes_to_sort_with_its_original(self):
        raw = (
            b"To: desk@rivage.example\r\nFrom: x\r\n"
            b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n" * 4000
        )
        inquiry = self.deliver(raw)
        self.assertEqual((inquiry.state, inquiry.original_id.raw), ("to_sort", raw))

    def test_fault_of_ours_goes_to_sort(self):
        with (
            patch(
                "odoo.addons.inquiry_desk.models.crm_inquiry_match.CrmInquiry._match_partner",
                side_effect=KeyError("bug"),
            ),
            mute_logger("odoo.addons.inquiry_desk.models.crm_inquiry_match"),
        ):
            inquiry = self.deliver(self.make_mail())
        self.assertEqual(inquiry.state, "to_sort")
        self.assertIn("bug", inquiry.reason)
        inquiry.with_user(self.head_a).action_process_again()
        self.assertEqual(
            (inquiry.state, inquiry.contact_name, bool(inquiry.lead_id)),
            ("queued", "Anna Petit", True),
        )

    def test_fault_of_a_reader_goes_to_sort(self):
        reader = "odoo.addons.inquiry_desk.models.crm_inquiry_intake.read_message"
        with (
            patch(reader, side_effect=[IndexError("bug"), Parsed()]),
            mute_logger("odoo.addons.inquiry_desk.models.mail_thread"),
        ):
            inquiry = self.deliver(self.make_mail("We need a pump"))
        self.assertEqual(inquiry.state, "to_sort")
        self.assertIn(b"We need a pump", inquiry.original_id.raw)

    def test_to_sort_is_done_by_hand(self):
        inquiry = self.deliver(self.make_mail("", subject=""))
        record = inquiry.with_user(self.head_a)
        record.write({"phone": "02 40 77 00 00", "contact_name": "Anna"})
        record.action_take_as_read()
        self.assertEqual(
            (inquiry.phone, inquiry.state, inquiry.lead_id.phone),
            ("+33240770000", "queued", "+33240770000"),
        )

    def test_interrupted_inquiry_that_cannot_be_read_does_not_hold_up_the_others(self):
        first, second = (
            self.deliver(self.make_mail()),
            self.deliver(self.make_mail(sender="luc@example.net")),
        )
        (first | second).write({"state": "received"})
        with (
            patch(
                "odoo.addons.inquiry_desk.models.crm_inquiry_sort.read_mail",
                side_effect=[ValueError("spoilt"), read_mail(second.original_id.raw)],
            ),
            mute_logger("odoo.addons.inquiry_desk.models.crm_inquiry_sort"),
            self.enter_registry_test_mode(),
        ):
            self.env.ref("inquiry_desk.ir_cron_process").method_direct_trigger()
        self.assertEqual((first.state, second.state), ("to_sort", "queued"))
        self.assertIn("spoilt", first.reason)

    def test_mail_that_stock_routes_here_stays_in_its_company(self):
        found = self.Inquiry.with_company(self.dealer_b).message_new(
            {"email_from": "Anna <anna@example.org>", "message_id": "<stock@example.org>"}
            | {"subject": "Pump", "body": "<p>A pump</p>"}
        )
        self.assertEqual(
            (found.channel_id, found.text, found.state), (self.mailbox_b, "A pump", "queued")
        )
        alone = self.env["res.company"].create({"name": "Alone"})
        with self.assertRaisesRegex(UserError, "Alone"):
            self.Inquiry.with_company(alone).message_new({"message_id": "<x@example.org>"})

    def test_hostile_html_is_harmless(self):
        inquiry = self.deliver(self.make_mail(html=HOSTILE))
        for evil in (
            "script",
            "onload",
            "onerror",
            "onclick",
            "javascript:",
            "iframe",
            "spy.example",
            "<form",
            "<object",
            "display:none",
        ):
            self.assertNotIn(evil, inquiry.body, evil)
        self.assertIn("We need a pump", inquiry.body)
        self.assertNotIn("<script", inquiry.lead_id.description or "")

    def test_markup_in_plain_text_stays_text(self):
        inquiry = self.deliver(
            self.make_mail("<script>alert(1)</script> pump", subject="<b>pump</b>")
        )
        self.assertIn("&lt;script&gt;", inquiry.lead_id.description)
        self.assertNotIn("<script", inquiry.with_user(self.head_a).story)

    def test_fifty_megabytes_are_kept(self):
        data = b"%PDF" + bytes(50 * 1024 * 1024)
        inquiry = self.deliver(self.make_mail(attachments=[("plan.pdf", data)]))
        self.assertEqual(inquiry.state, "queued")
        self.assertEqual(
            inquiry._attachments().filtered(lambda file: file.name == "plan.pdf").file_size,
            len(data),
        )

    def test_newsletters_and_bounces_make_no_lead(self):
        leads = self.env["crm.lead"].search_count([])
        for headers in (
            {"List_Unsubscribe": "<https://x.example>"},
            {"Auto_Submitted": "auto-replied"},
        ):
            self.assertEqual(self.deliver(self.make_mail(**headers)).state, "ignored")
        bounce = self.deliver(
            self.make_mail("failed", subject="Undelivered", sender="MAILER-DAEMON@mx.example")
        )
        self.assertEqual((bounce.state, bounce.robot), ("ignored", "bounce"))
        self.assertEqual(self.env["crm.lead"].search_count([]), leads)

    # ------------------------------------------------------------------ acknowledgement
    def acknowledge(self, inquiry):
        inquiry._acknowledge()
        return self.env["mail.mail"].search(
            [("model", "=", "crm.inquiry"), ("res_id", "=", inquiry.id)], order="id desc", limit=1
        )

    def test_acknowledgement_in_the_senders_language(self):
        self.env["mail.template"].with_context(lang="ru_RU")
        template = self.env.ref("inquiry_desk.mail_template_acknowledgement")
        template.with_context(lang="ru_RU").subject = "Заявка [{{ object.name }}]"
        inquiry = self.deliver(
            self.make_mail("Добрый день, нужен насос", sender="Иван <ivan@example.org>")
        )
        self.assertEqual(inquiry.ack_state, "due")
        mail = self.acknowledge(inquiry)
        self.assertEqual(
            (mail.subject, mail.email_to), (f"Заявка [{inquiry.name}]", "ivan@example.org")
        )
        self.assertEqual(mail.reply_to, "desk@rivage.example")
        self.assertIn("auto-replied", mail.headers)
        self.assertEqual(inquiry.ack_state, "sent")

    def test_acknowledgement_once_per_conversation(self):
        first = self.deliver(self.make_mail())
        second = self.deliver(self.make_mail("And one more thing."))
        self.assertEqual((second.thread_id, second.ack_state), (first, "none"))

    def test_robots_are_never_acknowledged(self):
        inquiry = self.deliver(self.make_mail("Buy now", sender="no-reply@shop.example"))
        self.assertEqual(inquiry.ack_state, "none")

    def test_template_that_cannot_be_filled_in_is_told_of(self):
        broken, fine = (
            self.deliver(self.make_mail()),
            self.deliver(self.make_mail(sender="luc@example.net")),
        )
        channel = self._make_channel("mail", self.head_a, self.team_a)
        channel.ack_template_id = self.mailbox_a.ack_template_id.copy()
        self.env.flush_all()
        self.env.cr.execute(  # an add-on that went away takes its fields along
            "UPDATE mail_template SET subject = %s::jsonb WHERE id = %s",
            ['{"en_US": "{{ object.no_such_field }}"}', channel.ack_template_id.id],
        )
        channel.ack_template_id.invalidate_recordset()
        broken.channel_id = channel
        with (
            mute_logger("odoo.addons.inquiry_desk.models.crm_inquiry_answer"),
            mute_logger("odoo.addons.mail.models.mail_render_mixin"),
            self.enter_registry_test_mode(),
        ):
            self.env.ref("inquiry_desk.ir_cron_process").method_direct_trigger()
        self.assertEqual((broken.ack_state, fine.ack_state), ("failed", "sent"))
        self.assertIn("acknowledgement failed", broken.message_ids[0].body)

    def test_due_acknowledgements_are_sent_by_the_scheduled_action(self):
        inquiry = self.deliver(self.make_mail())
        with self.enter_registry_test_mode():
            self.env.ref("inquiry_desk.ir_cron_process").method_direct_trigger()
        self.assertEqual(inquiry.ack_state, "sent")

    # ------------------------------------------------------------------ answers
    def answer(self, record, user, body="<p>Here is our offer</p>"):
        message = record.with_user(user).message_post(
            body=body,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=record.partner_id.ids,
        )
        mail = self.env["mail.mail"].search([("mail_message_id", "=", message.id)])
        return message, mail

    def test_answer_leaves_from_the_channel_and_comes_back_to_the_inquiry(self):
        inquiry = self.deliver(self.make_mail(message_id="<first@example.org>"))
        inquiry.with_user(self.head_a).write({"user_id": self.seller_a.id})
        message, _mail = self.answer(inquiry, self.seller_a)
        self.assertIn("desk@rivage.example", message.reply_to)
        self.assertTrue(inquiry.response_date)
        back = self.deliver(
            self.make_mail(
                "Yes please",
                References=f"<first@example.org> {message.message_id}",
                subject="Re: pump",
            )
        )
        self.assertRecordValues(
            back,
            [
                {
                    "relation": "reply",
                    "thread_id": inquiry.id,
                    "lead_id": inquiry.lead_id.id,
                    "user_id": self.seller_a.id,
                }
            ],
        )
        self.assertIn("Yes please", inquiry.message_ids[0].body)
        self.assertIn("reply", self.events(self.seller_a))

    def test_answer_from_the_lead_comes_back_to_the_lead(self):
        inquiry = self.deliver(self.make_mail())
        lead = inquiry.lead_id
        message, _mail = self.answer(lead, self.head_a)
        self.assertTrue(inquiry.response_date)
        back = self.deliver(self.make_mail("Yes please", In_Reply_To=message.message_id))
        self.assertEqual((back.lead_id, back.relation), (lead, "reply"))
        self.assertIn("Yes please", lead.message_ids[0].body)

    def test_number_in_the_subject_is_enough_for_the_customer(self):
        inquiry = self.deliver(self.make_mail())
        back = self.deliver(self.make_mail("Any news?", subject=f"Re: [{inquiry.name}] pump"))
        self.assertEqual((back.thread_id, back.relation), (inquiry, "reply"))

    def test_number_in_the_subject_does_not_let_a_stranger_in(self):
        inquiry = self.deliver(self.make_mail())
        back = self.deliver(
            self.make_mail("Any news?", subject=f"[{inquiry.name}]", sender="thief@example.net")
        )
        self.assertEqual(back.relation, "new")
        self.assertNotEqual(back.lead_id, inquiry.lead_id)

    def test_reply_opens_the_template_in_the_customers_language(self):
        inquiry = self.deliver(self.make_mail("Bonjour, nous cherchons une pompe"))
        action = inquiry.with_user(self.head_a).action_reply()
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.head_a)
            .with_context(**action["context"])
            .create({})
        )
        self.assertIn(inquiry.name, composer.subject)
        composer._action_send_mail()
        self.assertTrue(inquiry.response_date)
        self.assertIn(inquiry.partner_id, inquiry.message_ids[0].partner_ids)
