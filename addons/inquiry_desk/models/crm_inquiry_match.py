import logging

import psycopg2
from markupsafe import Markup
from psycopg2 import errors

from odoo import fields, models

from ..parsers.phone import normalise
from ..parsers.text import excerpt, normalise_email
from .crm_inquiry_intake import QUIET

_logger = logging.getLogger(__name__)

#: What two events of one person do to each other: the second is processed again.
CONCURRENT = (
    errors.SerializationFailure,
    errors.DeadlockDetected,
    errors.LockNotAvailable,
    errors.UniqueViolation,
)


class CrmInquiry(models.Model):
    """Who it is from: the conversation, the contact, the lead that is made."""

    _inherit = "crm.inquiry"

    # Processing

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
            return self._to_sort(self._reason_not_understood())
        if target:
            return self._join_target(target, mail)
        thread = self.env["crm.inquiry.identity"]._claim(self, self._identity_values())
        if thread != self and thread.state not in ("ignored", "to_sort", "received"):
            return self._join_thread(thread)
        partner = self._match_partner()
        return self._take_known(partner) if partner else self._take_new()

    def _reason_not_understood(self):
        if self.kind == "telephone":
            return self.env._("The caller withheld his number.")
        return self.env._("No template could read it, and nobody to answer was found.")

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

    # What becomes of it

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
                "direction_id": thread.direction_id.id,
                "team_id": thread.team_id.id,
                **self._responsible_values(user),
            }
        )
        self._suggest()
        self._tell_responsible()

    def _take_known(self, partner):
        """A customer or prospect we know: no new lead, the history and the responsible get it."""
        lead = self._open_lead(partner)
        manager = lead.user_id or partner.user_id or partner.commercial_partner_id.user_id
        manager = manager.filtered(lambda user: self.company_id in user.company_ids)
        self._write_result(
            {
                "partner_id": partner.id,
                "lead_id": lead.id,
                "relation": "known",
                **self._responsible_values(manager),
            }
        )
        self._suggest()
        self._note_on_customer(partner)
        self._tell_responsible()
        if manager != self.user_id:  # somebody else took the call of his customer
            self._tell(manager, "known", lambda user: self._event_title(user, "known"))
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

    # What is made

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
            "zip": self.zip,
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

    def _text_html(self):
        return Markup("<p>%s</p>") % Markup("<br/>").join((self.text or "").split("\n"))

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
