import logging
import xmlrpc.client

import psycopg2

from odoo import SUPERUSER_ID, api, models

from ..parsers.mail import read_mail, recipients_of
from ..parsers.robot import robot

_logger = logging.getLogger(__name__)


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def message_process(
        self,
        model,
        message,
        custom_values=None,
        save_original=False,
        strip_attachments=False,
        thread_id=None,
    ):
        """Mails for a channel of the inquiry desk go there; all others go their usual way.

        Stock's way loses what it cannot parse, refuses the twenty-first mail of a sender in two
        hours (each form of a site has one sender), and takes a mail to two dealers for one sent
        twice.
        """
        raw = _to_bytes(message)
        channels = self._inquiry_channels(raw)
        if channels and not thread_id:
            return self._inquiry_process(raw, channels, model)
        return super().message_process(
            model,
            raw,
            custom_values=custom_values,
            save_original=save_original,
            strip_attachments=strip_attachments,
            thread_id=thread_id,
        )

    @api.model
    def _inquiry_channels(self, raw):
        """Return the channels that a mail is addressed to, from its head alone."""
        return self.env["crm.inquiry.channel"]._for_mail(recipients_of(raw).recipients)

    @api.model
    def _inquiry_process(self, raw, channels, model):
        """Give a mail to its channels, once per company.

        :return: id of the (last) inquiry
        """
        mail, inquiry = read_mail(raw), self.env["crm.inquiry"]
        self = self.with_user(SUPERUSER_ID)
        for channel in channels.grouped("company_id").values():
            inquiry = self._inquiry_take(mail, channel[0].with_env(self.env))
        if robot(mail.headers, mail.sender, mail.content_type) == "bounce" and not mail.broken:
            self._inquiry_bounce(model, raw)
        return inquiry.id

    @api.model
    def _inquiry_take(self, mail, channel):
        """One mail for one channel; what goes wrong leaves it *To sort*."""
        Inquiry = self.env["crm.inquiry"].with_company(channel.company_id)
        try:
            with self.env.cr.savepoint():
                known = (
                    Inquiry._received(channel, f"mail:{mail.message_id}")
                    if mail.message_id
                    else Inquiry
                )
                return known or Inquiry._receive_mail(mail, channel)
        except psycopg2.OperationalError:  # the database is gone, and with it this transaction
            raise
        except Exception:
            _logger.warning("A mail could not be taken in and goes to sort", exc_info=True)
            mail.broken = mail.broken or self.env._("unknown fault")
            mail.text, mail.html, mail.attachments = "", "", []
            return Inquiry._receive_mail(mail, channel)

    @api.model
    def _inquiry_bounce(self, model, raw):
        """Let stock note that an address of ours does not exist."""
        try:
            with self.env.cr.savepoint():
                super().message_process(model or "crm.inquiry", raw)
        except Exception:
            _logger.info("A bounce could not be read", exc_info=True)


def _to_bytes(message):
    if isinstance(message, xmlrpc.client.Binary):
        return bytes(message.data)
    return (
        message.encode("utf-8", "surrogateescape") if isinstance(message, str) else bytes(message)
    )
