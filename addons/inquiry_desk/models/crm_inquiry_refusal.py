from datetime import timedelta

from odoo import api, fields, models

KEPT = timedelta(days=30)
GC_BATCH = 10_000


class CrmInquiryRefusal(models.Model):
    """A call of a channel's webhook that was refused, as more came than are taken in a minute.

    What it brought is not kept: whoever called was told to call again. A row a call: refused calls
    come many at once, and a counter would make them wait for each other.
    """

    _name = "crm.inquiry.refusal"
    _description = "Refused Call of a Webhook"
    _order = "date desc, id desc"
    _rec_name = "channel_id"
    _log_access = False

    channel_id = fields.Many2one(
        "crm.inquiry.channel", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True)
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)

    @api.autovacuum
    def _gc_refusals(self):
        """Forget what is no news any more."""
        old = self.search([("date", "<", fields.Datetime.now() - KEPT)], limit=GC_BATCH)
        old.unlink()
        return len(old), len(old) == GC_BATCH
