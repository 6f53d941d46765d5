import base64
import hashlib

from odoo import api, fields, models


class DealerSignedFileMixin(models.AbstractModel):
    """A document signed outside the system: the file, and its fingerprint for a dispute."""

    _name = "dealer.signed.file.mixin"
    _description = "Signed file"

    signed_file = fields.Binary(attachment=True, copy=False)
    signed_filename = fields.Char(copy=False)
    signed_hash = fields.Char(
        "Fingerprint",
        compute="_compute_signed_hash",
        store=True,
        help="SHA-256 of the signed file, as printed on the summary.",
    )

    @api.depends("signed_file")
    def _compute_signed_hash(self):
        for record in self.with_context(bin_size=False):
            content = record.signed_file
            record.signed_hash = (
                hashlib.sha256(base64.b64decode(content)).hexdigest() if content else False
            )
