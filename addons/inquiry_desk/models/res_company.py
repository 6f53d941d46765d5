from odoo import fields, models

from ..parsers.phone import normalise
from ..parsers.text import emails_in


class ResCompany(models.Model):
    _inherit = "res.company"

    inquiry_thread_hours = fields.Integer(
        string="Hours of one conversation",
        default=72,
        help="What the same person sends within so many hours, by whatever channel, "
        "belongs together.",
    )
    inquiry_own_contacts = fields.Text(
        string="Our own numbers and addresses",
        help="Telephone numbers and mail addresses of ourselves, separated by commas or lines. "
        "They are never taken for a customer's, wherever they appear in a message.",
    )

    def _inquiry_contact_companies(self):
        """Return the companies whose contacts an inquiry of this company may be matched with.

        None among them stands for contacts without a company. Add-ons narrow it where such contacts
        belong to somebody else.
        """
        self.ensure_one()
        return [self.id, None]

    def _inquiry_own(self):
        """Return our own numbers (E.164) and mail addresses (lower case) as a set."""
        self.ensure_one()
        company = self.sudo()
        region = company.country_id.code
        written = (company.inquiry_own_contacts or "").replace(";", ",").replace("\n", ",")
        numbers = [company.phone or "", *written.split(",")]
        own = {
            phone.number
            for number in numbers
            if "@" not in number and (phone := normalise(number, region))
        }
        own.update(emails_in(written), emails_in(company.email))
        channels = self.env["crm.inquiry.channel"].sudo().search([("company_id", "=", self.id)])
        own.update(address.lower() for address in channels.mapped("alias_email") if address)
        own.update(emails_in(" ".join(filter(None, channels.mapped("mailbox")))))
        own.update(*(channel._line_keys() for channel in channels))
        return own

    def _inquiry_sequences(self):
        """Give each company a numbering of its own: a common one would tell of a rival's."""
        Sequence = self.env["ir.sequence"].sudo()
        domain = [("code", "=", "crm.inquiry"), ("company_id", "in", self.ids)]
        values = {"name": "Inquiry", "code": "crm.inquiry", "prefix": "INQ/", "padding": 5}
        lacking = self - Sequence.search(domain).company_id
        Sequence.create([{**values, "company_id": company.id} for company in lacking])
