from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import DealerTenantCase

CODE = "{{ object.env['res.partner'].sudo().search([('name', '=', 'Customer of B')]).email }}"
QWEB = "<p><t t-out=\"object.env['res.partner'].sudo().search([], limit=1).email\"/></p>"


@tagged("post_install", "-at_install")
class TestMessages(DealerTenantCase):
    def test_nobody_is_suggested_across_dealers(self):
        partners = self._as(self.seller_a, "res.partner")
        for method in ("get_mention_suggestions", "search_for_channel_invite"):
            found = str(getattr(partners, method)("t_seller_b"))
            self.assertNotIn(self.seller_b.email, found)
            self.assertNotIn(f"'id': {self.seller_b.partner_id.id},", found)
        self.assertIn("t_principal_a", str(partners.get_mention_suggestions("t_principal")))

    def test_nobody_feeds_the_mail_gateway(self):
        """It writes with administrator's rights to the record that its caller names."""
        mail = (
            "From: x@y.example\nTo: z@y.example\nMessage-Id: <fed@y.example>\nSubject: Fed\n\nFed"
        )
        arguments = {"model": "res.partner", "message": mail, "thread_id": self.customer_b.id}
        for user in (self.seller_a, self.oem_admin):
            with self.assertRaises(AccessError):
                self._as(user, "mail.thread").message_process(**arguments)
        gateway = self.env["mail.thread"].with_user(self.env.ref("base.user_admin"))
        self.assertEqual(gateway.message_process(**arguments), self.customer_b.id)

    def test_a_rival_cannot_be_made_to_follow(self):
        customer = self.customer_a.with_user(self.seller_a)
        customer.message_subscribe((self.seller_b | self.principal_a).partner_id.ids)
        followers = self.customer_a.message_partner_ids
        self.assertIn(self.principal_a.partner_id, followers)
        self.assertNotIn(self.seller_b.partner_id, followers)

    def test_a_rival_cannot_be_written_to(self):
        message = self.customer_a.with_user(self.seller_a).message_post(
            body="Hello", partner_ids=self.seller_b.partner_id.ids
        )
        self.assertNotIn(self.seller_b.partner_id, message.sudo().partner_ids)

    def test_nobody_speaks_for_a_rival(self):
        message = self.customer_a.with_user(self.seller_a).message_post(
            body="Hello", author_id=self.seller_b.partner_id.id
        )
        self.assertEqual(message.sudo().author_id, self.seller_a.partner_id)

    def test_who_was_told_what_is_not_told(self):
        self.customer_b.with_user(self.seller_b).message_post(
            body="Offer", partner_ids=self.customer_b.ids
        )
        notifications = self.env["mail.notification"].search(
            [("res_partner_id", "=", self.customer_b.id)]
        )
        self.assertTrue(notifications)
        self.assertTrue(self._sees(self.seller_b, notifications))
        self.assertFalse(
            self._as(self.seller_a, "mail.notification").search([("id", "in", notifications.ids)])
        )

    def test_messages_and_followers_of_a_rivals_record_are_closed(self):
        message = self.customer_b.with_user(self.seller_b).message_post(body="Offer")
        followers = self.customer_b.message_follower_ids
        self.assertFalse(self._sees(self.seller_a, message.sudo()))
        self.assertFalse(
            self._as(self.seller_a, "mail.followers").search([("id", "in", followers.ids)])
        )

    def test_an_address_does_not_tell_who_knows_its_owner(self):
        found = self._as(self.seller_a, "res.partner").find_or_create(self.customer_b.email)
        self.assertNotEqual(found.id, self.customer_b.id)
        thread = self._as(self.seller_a, "res.partner").browse(self.customer_a.id)
        found = thread._partner_find_from_emails_single([self.customer_b.email], no_create=True)
        self.assertNotIn(self.customer_b.id, found.ids)

    def test_the_blacklist_cannot_be_searched(self):
        self.env["mail.blacklist"]._add("buyer@customer-b.example")
        self.assertFalse(self._as(self.seller_a, "mail.blacklist").has_access("read"))


@tagged("post_install", "-at_install")
class TestTemplates(DealerTenantCase):
    """Whoever writes code into a template reads everything with it."""

    def _template(self, **vals):
        return self._as(self.seller_a, "mail.template").create(
            {
                "name": "Mine",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                **vals,
            }
        )

    def test_code_in_a_subject_is_refused(self):
        with self.assertRaises(AccessError):
            self._template(subject=CODE)

    def test_code_in_a_body_is_refused(self):
        with self.assertRaises(AccessError):
            self._template(body_html=QWEB)

    def test_even_for_a_template_editor(self):
        self._grant(self.seller_a, "mail.group_mail_template_editor")
        with self.assertRaises(AccessError):
            self._template(subject=CODE)

    def test_plain_fields_remain_possible_and_private(self):
        template = self._template(subject="For {{ object.name }}")
        subject = template._render_field("subject", self.customer_a.ids)[self.customer_a.id]
        self.assertEqual(subject, "For Customer of A")
        self.assertEqual(template.sudo().company_id, self.company_a)
        self.assertFalse(self._sees(self.seller_b, template.sudo()))

    def test_a_composer_does_not_run_code(self):
        for mode in ("comment", "mass_mail"):
            composer = self._as(self.seller_a, "mail.compose.message").create(
                {
                    "model": "res.partner",
                    "res_ids": str(self.customer_a.ids),
                    "composition_mode": mode,
                    "subject": CODE,
                    "body": QWEB,
                    "partner_ids": self.customer_a.ids,
                }
            )
            # refused, or sent as the text it is
            try:
                composer._action_send_mail()
            except AccessError:
                continue
            sent = self.customer_a.message_ids[0]
            self.assertNotIn("customer-b", f"{sent.subject} {sent.body}")


@tagged("post_install", "-at_install")
class TestChannels(DealerTenantCase):
    def test_there_is_no_room_in_which_all_dealers_meet(self):
        general = self.env.ref("mail.channel_all_employees")
        general._subscribe_users_automatically()
        self.assertNotIn(self.seller_a.partner_id, general.channel_partner_ids)
        self.assertIn(self.oem_user.partner_id, general.channel_partner_ids)
        self.assertFalse(self._sees(self.seller_a, general))

    def test_a_channel_is_open_to_its_company_only(self):
        channel = self._as(self.seller_b, "discuss.channel")._create_channel("Prices", None)
        channel = channel.sudo()
        self.assertEqual(channel.company_id, self.company_b)
        self.assertTrue(self._sees(self.principal_b, channel))
        self.assertFalse(self._sees(self.seller_a, channel))
        self.assertFalse(self._sees(self.oem_user, channel))
        with self.assertRaises(AccessError):
            channel.with_user(self.seller_a).message_post(body="Knock")

    def test_a_rival_cannot_be_invited(self):
        channel = self._as(self.seller_a, "discuss.channel")._create_channel("Ours", None)
        channel.with_user(self.seller_a).add_members(
            (self.seller_b | self.principal_a).partner_id.ids
        )
        members = channel.sudo().channel_partner_ids
        self.assertIn(self.principal_a.partner_id, members)
        self.assertNotIn(self.seller_b.partner_id, members)

    def test_no_chat_with_a_rival(self):
        chat = self._as(self.seller_a, "discuss.channel")._get_or_create_chat(
            self.seller_b.partner_id.ids
        )
        self.assertEqual(chat.sudo().channel_partner_ids, self.seller_a.partner_id)

    def test_the_websocket_gives_no_rivals_channel(self):
        channel = self._as(self.seller_b, "discuss.channel")._create_channel("Prices", None)
        listening = self._as(self.seller_a, "discuss.channel").search(
            ["|", ("is_member", "=", True), ("id", "in", channel.ids)]
        )
        self.assertFalse(listening & channel)
