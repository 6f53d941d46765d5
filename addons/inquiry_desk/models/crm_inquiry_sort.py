import logging

import psycopg2

from odoo import api, models
from odoo.exceptions import UserError

from ..parsers.mail import read_mail

_logger = logging.getLogger(__name__)


class CrmInquiry(models.Model):
    """What could not be read or was interrupted: read again, by hand or by schedule."""

    _inherit = "crm.inquiry"

    # To sort

    def action_process_again(self):
        """Read the original again, with the templates as they are now, and go on from there."""
        for inquiry in self.filtered(lambda inquiry: inquiry.state in ("to_sort", "ignored")):
            inquiry.sudo().with_company(inquiry.company_id)._read_again()
        return True

    def _read_again(self):
        original = self.original_id.raw
        if original and self.original_id.name.endswith(".eml"):
            mail = read_mail(original)
            parsed = self._read_mail(mail, self.channel_id)
            event = {
                "html": self._mail_html(mail),
                "message_id": mail.message_id,
                "date": self.date,
            }
            values = self._event_values(self.channel_id, parsed, self.external_key, event)
            for name in ("name", "channel_id", "kind", "company_id", "user_id"):
                values.pop(name)
            self.write(values)
        else:
            self.understood = bool(self.phone or self.email)
        self.write({"state": "received", "reason": False, "outcome": False})
        self._resume()

    def action_take_as_read(self):
        """What a person has filled in on *To sort* is what it is: match it and make the lead."""
        for inquiry in self:
            if not (inquiry.phone or inquiry.email):
                raise UserError(
                    self.env._(
                        "%(inquiry)s: fill in a telephone number or a mail address first.",
                        inquiry=inquiry.display_name,
                    )
                )
            inquiry._normalise_typed()
            record = inquiry.sudo().with_company(inquiry.company_id)
            record.write(
                {
                    "understood": True,
                    "robot": False,
                    "state": "received",
                    "reason": False,
                    "outcome": False,
                }
            )
            record._process()
        return True

    def _normalise_typed(self):
        parsed = self._read_event(self.channel_id, {"phone": self.phone, "email": self.email})
        values = {
            "emails": ", ".join(parsed.emails),
            "phones": ", ".join(phone.number for phone in parsed.phones),
        }
        if parsed.phones:
            values.update(
                phone=parsed.phones[0].number,
                phone_extension=parsed.phones[0].extension or self.phone_extension,
            )
        self.sudo().write(values)

    # Scheduled

    def _resume(self):
        """Process what was interrupted, from its original; a fault sends it to sort."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                target, mail = self._read_interrupted()
        except psycopg2.OperationalError:  # the database is gone, or somebody else is at it
            raise
        except Exception as error:
            _logger.warning("Inquiry %s could not be read again", self.id, exc_info=True)
            self._to_sort(self.env._("Processing failed: %(error)s", error=error))
        else:
            self._process(target, mail)

    def _read_interrupted(self):
        """Return (record that the mail answers, mail) of an inquiry that was kept and no more."""
        mail = target = None
        if self.original_id.name and self.original_id.name.endswith(".eml"):
            mail = read_mail(self.original_id.raw)
            target = self._answered_record(mail, self.channel_id)
        elif not (self.phones or self.emails):  # typed in by a colleague
            self._normalise_typed()
        return target, mail

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
                inquiry.with_company(inquiry.company_id)._acknowledge_safely()
            self.env["ir.cron"]._commit_progress(1)
