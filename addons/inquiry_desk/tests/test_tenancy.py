"""Two dealers: neither sees, matches, counts or guesses anything of the other."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import InquiryDeskCase


@tagged("post_install", "-at_install")
class TestTenancy(InquiryDeskCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer_b = cls.env["res.partner"].create(
            {
                "name": "Rival's customer",
                "phone": "+33240000001",
                "email": "boss@customer.example",
                "company_id": cls.dealer_b.id,
            }
        )

    def test_rivals_customer_is_never_found(self):
        find = self.env["crm.contact.key"].with_user(self.head_a).find
        for wanted in (
            {"phone": "+33240000001"},
            {"phone": "0240000001"},
            {"email": "boss@customer.example"},
            {"phone": "99240000001"},
        ):
            self.assertFalse(find(**wanted), wanted)
        self.assertEqual(
            self.env["crm.contact.key"].with_user(self.head_b).find(email="boss@customer.example"),
            self.customer_b,
        )

    def test_nobody_plants_a_mail_in_a_rivals_inbox(self):
        """What the mail gateway calls is open to RPC."""
        mail = {"message_id": "<1@x.example>", "email_from": "a@x.example", "body": "a pump"}
        inquiries = self.env["crm.inquiry"].with_user(self.head_a)
        with self.assertRaises(AccessError):
            inquiries.message_new(mail, {"channel_id": self.mailbox_b.id})
        inquiry = inquiries.message_new(mail, {"channel_id": self.mailbox_a.id})
        self.assertEqual(inquiry.company_id, self.dealer_a)

    def test_rivals_customer_is_a_stranger_here(self):
        inquiry = self.call(phone="+33240000001", email="boss@customer.example")
        self.assertEqual((inquiry.relation, inquiry.partner_id.company_id), ("new", self.dealer_a))
        self.assertFalse(inquiry.candidate_ids)
        self.assertNotEqual(inquiry.partner_id, self.customer_b)

    def test_same_person_at_two_dealers_is_two_conversations(self):
        here, there = self.call(phone="0240555555"), self.call(self.chat_b, phone="+33240555555")
        self.assertFalse(there.thread_id)
        self.assertNotEqual(here.partner_id, there.partner_id)

    def test_same_event_at_two_dealers_is_two_inquiries(self):
        self.assertNotEqual(
            self.call(key="jivo:1", phone="0240555555"),
            self.call(self.chat_b, key="jivo:1", phone="0240555555"),
        )

    def test_nothing_of_a_rivals_desk_is_readable(self):
        inquiry = self.deliver(
            self.make_mail(to="desk@taiga.example", attachments=[("plan.pdf", b"secret")])
        )
        inquiry.name = "INQ/SECRET"
        records = {
            "crm.inquiry": inquiry,
            "crm.inquiry.channel": self.mailbox_b,
            "crm.lead": inquiry.lead_id,
            "res.partner": inquiry.partner_id,
            "ir.attachment": inquiry._attachments(),
            "crm.inquiry.rule": self.env["crm.inquiry.rule"].create(
                {"name": "r", "company_id": self.dealer_b.id, "team_id": self.team_b.id}
            ),
            "crm.inquiry.triage": self.env["crm.inquiry.triage"].create(
                {"name": "t", "company_id": self.dealer_b.id, "user_id": self.head_b.id}
            ),
            "crm.inquiry.template": self.env["crm.inquiry.template"].create(
                {"name": "t", "company_id": self.dealer_b.id, "body_pattern": "x"}
            ),
        }
        for model, record in records.items():
            with self.subTest(model):
                Model = self.env[model].with_user(self.head_a)
                self.assertFalse(Model.search([("id", "in", record.ids)]))
                self.assertEqual(Model.search_count([("id", "in", record.ids)]), 0)
                with self.assertRaises(AccessError):
                    Model.browse(record.ids).read()
                with self.assertRaises(AccessError):
                    Model.browse(record.ids).write({"name": "mine"})
        self.assertFalse(
            self.Inquiry.with_user(self.head_a).search(
                [("subject", "!=", False), ("company_id", "=", self.dealer_b.id)]
            )
        )

    def test_webhook_token_of_a_rival_is_unreadable(self):
        with self.assertRaises(AccessError):
            _ = self.chat_b.with_user(self.head_a).token
        with self.assertRaises(AccessError):
            _ = self.chat_a.with_user(self.seller_a).token
        self.assertTrue(self.chat_a.with_user(self.head_a).token)

    def test_popups_stay_at_home(self):
        self.mailbox_b.head_id = self.head_a  # a mistake in the configuration
        self.deliver(self.make_mail(to="desk@taiga.example"))
        self.assertFalse(self.popups(self.head_a))
        self.assertEqual(self.events(self.head_b), ["new"])

    def test_answer_is_not_routed_to_a_rivals_record(self):
        theirs = self.deliver(
            self.make_mail(to="desk@taiga.example", message_id="<both@example.org>")
        )
        message = theirs.with_user(self.head_b).message_post(
            body="offer", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        mine = self.deliver(
            self.make_mail(
                "Yes",
                References=f"<both@example.org> {message.message_id}",
                subject=f"Re: [{theirs.name}]",
            )
        )
        self.assertEqual((mine.company_id, mine.relation), (self.dealer_a, "new"))
        self.assertNotIn("Yes", theirs.message_ids[0].body)

    def test_numbers_do_not_tell_how_many_a_rival_has(self):
        first = self.call(phone="0240555501")
        for number in range(5):
            self.call(self.chat_b, phone=f"+7495000000{number}")
        second = self.call(phone="0240555502")
        self.assertEqual(int(second.name.split("/")[-1]) - int(first.name.split("/")[-1]), 1)

    def test_shared_templates_are_read_only(self):
        shared = self.env.ref("inquiry_desk.template_tilda").with_user(self.head_a)
        self.assertTrue(shared.line_ids)
        with self.assertRaises(AccessError):
            shared.write({"name": "mine"})
        with self.assertRaises(AccessError):
            shared.line_ids[0].write({"labels": "x"})
        with self.assertRaises(AccessError):
            shared.copy({"company_id": False})
        own = shared.copy({"company_id": self.dealer_a.id})
        own.line_ids[0].labels = "Naam"
        with self.assertRaises(AccessError):
            own.with_user(self.head_b).read()

    def test_own_template_serves_only_its_dealer(self):
        self.env["crm.inquiry.template"].create(
            {
                "name": "Own form",
                "company_id": self.dealer_b.id,
                "body_pattern": "^Own form",
                "line_ids": [(0, 0, {"field": "name", "labels": "Naam"})],
            }
        )
        body = "Own form\nNaam: Piet\ncall me +31 20 000 00 00"
        self.assertEqual(self.deliver(self.make_mail(body)).parser, "handwritten")
        self.assertEqual(
            self.deliver(self.make_mail(body, to="desk@taiga.example")).parser, "Own form"
        )

    def test_salesman_sees_his_own_and_the_queue(self):
        mine, his = self.call(phone="0240555501"), self.call(phone="0240555502")
        mine.user_id, his.user_id = self.seller_a, self.other_a
        queued = self.call(phone="0240555503")
        self.assertEqual(self.Inquiry.with_user(self.seller_a).search([]), queued | mine)
        with self.assertRaises(AccessError):
            his.with_user(self.seller_a).read(["subject"])

    def test_look_up_keys_are_nobodys_to_read(self):
        for user in (self.head_a, self.seller_a):
            with self.assertRaises(AccessError):
                self.env["crm.contact.key"].with_user(user).search([])
