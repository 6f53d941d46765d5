import hashlib

from psycopg2 import errors

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext, parse_contact_from_email, plaintext2html

from ..parsers.desk import read_message
from ..parsers.handwritten import complete
from ..parsers.parsed import Parsed
from ..parsers.phone import normalise
from ..parsers.text import clean, excerpt, harmless

#: Facts of an event that are plain texts.
TEXTS = ("name", "company", "subject", "text", "page", "language", "city", "zip", "product")
LANGUAGES = ("en", "fr", "ru")
QUIET = {"mail_create_nosubscribe": True, "mail_create_nolog": True, "tracking_disable": True}


class CrmInquiry(models.Model):
    """From what arrived to an inquiry that is kept: whatever it is, by whatever channel."""

    _inherit = "crm.inquiry"

    # Receiving

    @api.model
    def _receive(self, event):
        """Take an inbound event and return its inquiry: the service for every channel.

        The event is kept at once; processing that fails leaves an inquiry *To sort* with the
        reason, processing that meets another event of the same person is done again by the
        scheduled action. An event that was taken before, by any channel of the company, gives the
        inquiry it made.

        :param dict event: all keys but ``channel`` are optional

            - ``channel``: crm.inquiry.channel record or id
            - ``key`` (str): the same event has the same key, such as ``"call:<linked id>"``
            - ``date`` (naive UTC datetime): when it happened, now by default
            - ``phone``, ``extension``, ``email``, ``name``, ``company``, ``subject``, ``text``,
              ``page``, ``language`` ("en", "fr", "ru"), ``city``, ``zip``, ``product`` (str): what
              is known; or ``parsed``, a :class:`~..parsers.parsed.Parsed`
            - ``html`` (str): formatted body, shown sanitised
            - ``original`` (bytes), ``original_name`` (str): as it arrived
            - ``attachments``: list of (name, bytes, MIME type)
            - ``call_direction`` ("in" or "out"), ``call_answered`` (bool), ``call_duration``
              (seconds), ``recording_url`` (str): of a call. The same key again with more of
              them completes the inquiry: first the ringing, at the end length and recording
            - ``user_id`` (int): who has it already, such as the colleague who took the call
            - ``message_id`` (str), ``target`` (record): of a mail and of the record it answers
        :return: crm.inquiry record, in the superuser's environment
        """
        channel = event["channel"]
        if isinstance(channel, int):
            channel = self.env["crm.inquiry.channel"].browse(channel)
        self = self.with_user(SUPERUSER_ID).with_company(channel.company_id)
        channel = channel.with_env(self.env)
        parsed = event.get("parsed") or self._read_event(channel, event)
        key = event.get("key") or parsed.key or self._digest_key(event)
        known = self._received(channel, key)
        if known:
            known._keep_again(event)
            known._complete_call(event)
            return known
        try:
            with self.env.cr.savepoint():
                inquiry = self.with_context(**QUIET, inquiry_intake=True).create(
                    self._event_values(channel, parsed, key, event)
                )
        except errors.UniqueViolation:  # the same event, taken at the same instant
            return self._received(channel, key)
        inquiry._keep_files(event)
        inquiry._process(event.get("target"), event.get("mail"))
        return inquiry.with_env(self.env)

    @api.model
    def _received(self, channel, key):
        """Return the inquiry that an event has made already."""
        domain = [("company_id", "=", channel.company_id.id), ("external_key", "=", key)]
        return self.search(domain, limit=1) if key else self.browse()

    @api.model
    def _digest_key(self, event):
        original = event.get("original")
        return f"sha256:{hashlib.sha256(original).hexdigest()}" if original else False

    @api.model
    def _read_event(self, channel, event):
        """Return what the plain values of an event say."""
        region = channel.company_id.country_id.code
        phone = normalise(event.get("phone") or "", region, event.get("extension") or "")
        parsed = Parsed(parser=channel.kind, understood=True)
        parsed.phones = [phone] if phone else []
        parsed.emails = (
            [event["email"].strip().lower()] if "@" in (event.get("email") or "") else []
        )
        for name in TEXTS:
            setattr(parsed, name, clean(event.get(name) or ""))
        parsed.understood = parsed.reachable or bool(parsed.text or parsed.subject)
        return complete(parsed)

    @api.model
    def _event_values(self, channel, parsed, key, event):
        """Return the values of the new inquiry."""
        values = {
            "name": self.env["ir.sequence"].next_by_code("crm.inquiry") or "/",
            "channel_id": channel.id,
            "kind": channel.kind,
            "company_id": channel.company_id.id,
            "date": event.get("date") or fields.Datetime.now(),
            "external_key": key,
            "body": event.get("html"),
            "message_id": event.get("message_id"),
            "user_id": event.get("user_id"),
            **self._call_values(event),
            **self._person_values(parsed),
            **self._request_values(parsed),
        }
        return {name: False if value == "" else value for name, value in values.items()}

    @api.model
    def _person_values(self, parsed):
        """Return who asks, as far as it was read."""
        first = parsed.phones[0] if parsed.phones else None
        return {
            "contact_name": parsed.name[:200],
            "company_name": parsed.company[:200],
            "vat": parsed.vat[:40],
            "phone": first.number if first else False,
            "phone_extension": first.extension if first else False,
            "phones": ", ".join(phone.number for phone in parsed.phones),
            "email": parsed.emails[0] if parsed.emails else False,
            "emails": ", ".join(parsed.emails),
            "city": parsed.city[:100],
            "zip": parsed.zip[:12],
            "ip": parsed.ip,
            "language": parsed.language if parsed.language in LANGUAGES else False,
            "forwarded_from": parsed.forwarded_from,
        }

    @api.model
    def _request_values(self, parsed):
        """Return what is asked for and how it was read."""
        subject = parsed.subject or parsed.product or excerpt(parsed.text, 80)
        chat = [[line.author, line.text, line.time, line.is_agent] for line in parsed.chat]
        return {
            "subject": subject[:250],
            "text": parsed.text or parsed.product,
            "product": parsed.product,
            "items": "\n".join(parsed.items),
            "page": parsed.page,
            "utm_source": parsed.utm.get("source"),
            "utm_medium": parsed.utm.get("medium"),
            "utm_campaign": parsed.utm.get("campaign"),
            "agent": parsed.agent,
            "chat": chat or False,
            "extra": parsed.extra or False,
            "parser": parsed.parser,
            "robot": parsed.robot,
            "understood": parsed.understood,
        }

    @api.model
    def _call_values(self, event):
        """Return the facts of a call that an event tells."""
        names = ("call_direction", "call_answered", "call_duration", "recording_url")
        return {name: event[name] for name in names if name in event}

    def _complete_call(self, event):
        """A call tells more of itself as it goes on: who took it, its length, its recording."""
        self.ensure_one()
        facts = self._call_values(event)
        values = {name: value for name, value in facts.items() if value != self[name]}
        if values:
            self.with_context(**QUIET).write(values)
        if event.get("user_id") and not self.user_id:
            self.write({"user_id": event["user_id"]})
        if values and self._is_spoken():
            self._answered(self.date)

    def _is_spoken(self):
        """Whether somebody of ours has talked to the customer: there is nothing left to answer."""
        self.ensure_one()
        return self.kind == "telephone" and (self.call_answered or self.call_direction == "out")

    # Files

    def _keep_files(self, event):
        """Keep the original as it arrived and what was attached to it."""
        files = [(name, data, kind, False) for name, data, kind in event.get("attachments") or ()]
        if event.get("original"):
            name = event.get("original_name") or "original.eml"
            files.append((name, event["original"], "application/octet-stream", True))
        Attachment = self.env["ir.attachment"].with_context(image_no_postprocess=True)
        made = Attachment.create(
            [
                {
                    "name": name,
                    "raw": data,
                    "mimetype": "application/octet-stream" if original else kind,
                    "res_model": self._name,
                    "res_id": self.id,
                    "company_id": self.company_id.id,
                }
                for name, data, kind, original in files
            ]
        )
        if event.get("original"):
            self.original_id = made[-1]

    def _keep_again(self, event):
        """The same event by another way: keep that original too."""
        original = event.get("original")
        if original and hashlib.sha1(original).hexdigest() not in self._attachments().mapped(
            "checksum"
        ):
            before = self.original_id
            self._keep_files(
                {
                    "original": original,
                    "original_name": f"again-{event.get('original_name') or 'mail.eml'}",
                }
            )
            self.original_id = before or self.original_id

    def _attachments(self):
        domain = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        return self.env["ir.attachment"].sudo().search(domain)

    # Mail

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """A mail that stock's gateway routed here: taken like any other event.

        :raise AccessError: the user, if it is not the gateway, may not read the channel
        """
        channels = self.env["crm.inquiry.channel"].sudo()
        own = [("kind", "=", "mail"), ("company_id", "=", self.env.company.id)]
        channel = channels.browse((custom_values or {}).get("channel_id")).exists()
        if not self.env.su:
            # by RPC anybody could put an inquiry before another company's eyes
            self.check_access("create")
            channel.with_env(self.env).check_access("read")
        channel = channel or channels.search(own, limit=1)
        if not channel:
            raise UserError(
                self.env._(
                    "%(company)s has no mailbox among the channels of the inquiry desk.",
                    company=self.env.company.name,
                )
            )
        name, address = parse_contact_from_email(msg_dict.get("email_from") or "")
        return self._receive(
            {
                "channel": channel,
                "name": name,
                "email": address,
                "subject": msg_dict.get("subject"),
                "text": html2plaintext(msg_dict.get("body") or ""),
                "html": msg_dict.get("body"),
                "key": f"mail:{msg_dict['message_id']}",
            }
        )

    @api.model
    def _receive_mail(self, mail, channel):
        """Take a mail that came for a channel.

        :param mail: :class:`~..parsers.mail.Mail`
        """
        target = None if mail.broken else self._answered_record(mail, channel)
        event = {
            "channel": channel,
            "parsed": self._read_mail(mail, channel, target),
            "html": self._mail_html(mail),
            "original": mail.raw,
            "original_name": "original.eml",
            "attachments": mail.attachments,
            "message_id": mail.message_id or False,
            "target": target,
            "mail": mail,
        }
        inquiry = self._receive(event)
        if mail.broken and inquiry.state == "to_sort":
            inquiry.reason = self.env._("The mail is damaged: %(reason)s", reason=mail.broken)
        return inquiry

    @api.model
    def _read_mail(self, mail, channel, target=None):
        """Return what the readers find; an answer to us is handwriting, whatever it quotes."""
        company = channel.company_id
        templates = [] if target else channel._specifications()
        return read_message(mail, templates, company.country_id.code, company._inquiry_own())

    @api.model
    def _mail_html(self, mail):
        """Return the body to show; it is sanitised when written."""
        return (
            harmless(mail.html) if mail.html else plaintext2html(mail.text) if mail.text else False
        )
