from odoo import api, fields, models


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
        """Delete what has been kept long enough."""
        old = self.search([("expiry", "<", fields.Date.today())], limit=1000)
        calls = old.call_id
        old.unlink()
        calls.filtered(lambda call: not call.recording_ids).recording_state = "expired"
