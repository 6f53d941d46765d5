from markupsafe import Markup

from odoo import models
from odoo.tools import email_normalize
from odoo.tools.mail import append_content_to_html


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _prepare_outgoing_list(self, mail_server=False, doc_to_followers=None):
        """Mark each reader's copy of an offer, and only there: the copy in the chatter stays
        without, or the firm's own people would count as readers.
        """
        emails = super()._prepare_outgoing_list(
            mail_server=mail_server, doc_to_followers=doc_to_followers
        )
        if self.model != "sale.order" or not self.mail_message_id:
            return emails
        sendings = (
            self.env["equipment.offer.sending"]
            .sudo()
            .search([("message_id", "=", self.mail_message_id.id)])
        )
        by_partner = {sending.partner_id.id: sending for sending in sendings}
        by_email = {email_normalize(sending.email): sending for sending in sendings}
        for email in emails:
            partner = email.get("partner_id")
            address = (email.get("email_to_normalized") or [False])[0]
            sending = by_partner.get(partner.id) if partner else by_email.get(address)
            if sending and email.get("body"):
                email["body"] = self._marked_offer(email["body"], sending)
        return emails

    def _marked_offer(self, body, sending):
        """Return the body with the reader's own link and picture."""
        base = sending.order_id.get_base_url()
        path = sending.order_id._offer_path()
        body = body.replace(path, f"{path}?reader={sending.token}")
        picture = Markup('<img src="%s" alt="" width="1" height="1"/>')
        return append_content_to_html(
            body, picture % f"{base}/offer/opened/{sending.token}.gif", plaintext=False
        )
