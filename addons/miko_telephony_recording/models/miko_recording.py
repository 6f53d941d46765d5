from odoo import api, fields, models

GC_BATCH = 1000


class MikoRecording(models.Model):
    """A piece of sound of a call; a transferred call may have several."""

    _name = "miko.recording"
    _description = "Recording of a Call"
    _order = "call_id desc, id"
    _rec_name = "name"

    call_id = fields.Many2one("miko.call", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="call_id.company_id", store=True, precompute=True)
    name = fields.Char(required=True)
    path = fields.Char(required=True, help="On the exchange.")
    mimetype = fields.Char(required=True)
    sound = fields.Binary(attachment=True, required=True)
    expiry = fields.Date(required=True, index=True, help="Deleted after this day.")

    _path_uniq = models.Constraint("UNIQUE(call_id, path)", "This recording is there already.")

    @api.autovacuum
    def _gc_expired(self):
        """Delete what has been kept long enough.

        :return: how many were deleted, and whether there are more, as autovacuum wants it
        """
        old = self.search([("expiry", "<", fields.Date.today())], limit=GC_BATCH)
        calls, count = old.call_id, len(old)
        old.unlink()
        calls.filtered(lambda call: not call.recording_ids).recording_state = "expired"
        return count, count == GC_BATCH
