"""Sent offers: who has opened them, and who is not counted."""

from odoo.tests import HttpCase, tagged

from .common import EquipmentOfferCase


@tagged("post_install", "-at_install")
class TestSending(EquipmentOfferCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._quote(application=["food"], flow="9 l/s")
        cls.seller.password = "offer-seller-secret"

    def send(self):
        """Send as the seller does: button, composer, send."""
        order = self.order.with_user(self.seller)
        action = order.action_send_offer()
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.seller)
            .with_context(**action["context"])
            .create({})
        )
        self.patch(
            type(self.env["ir.actions.report"]),
            "_render_qweb_pdf",
            lambda report, ref, res_ids=None, data=None: (b"%PDF", "pdf"),
        )
        composer._action_send_mail()
        return order

    def test_the_offer_goes_to_the_customer_with_his_own_link_and_picture(self):
        order = self.send()
        self.assertEqual(order.state, "sent")
        sending = order.offer_sending_ids
        self.assertEqual((sending.partner_id, sending.email), (self.dairy, "anna@dairy.example"))
        mail = self.env["mail.mail"].search([("mail_message_id", "=", sending.message_id.id)])
        self.assertTrue(mail.attachment_ids)
        (email,) = mail._prepare_outgoing_list()
        token = sending.sudo().token
        self.assertIn(f"/offer/opened/{token}.gif", email["body"])
        self.assertIn(f"{order._offer_path()}?reader={token}", email["body"])
        # the firm's own copy counts nobody
        self.assertNotIn(token, sending.message_id.body)
        self.assertNotIn("/offer/opened/", sending.message_id.body)

    def test_an_opening_is_counted_and_told_once(self):
        order = self.send()
        sending = order.offer_sending_ids.sudo()
        url = f"/offer/opened/{sending.token}.gif"
        for _time in range(2):
            response = self.url_open(url)
            self.assertEqual(response.headers["Content-Type"], "image/gif")
            self.assertIn("no-store", response.headers["Cache-Control"])
        self.env.invalidate_all()
        self.assertEqual((sending.open_count, order.offer_open_count), (2, 2))
        self.assertTrue(order.offer_opened_date)
        told = order.message_ids.filtered(lambda m: "has opened the offer" in (m.body or ""))
        self.assertEqual(len(told), 1)
        opened = self.env["sale.order"].search([("offer_opened_date", "!=", False)])
        self.assertIn(order, opened)

    def test_the_link_shows_the_offer_and_counts(self):
        order = self.send()
        sending = order.offer_sending_ids.sudo()
        response = self.url_open(f"{order._offer_path()}?reader={sending.token}")
        self.assertEqual(response.status_code, 200)
        self.assertIn(order.name, response.text)
        self.env.invalidate_all()
        self.assertEqual(sending.open_count, 1)

    def test_a_wrong_link_shows_nothing(self):
        order = self.send()
        self.assertEqual(self.url_open(f"/offer/read/{order.id}/wrong").status_code, 404)
        for wrong in ("wrong", "%00", "%0A"):
            self.assertEqual(self.url_open(f"/offer/opened/{wrong}.gif").status_code, 200, wrong)

    def test_the_firms_own_people_are_no_readers(self):
        order = self.send()
        sending = order.offer_sending_ids.sudo()
        self.authenticate(self.seller.login, "offer-seller-secret")
        self.url_open(f"/offer/opened/{sending.token}.gif")
        self.env.invalidate_all()
        self.assertEqual(sending.open_count, 0)

    def test_a_reader_of_one_offer_does_not_count_at_another(self):
        first = self.send()
        token = first.offer_sending_ids.sudo().token
        other = self._quote(application=["food"])
        self.url_open(f"{other._offer_path()}?reader={token}")
        self.env.invalidate_all()
        self.assertEqual(first.offer_open_count, 0)

    def test_plain_messages_are_not_tracked(self):
        self.order.with_user(self.seller).message_post(
            body="Hello",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.dairy.ids,
        )
        self.assertFalse(self.order.offer_sending_ids)
