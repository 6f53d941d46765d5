import logging

import psycopg2
from markupsafe import Markup

from odoo import SUPERUSER_ID, api, fields, models

from ..parsers.robot import answerable

_logger = logging.getLogger(__name__)

LOCALES = {"en": "en_", "fr": "fr_", "ru": "ru_"}


class CrmInquiry(models.Model):
    """Acknowledging, answering, and finding answers' way back."""

    _inherit = "crm.inquiry"

    # Acknowledgement

    def _ask_acknowledgement(self):
        """Have the sender answered by the scheduled action: once per conversation, no robot."""
        self.ensure_one()
        if (
            self.channel_id.acknowledge
            and answerable(self.email)
            and self.kind != "telephone"
            and not self.robot
        ):
            self.ack_state = "due"
            self.env.ref("inquiry_desk.ir_cron_process")._trigger()

    def _acknowledge(self):
        """Send the acknowledgement in the sender's language, with the number of the request."""
        self.ensure_one()
        template = self.channel_id.ack_template_id
        if not template:
            self.ack_state = "none"
            return
        headers = {
            "Auto-Submitted": "auto-replied",
            "X-Auto-Response-Suppress": "All",
            "Precedence": "auto_reply",
        }
        values = {"headers": repr(headers), "auto_delete": False, "is_notification": False}
        if self.message_id:
            values["references"] = self.message_id
        template.sudo().send_mail(self.id, email_values=values)
        self.write({"ack_state": "sent", "ack_date": fields.Datetime.now()})

    def _acknowledge_safely(self):
        """Acknowledge; a template that cannot be filled in must not hold up the others."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self._acknowledge()
        except psycopg2.OperationalError:
            raise
        except Exception as error:
            _logger.warning("Inquiry %s could not be acknowledged", self.id, exc_info=True)
            self.write({"ack_state": "failed"})
            self._message_log(body=self.env._("The acknowledgement failed: %(error)s", error=error))

    def _installed_lang(self):
        """Return the code of an installed language for the sender's, else the company's."""
        prefix = LOCALES.get(self.language)
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        own = self.company_id.partner_id.lang or self.env.lang
        matching = [code for code in installed if prefix and code.startswith(prefix)]
        return own if own in matching or not matching else matching[0]

    def _answer_lang(self):
        """Return the language to answer in: the one he wrote in, else the contact's."""
        return (
            self._installed_lang()
            if self.language
            else self.partner_id.lang or self._installed_lang()
        )

    # Answering

    def _sender(self):
        """Return the address that mails about the inquiry come from and answers go to."""
        self.ensure_one()
        company = self.company_id
        return self.channel_id._address() or company.email_formatted or company.email

    def _notify_get_reply_to(self, default=None, author_id=False):
        found = super()._notify_get_reply_to(default=default, author_id=author_id)
        for inquiry in self.sudo():
            if address := inquiry.channel_id._address():
                found[inquiry.id] = self._notify_get_reply_to_formatted_email(
                    address, author_id=author_id
                )
        return found

    def _notify_by_email_get_base_mail_values(self, message, *args, **kwargs):
        """Our answers refer to the mail that they answer, so that the customer's program threads
        them.
        """
        values = super()._notify_by_email_get_base_mail_values(message, *args, **kwargs)
        if self and self.message_id:
            values["references"] = f"{self.message_id} {values.get('references') or ''}".strip()
        return values

    def action_reply(self):
        """Open the composer with the answer's template in the customer's language."""
        self.ensure_one()
        if not self.partner_id and self.email:
            self.partner_id = self.sudo().env["res.partner"].create(self._partner_values())
        template = self.env.ref("inquiry_desk.mail_template_answer", raise_if_not_found=False)
        context = {
            "default_model": self._name,
            "default_res_ids": self.ids,
            "default_template_id": template.id if template else False,
            "default_composition_mode": "comment",
            "default_partner_ids": self.partner_id.ids,
            "default_email_layout_xmlid": "mail.mail_notification_light",
            "force_email": True,
        }
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": context,
        }

    def _message_post_after_hook(self, message, msg_vals):
        done = super()._message_post_after_hook(message, msg_vals)
        if message.message_type == "comment" and message._is_to_customer():
            self._answered(fields.Datetime.now())
        return done

    def _answered(self, moment):
        """The first answer of a person stops the clock of the whole conversation."""
        waiting = (self.sudo()._conversation() | self).filtered(
            lambda inquiry: not inquiry.response_date and inquiry.date <= moment
        )
        for inquiry in waiting:
            inquiry.sudo().write(
                {
                    "response_date": moment,
                    "response_hours": inquiry._working_hours(inquiry.date, moment),
                }
            )
        waiting._clear_plans("inquiry_desk.mail_activity_answer")
        waiting._clear_plans("inquiry_desk.mail_activity_late")

    # Answers that come back

    @api.model
    def _answered_record(self, mail, channel):
        """Return the record of this company that a mail answers: by its references, else by the
        number in its subject when the sender has to do with that record.
        """
        company = channel.company_id
        messages = self.env["mail.message"].sudo()
        if mail.references:
            domain = [
                ("message_id", "in", mail.references),
                ("model", "in", self._answerable_models()),
            ]
            messages = messages.search(domain, order="id desc", limit=20)
        for message in messages:
            record = self.env[message.model].sudo().browse(message.res_id).exists()
            if record and record.company_id == company:
                return record
        if mail.references:
            domain = [("message_id", "in", mail.references), ("company_id", "=", company.id)]
            if inquiry := self.sudo().search(domain, limit=1):
                return inquiry
        return self._record_by_number(mail, company)

    @api.model
    def _answerable_models(self):
        return ["crm.inquiry", "crm.lead"]

    @api.model
    def _record_by_number(self, mail, company):
        """Return the record whose number stands in brackets in the subject, if the sender may know
        it.
        """
        for part in mail.subject.split("[")[1:10]:
            record = self._numbered(part.partition("]")[0].strip()[:40], company)
            if record and self._concerns(record, mail.sender):
                return record
        return None

    @api.model
    def _numbered(self, number, company):
        domain = [("name", "=", number), ("company_id", "=", company.id)]
        return self.sudo().search(domain, limit=1) if number else self.browse()

    @api.model
    def _concerns(self, record, address):
        """Whether an address belongs to the record's customer."""
        companies = record.company_id._inquiry_contact_companies()
        rows = self.env["crm.contact.key"]._match([], [address], companies)
        same = {row["commercial_partner_id"] for row in rows} & set(
            record.partner_id.commercial_partner_id.ids
        )
        return bool(same) or (
            record._name == self._name and address in (record.emails or "").split(", ")
        )

    def _post_answer(self, target, mail):
        """Put the customer's answer into the chatter of what it answers; followers are notified."""
        author = self.partner_id.filtered(lambda partner: partner.email_normalized == mail.sender)
        post = target.with_user(SUPERUSER_ID).with_context(mail_create_nosubscribe=True)
        return post.with_context(mail_post_autofollow_author_skip=True).message_post(
            body=Markup(self._mail_html(mail) or ""),
            subject=mail.subject,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            author_id=author.id or False,
            email_from=f"{mail.sender_name} <{mail.sender}>" if mail.sender_name else mail.sender,
            message_id=mail.message_id or None,
            attachments=[(name, data) for name, data, _kind in mail.attachments],
        )
