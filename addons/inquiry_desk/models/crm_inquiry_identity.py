from odoo import api, fields, models
from odoo.tools import SQL


class CrmInquiryIdentity(models.Model):
    """The conversation that a number or an address last took part in, per company.

    It answers "is this the same person going on?" and keeps two events of one person that arrive at
    the same instant apart: the second waits for the first, then starts again with what the first
    left.
    """

    _name = "crm.inquiry.identity"
    _description = "Inquiry Identity"
    _log_access = False
    _rec_name = "value"

    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    value = fields.Char(required=True)
    thread_id = fields.Many2one("crm.inquiry", required=True, ondelete="cascade", index=True)
    date = fields.Datetime(required=True)

    _value_uniq = models.UniqueIndex("(company_id, value)")

    @api.model
    def _claim(self, inquiry, values):
        """Take part in the conversation of these numbers and addresses.

        Waits for whoever is at it right now. When that one has committed since this transaction
        began, PostgreSQL reports a serialization failure: the caller processes the inquiry anew.

        :param inquiry: record, new to the desk
        :param values: E.164 numbers and normalised addresses
        :return: first inquiry of the conversation, the given one when it begins here
        """
        if not values:
            return inquiry
        values = sorted(set(values))
        for value in values:
            self.env.cr.execute(
                SQL(
                    "SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))",
                    f"inquiry:{value}",
                    inquiry.company_id.id,
                ),
                log_exceptions=False,
            )
        threads = self._upsert(inquiry, values)
        thread = min(threads)
        if len(set(threads)) > 1:
            self.env.cr.execute(
                SQL(
                    "UPDATE crm_inquiry_identity SET thread_id = %s"
                    " WHERE company_id = %s AND value IN %s",
                    thread,
                    inquiry.company_id.id,
                    tuple(values),
                )
            )
        self.invalidate_model(flush=False)
        return inquiry.browse(thread)

    @api.model
    def _upsert(self, inquiry, values):
        """Write the rows and return the conversations they belong to."""
        company = inquiry.company_id
        rows = SQL(", ").join(
            SQL("%s", (company.id, value, inquiry.id, inquiry.date)) for value in values
        )
        self.env.cr.execute(
            SQL(
                """INSERT INTO crm_inquiry_identity AS known (company_id, value, thread_id, date)
                   VALUES %s
                   ON CONFLICT (company_id, value) DO UPDATE SET
                       date = GREATEST(known.date, excluded.date),
                       thread_id = CASE
                           WHEN known.date >= excluded.date - make_interval(hours => %s)
                           THEN known.thread_id ELSE excluded.thread_id END
                   RETURNING thread_id""",
                rows,
                max(company.inquiry_thread_hours, 0),
            ),
            log_exceptions=False,
        )
        return [row[0] for row in self.env.cr.fetchall()]
