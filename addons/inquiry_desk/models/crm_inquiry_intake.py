import hashlib
import logging

import psycopg2
from psycopg2 import errors

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import plaintext2html

from ..parsers.desk import read_message
from ..parsers.handwritten import complete
from ..parsers.mail import read_mail
from ..parsers.parsed import Parsed
from ..parsers.phone import normalise
from ..parsers.text import clean, excerpt, harmless, normalise_email

_logger = logging.getLogger(__name__)

CONCURRENT = (
    errors.SerializationFailure,
    errors.DeadlockDetected,
    errors.LockNotAvailable,
    errors.UniqueViolation,
)
QUIET = {"mail_create_nosubscribe": True, "mail_create_nolog": True, "tracking_disable": True}


class CrmInquiryIntake(models.AbstractModel):
    """From what arrived to the finished inquiry: keep it, read it, match it, make the lead."""

    _name = "crm.inquiry.intake"
    _description = "Inquiry Intake"

    # ------------------------------------------------------------------ receiving
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
              ``page``, ``language`` (str): what is known; or ``parsed``, a
              :class:`~..parsers.parsed.Parsed`
            - ``html`` (str): formatted body, shown sanitised
            - ``original`` (bytes), ``original_name`` (str): as it arrived
            - ``attachments``: list of (name, bytes, MIME type)
            - ``call_direction`` ("in" or "out"), ``call_answered`` (bool), ``call_duration``
              (seconds), ``recording_url`` (str): of a call
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
        return inquiry.with_context({})

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
        for name in ("name", "company", "subject", "text", "page", "language"):
            setattr(parsed, name, clean(event.get(name) or ""))
        parsed.understood = parsed.reachable or bool(parsed.text or parsed.subject)
        return complete(parsed)

    @api.model
    def _event_values(self, channel, parsed, key, event):
        """Return the values of the new inquiry."""
        first = parsed.phones[0] if parsed.phones else None
        subject = parsed.subject or parsed.product or excerpt(parsed.text, 80)
        values = {
            "name": self.env["ir.sequence"].next_by_code("crm.inquiry") or "/",
            "channel_id": channel.id,
            "kind": channel.kind,
            "company_id": channel.company_id.id,
            "date": event.get("date") or fields.Datetime.now(),
            "external_key": key,
            "subject": subject[:250],
            "contact_name": parsed.name[:200],
            "company_name": parsed.company[:200],
            "vat": parsed.vat[:40],
            "phone": first.number if first else False,
            "phone_extension": first.extension if first else False,
            "phones": ", ".join(phone.number for phone in parsed.phones),
            "email": parsed.emails[0] if parsed.emails else False,
            "emails": ", ".join(parsed.emails),
            "text": parsed.text or parsed.product,
            "product": parsed.product,
            "items": "\n".join(parsed.items),
            "page": parsed.page,
            "utm_source": parsed.utm.get("source"),
            "utm_medium": parsed.utm.get("medium"),
            "utm_campaign": parsed.utm.get("campaign"),
            "agent": parsed.agent,
            "city": parsed.city,
            "ip": parsed.ip,
            "language": parsed.language or False,
            "parser": parsed.parser,
            "robot": parsed.robot,
            "understood": parsed.understood,
            "forwarded_from": parsed.forwarded_from,
            "chat": [[line.author, line.text, line.time, line.is_agent] for line in parsed.chat]
            or False,
            "extra": parsed.extra or False,
            "body": event.get("html"),
            "message_id": event.get("message_id"),
            "user_id": event.get("user_id"),
            **{name: event[name] for name in self._call_fields() if name in event},
        }
        return {name: False if value == "" else value for name, value in values.items()}

    @api.model
    def _call_fields(self):
        return ("call_direction", "call_answered", "call_duration", "recording_url")

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

    # ------------------------------------------------------------------ mail
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

    # ------------------------------------------------------------------ processing
    def _process(self, target=None, mail=None):
        """Match, make the lead, route. Nothing that goes wrong here loses the inquiry.

        :param target: record of ours that the mail answers
        :param mail: the mail that answers it
        """
        for inquiry in self:
            try:
                with self.env.cr.savepoint():
                    inquiry._process_one(target, mail)
            except CONCURRENT:
                inquiry._process_later()
            except psycopg2.OperationalError:  # the database is gone: so is this transaction
                raise
            except Exception as error:
                _logger.warning("Inquiry %s could not be processed", inquiry.id, exc_info=True)
                inquiry._to_sort(self.env._("Processing failed: %(error)s", error=error))

    def _process_later(self):
        """Another event of the same person is being taken: the scheduled action goes on."""
        _logger.info("Inquiry %s waits for another event of the same person", self.id)
        self.env.ref("inquiry_desk.ir_cron_process")._trigger()

    def _process_one(self, target, mail):
        if self.robot:
            return self._write_result({"state": "ignored", "outcome": "robot"})
        if not self.understood:
            return self._to_sort(
                self.env._("No template could read it, and nobody to answer was found.")
            )
        if target:
            return self._join_target(target, mail)
        thread = self.env["crm.inquiry.identity"]._claim(self, self._identity_values())
        if thread != self and thread.state not in ("ignored", "to_sort", "received"):
            return self._join_thread(thread)
        partner = self._match_partner()
        return self._take_known(partner) if partner else self._take_new()

    def _identity_values(self):
        numbers = [number for number in (self.phones or "").split(", ") if number.startswith("+")]
        if self.phone_extension:
            numbers = [
                f"{number}x{self.phone_extension}" if number == self.phone else number
                for number in numbers
            ]
        emails = [normalise_email(email) for email in (self.emails or "").split(", ")]
        return [value for value in [*numbers, *emails] if value]

    def _match_partner(self):
        """Return the contact the inquiry comes from, none when there is none or it could be
        several.

        A hint by ten digits alone counts only when one customer answers to it; what else answered
        is kept for the person who sorts.
        """
        phones = [normalise(number) for number in (self.phones or "").split(", ") if number]
        phones = [phone for phone in phones if phone]
        if phones and self.phone_extension:
            phones[0] = normalise(self.phone, extension=self.phone_extension)
        emails = [email for email in (self.emails or "").split(", ") if email]
        companies = self.company_id._inquiry_contact_companies()
        rows = self.env["crm.contact.key"]._match(phones, emails, companies)
        partners = self.env["res.partner"].browse(dict.fromkeys(row["partner_id"] for row in rows))
        partners = partners.filtered(lambda partner: partner.partner_share)
        rows = [row for row in rows if row["partner_id"] in partners._ids]
        customers = {
            row["commercial_partner_id"] for row in rows if int(row["rank"]) == int(rows[0]["rank"])
        }
        if len(partners) > 1:
            self.candidate_ids = partners
        if len(customers) > 1 and all(row["kind"] in ("national", "tail") for row in rows):
            return partners.browse()
        return partners[:1]

    def _join_target(self, target, mail):
        """The answer to a message of ours: it joins the record that it answers."""
        first = target if target._name == self._name else self.browse()
        first = first.thread_id or first
        lead = target if target._name == "crm.lead" else first.lead_id
        partner = (first or target).partner_id
        user = (first.user_id or lead.user_id) if first or lead else target.user_id
        values = {
            "thread_id": first.id,
            "lead_id": lead.id,
            "partner_id": partner.id,
            "relation": "reply",
        }
        self._write_result(
            {
                **values,
                **self._responsible_values(user),
                "team_id": lead.team_id.id or first.team_id.id,
            }
        )
        self._post_answer(target, mail)
        self._tell_responsible()

    def _join_thread(self, thread):
        """One more event of a conversation that goes on."""
        user = thread.user_id or thread.lead_id.user_id
        values = {
            "thread_id": thread.id,
            "lead_id": thread.lead_id.id,
            "partner_id": thread.partner_id.id,
        }
        self._write_result(
            {
                **values,
                "relation": "thread",
                "team_id": thread.team_id.id,
                **self._responsible_values(user),
            }
        )
        self._suggest()
        self._tell_responsible()

    def _take_known(self, partner):
        """A customer or prospect we know: no new lead, the history and the responsible get it."""
        lead = self._open_lead(partner)
        user = lead.user_id or partner.user_id or partner.commercial_partner_id.user_id
        if self.company_id not in user.company_ids:
            user = user.browse()
        self._write_result(
            {
                "partner_id": partner.id,
                "lead_id": lead.id,
                "relation": "known",
                **self._responsible_values(user),
            }
        )
        self._suggest()
        self._note_on_customer(partner)
        self._tell_responsible()
        self._ask_acknowledgement()

    def _open_lead(self, partner):
        """Return the newest open lead or opportunity of the customer in this company."""
        domain = [
            ("partner_id", "child_of", partner.commercial_partner_id.ids),
            ("company_id", "=", self.company_id.id),
            ("won_status", "=", "pending"),
        ]
        return self.env["crm.lead"].search(domain, order="id desc", limit=1)

    def _take_new(self):
        """Somebody unknown: a potential customer and a lead, both with their first inquiry."""
        if not (self.phones or self.emails):
            return self._to_sort(self.env._("Neither a number nor an address to answer to."))
        self._suggest()
        self.partner_id = (
            self.env["res.partner"].with_context(**QUIET).create(self._partner_values())
        )
        self.lead_id = self.env["crm.lead"].with_context(**QUIET).create(self._lead_values())
        self._write_result({"relation": "new", **self._responsible_values(self.user_id)})
        self._tell_heads("new")
        self._ask_acknowledgement()

    def _responsible_values(self, user):
        """Return the state that goes with having somebody responsible, or nobody yet."""
        user = self.user_id or user
        if not user:
            return {"state": "queued"}
        return {"state": "assigned", "user_id": user.id, "assign_date": fields.Datetime.now()}

    def _write_result(self, values):
        self.with_context(**QUIET).write({"deadline": self._deadline(), **values})

    def _to_sort(self, reason):
        self._write_result({"state": "to_sort", "reason": reason})
        self._tell_heads("to_sort")

    # ------------------------------------------------------------------ what is made
    def _partner_values(self):
        return {
            "name": self.contact_name or self.company_name or self.email or self.phone,
            "company_name": self.company_name,
            "email": self.email,
            "phone": self._phone_with_extension(),
            "phone_other": ", ".join((self.phones or "").split(", ")[1:]),
            "email_other": ", ".join((self.emails or "").split(", ")[1:]),
            "company_id": self.company_id.id,
            "city": self.city if self.city and len(self.city) < 60 else False,
            "customer_type": "potential",
            "first_inquiry_id": self.id,
            "lang": self._installed_lang(),
        }

    def _lead_values(self):
        team = self.team_id or self.suggested_team_id or self.channel_id.team_id
        as_lead = team.use_leads and self.env.user.has_group("crm.group_use_lead")
        return {
            "name": self.subject or excerpt(self.text, 80) or self.name,
            "type": "lead" if as_lead else "opportunity",
            "partner_id": self.partner_id.id,
            "contact_name": self.contact_name,
            "partner_name": self.company_name,
            "email_from": self.email,
            "phone": self._phone_with_extension(),
            "description": self.text and self._text_html(),
            "company_id": self.company_id.id,
            "team_id": team.id,
            "user_id": self.user_id.id,
            "first_inquiry_id": self.id,
            "website": False,
            **self._utm_values(),
        }

    def _phone_with_extension(self):
        return (
            f"{self.phone} ext. {self.phone_extension}"
            if self.phone and self.phone_extension
            else self.phone
        )

    def _utm_values(self):
        """Return the campaign records that the marks name, made when there are none of the name."""
        values, mixin = {}, self.env["utm.mixin"]
        for name in ("source", "medium", "campaign"):
            if mark := self[f"utm_{name}"]:
                values[f"{name}_id"] = mixin._find_or_create_record(f"utm.{name}", mark).id
        return values

    def _note_on_customer(self, partner):
        """The inquiry enters the customer's history."""
        body = self.env._(
            "Inquiry %(number)s: %(subject)s",
            number=self._get_html_link(title=self.name),
            subject=self.subject or "",
        )
        self.env["mail.message"].create(
            {
                "model": "res.partner",
                "res_id": partner.id,
                "body": body,
                "message_type": "notification",
                "subtype_id": self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_note"),
                "author_id": self.env.ref("base.partner_root").id,
                "record_company_id": self.company_id.id,
            }
        )

    # ------------------------------------------------------------------ scheduled
    def _resume(self):
        """Process what was interrupted, from its original."""
        self.ensure_one()
        mail = target = None
        if self.original_id.name and self.original_id.name.endswith(".eml"):
            mail = read_mail(self.original_id.raw)
            target = self._answered_record(mail, self.channel_id)
        elif not (self.phones or self.emails):  # typed in by a colleague
            self._normalise_typed()
        self._process(target, mail)

    @api.model
    def _cron_process(self):
        """Finish what was interrupted, and send the acknowledgements that are due."""
        waiting = self.search([("state", "=", "received")], order="id", limit=200)
        acknowledgements = self.search([("ack_state", "=", "due")], order="id", limit=200)
        remaining = len(waiting) + len(acknowledgements)
        self.env["ir.cron"]._commit_progress(remaining=remaining)
        for inquiry in waiting:
            if inquiry.try_lock_for_update().filtered_domain([("state", "=", "received")]):
                inquiry.with_company(inquiry.company_id)._resume()
            self.env["ir.cron"]._commit_progress(1)
        for inquiry in acknowledgements:
            if inquiry.try_lock_for_update().filtered_domain([("ack_state", "=", "due")]):
                inquiry.with_company(inquiry.company_id)._acknowledge()
            self.env["ir.cron"]._commit_progress(1)
