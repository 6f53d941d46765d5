from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext, plaintext2html


class MikoCallForm(models.AbstractModel):
    """What becomes of a call in the register of inquiries, and what a colleague takes down."""

    _name = "miko.call.form"
    _description = "Calls and Inquiries"

    # ------------------------------------------------------------------ public
    def save_form(self, values):
        """Take down who called and what about, while the call goes on or afterwards.

        :param dict values: ``name``, ``company``, ``email``, ``note`` (str)
        :return: ``lead`` and ``partner`` (ids or False), ``inquiry`` (its number)
        """
        self.ensure_one()
        self.check_access("read")
        clean = {
            f"contact_{name}" if name != "note" else name: (values.get(name) or "").strip()[:2000]
            for name in ("name", "company", "email", "note")
        }
        call = self.sudo()
        call.write({name: value or False for name, value in clean.items()})
        inquiry = call._ensure_inquiry()
        if inquiry:
            call._complete_inquiry(inquiry)
        call._keep_note(self.env.user)
        return {
            "lead": call._readable(call.lead_id).id,
            "partner": call.partner_id.id,
            "inquiry": inquiry.name if inquiry else "",
        }

    def make_deal(self):
        """Return the action that opens the deal of the call, made when there is none.

        :raise UserError: the deal is a colleague's
        """
        self.ensure_one()
        self.check_access("read")
        call = self.sudo()
        inquiry = call._ensure_inquiry()
        if inquiry and not call.lead_id:
            call._link_lead(inquiry)
        if call.lead_id and not call._readable(call.lead_id):
            raise UserError(self.env._("A colleague has a deal with this customer already."))
        return self._open("crm.lead", call.lead_id.id) if call.lead_id else False

    def open_customer(self):
        """Return the action that opens the caller: the contact, else the lead, else the call."""
        self.ensure_one()
        self.check_access("read")
        call = self.sudo()
        if call._readable(call.partner_id):
            return self._open("res.partner", call.partner_id.id)
        if call._readable(call.lead_id):
            return self._open("crm.lead", call.lead_id.id)
        return self._open("miko.call", self.id)

    @api.model
    def _readable(self, record):
        """Return a record of a call when the user may read it himself, else none of its model."""
        return record.sudo(False)._filtered_access("read")

    @api.model
    def _open(self, model, record):
        return {
            "type": "ir.actions.act_window",
            "res_model": model,
            "res_id": record,
            "views": [[False, "form"]],
        }

    # ------------------------------------------------------------------ the register
    def _ensure_inquiry(self):
        """Return the inquiry of an incoming call, made when there is none yet."""
        self.ensure_one()
        if self.direction != "inbound" or self.blocked:
            return self.inquiry_id
        if not self.inquiry_id:
            # a missed call with a hidden number: nobody to call back, nothing to sort
            if self.anonymous and self.outcome and self.outcome != "answered":
                return self.inquiry_id
            inquiry = self.env["crm.inquiry"]._receive(self._event())
            self._take_from(inquiry)
        return self.inquiry_id

    def _take_from(self, inquiry):
        responsible = self.responsible_id or inquiry.lead_id.user_id or inquiry.user_id
        self.write(
            {
                "inquiry_id": inquiry.id,
                "lead_id": inquiry.lead_id.id or self.lead_id.id,
                "partner_id": inquiry.partner_id.id or self.partner_id.id,
                "responsible_id": responsible.id,
            }
        )

    def _event(self):
        """Return the call as the desk's service takes it."""
        channel = self.line_id.channel_id or self.pbx_id._channel()
        lids = self.alias_ids.sorted("id").mapped("linkedid")
        return {
            "channel": channel,
            "key": f"call:{self.pbx_id.id}:{lids[0] if lids else self.id}",
            "date": self.date,
            "phone": self.number or self.number_raw,
            "name": self.contact_name,
            "company": self.contact_company,
            "email": self.contact_email,
            "subject": self._subject(),
            "text": self.note or (self._subject() if self.anonymous else ""),
            "call_direction": "in",
            "call_answered": self.outcome == "answered",
            "call_duration": self.talk_seconds,
            "user_id": self.user_id.id,
        }

    def _subject(self):
        line = self.line_id.name or self.pbx_id.name
        return f"{line}: {self.number or self.env._('hidden number')}"

    def _refresh_inquiry(self):
        """The register keeps what came of the call."""
        inquiry = self.inquiry_id
        values = {
            "call_answered": self.outcome == "answered",
            "call_duration": self.talk_seconds,
        }
        changed = {name: value for name, value in values.items() if inquiry[name] != value}
        if inquiry and changed:
            inquiry.write(changed)
        if self.outcome == "answered" and not inquiry.response_date:
            inquiry._answered(self.answer_date)

    def _complete_inquiry(self, inquiry):
        """Put what was taken down where it was unknown."""
        new = {
            "contact_name": self.contact_name,
            "company_name": self.contact_company,
            "email": self.contact_email,
            "text": self.note,
        }
        inquiry.write({name: value for name, value in new.items() if value})
        if inquiry.state == "to_sort" and (inquiry.email or inquiry.phone):
            inquiry.action_take_as_read()
            self._take_from(inquiry)
        if self._is_first_contact():
            self._complete_contact(inquiry.partner_id)
            self._complete_lead(inquiry.lead_id)

    def _is_first_contact(self):
        """Tell whether this call has made the caller known: his name may be the number still."""
        inquiry = self.inquiry_id
        return inquiry.relation == "new" and inquiry.partner_id.first_inquiry_id == inquiry

    def _complete_contact(self, partner):
        values = {}
        if self.contact_name and partner.name in (self.number, partner.phone, partner.email):
            values["name"] = self.contact_name
        if self.contact_company and not partner.company_name:
            values["company_name"] = self.contact_company
        if self.contact_email and not partner.email:
            values["email"] = self.contact_email
        if values:
            partner.write(values)

    def _complete_lead(self, lead):
        values = {
            "contact_name": self.contact_name,
            "partner_name": self.contact_company,
            "email_from": self.contact_email,
        }
        values = {name: value for name, value in values.items() if value and not lead[name]}
        if self.note:
            if lead.name == self._subject():
                values["name"] = self.note.splitlines()[0][:80]
            if not html2plaintext(lead.description or "").strip():
                values["description"] = plaintext2html(self.note)
        if lead and values:
            lead.write(values)

    def _keep_note(self, author):
        """The note enters the history of the deal, else of the customer; the newest replaces
        none.
        """
        record = self.lead_id or self.partner_id
        if self.note and record and self.inquiry_id.relation != "new":
            record.with_user(author).sudo().message_post(
                body=plaintext2html(self.note), subtype_xmlid="mail.mt_note"
            )

    def _link_lead(self, inquiry):
        """The register knows of the deal, too: the caller's next inquiries join it."""
        inquiry.lead_id = inquiry.lead_id or self._new_lead(inquiry)
        self.lead_id = inquiry.lead_id

    def _new_lead(self, inquiry):
        return self.env["crm.lead"].create(
            {**inquiry._lead_values(), "user_id": self.env.uid, "partner_id": self.partner_id.id}
        )
