import re

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.misc import unique

from ..parsers.phone import national_digits, normalise, tail
from ..parsers.text import EMAIL, normalise_email

# How much a key tells: a mail address or a whole number identifies, the last ten digits only hint.
RANKS = {"mail": 1, "phone": 1, "national": 2, "tail": 3}
SEPARATORS = re.compile(r"[,;/\n|]+")


class CrmContactKey(models.Model):
    """Every telephone number and mail address of every contact, in the forms it is looked up by.

    Written by :meth:`_refresh` whenever a contact changes, never by hand. One row per contact and
    form lets the look-up be answered by one index, whatever form a caller's number has.
    """

    _name = "crm.contact.key"
    _description = "Contact Look-up Key"
    _log_access = False
    _rec_name = "value"

    value = fields.Char(required=True)
    kind = fields.Selection(
        [
            ("phone", "International number"),
            ("national", "National number"),
            ("tail", "Last ten digits"),
            ("mail", "Mail address"),
        ],
        required=True,
    )
    extension = fields.Char()
    partner_id = fields.Many2one("res.partner", required=True, ondelete="cascade", index=True)
    commercial_partner_id = fields.Many2one("res.partner", ondelete="cascade")
    company_id = fields.Many2one("res.company", ondelete="cascade")

    _lookup = models.Index(
        "(value, kind) INCLUDE (partner_id, commercial_partner_id, company_id, extension)"
    )

    # ------------------------------------------------------------------ look-up
    @api.model
    def find(self, phone="", email="", limit=20):
        """Return the contacts that a number or an address belongs to, the surest first.

        :param str phone: in any international or national form, with or without an extension
        :param str email: in any case, with or without a +tag
        :param int limit: at most so many contacts
        :return: contacts the user may read, of the companies he works in; none when neither is
            known
        """
        self.env["res.partner"].check_access("read")
        found = self._match(
            [number for number in [normalise(phone or "", self._region())] if number],
            [email] if email else [],
            self._searched_companies(),
            limit=limit,
        )
        partners = self.env["res.partner"].browse(unique(row["partner_id"] for row in found))
        return partners._filtered_access("read")

    @api.model
    def _number(self, raw, region):
        """Return a telephone number as contacts are looked up by it.

        :param str raw: in any international form, or in the national one of `region`
        :param str region: ISO code of a country, or False
        :return: E.164, else its digits; False where it is no number
        """
        phone = normalise(raw, region) if raw else None
        return phone.number if phone else False

    @api.model
    def _searched_companies(self):
        """Return the companies among whose contacts the user looks, each once."""
        companies = self.env.companies.sudo()
        return list(
            unique(id_ for company in companies for id_ in company._inquiry_contact_companies())
        )

    @api.model
    def _match(self, phones, emails, companies, limit=20):
        """Return [{partner_id, commercial_partner_id, kind, extension, rank}], the surest first.

        Of the forms of a number only the best that matches counts: ten equal digits say nothing
        once a whole number is equal.

        :param phones: list of :class:`~..parsers.parsed.Phone`
        :param emails: list of addresses
        :param companies: ids of companies; None among them for contacts without a company
        """
        wanted = self._wanted(phones, emails)
        if not wanted:
            return []
        rows = self._rows(list(wanted), companies, limit * 5)
        for row in rows:
            extension = wanted[row["value"], row["kind"]]
            row["rank"] = RANKS[row["kind"]] + (0 if (row["extension"] or "") == extension else 0.5)
        best = int(min((row["rank"] for row in rows), default=0))
        rows = [row for row in rows if row["rank"] < best + 1]
        return sorted(rows, key=lambda row: (row["rank"], row["partner_id"]))[:limit]

    @api.model
    def _rows(self, wanted, companies, limit):
        """Return the rows with these (value, kind) in these companies; one scan of the index."""
        ids = [company for company in companies if company]
        shared = SQL(" OR company_id IS NULL") if None in companies else SQL()
        query = SQL(
            """SELECT value, kind, extension, partner_id, commercial_partner_id FROM crm_contact_key
               WHERE value = ANY(%s) AND (company_id = ANY(%s)%s)
               ORDER BY kind = 'tail', kind = 'national', partner_id LIMIT %s""",
            list({value for value, _kind in wanted}),
            ids,
            shared,
            limit,
        )
        self.env.cr.execute(query)
        return [row for row in self.env.cr.dictfetchall() if (row["value"], row["kind"]) in wanted]

    @api.model
    def _wanted(self, phones, emails):
        """Return {(value, kind): extension} to look for."""
        wanted = {
            (normalise_email(email), "mail"): "" for email in emails if normalise_email(email)
        }
        for phone in phones:
            for kind, value in self._forms(phone):
                wanted[value, kind] = phone.extension or ""
        return wanted

    @api.model
    def _forms(self, phone):
        """Return the (kind, value) under which a number is kept and looked for."""
        digits = re.sub(r"\D", "", phone.number)
        if phone.number.startswith("+"):
            forms = [("phone", digits), ("national", national_digits(phone.number))]
        else:
            forms = [("national", digits)]
        return [(kind, value) for kind, value in [*forms, ("tail", tail(digits))] if value]

    @api.model
    def _digits(self, number, region):
        """Return the digits by which others may name a number: in the international and in the
        national form, and its last ten.
        """
        phone = normalise(number, region)
        return {value for _kind, value in self._forms(phone)} if phone else set()

    @api.model
    def _region(self):
        return self.env.company.country_id.code

    # ------------------------------------------------------------------ upkeep
    @api.model
    def _refresh(self, partners):
        """Make the keys of contacts anew: one DELETE and one INSERT, whatever their number."""
        if not partners:
            return
        partners.flush_recordset()
        self.env.cr.execute(
            SQL("DELETE FROM crm_contact_key WHERE partner_id IN %s", tuple(partners.ids))
        )
        self._insert(partners)

    @api.model
    def _insert(self, partners):
        rows = [
            row
            for partner in partners.sudo()
            if partner.active
            for row in self._partner_rows(partner)
        ]
        if rows:
            values = SQL(", ").join(SQL("%s", row) for row in rows)
            columns = SQL("value, kind, extension, partner_id, commercial_partner_id, company_id")
            self.env.cr.execute(SQL("INSERT INTO crm_contact_key (%s) VALUES %s", columns, values))
            self.invalidate_model(flush=False)

    @api.model
    def _partner_rows(self, partner):
        """Return the rows of one contact, each form once."""
        region = partner.country_id.code or partner.company_id.country_id.code or self._region()
        owner = (
            partner.id,
            partner.commercial_partner_id.id or partner.id,
            partner.company_id.id or None,
        )
        rows = {}
        for field in self._mail_fields():
            for email in EMAIL.findall(partner[field] or ""):
                rows[normalise_email(email), "mail"] = None
        for field in self._phone_fields():
            for part in SEPARATORS.split(partner[field] or ""):
                phone = normalise(part, region) if part.strip() else None
                for kind, value in self._forms(phone) if phone else ():
                    rows[value, kind] = phone.extension or None
        return [(value, kind, extension, *owner) for (value, kind), extension in rows.items()]

    @api.model
    def _phone_fields(self):
        """Return the contact's fields that hold telephone numbers, several in one allowed."""
        return ["phone", "phone_other"]

    @api.model
    def _mail_fields(self):
        """Return the contact's fields that hold mail addresses, several in one allowed."""
        return ["email", "email_other"]

    @api.model
    def _watched_fields(self):
        """Return the contact's fields whose change changes its keys."""
        return {
            *self._phone_fields(),
            *self._mail_fields(),
            "active",
            "company_id",
            "country_id",
            "is_company",
            "parent_id",
        }
