from odoo import models


class IrBinary(models.AbstractModel):
    """Files and pictures reach a browser past every method that reads fields."""

    _inherit = "ir.binary"

    def _find_record(self, *args, **kwargs):
        record = super()._find_record(*args, **kwargs)
        self.env["dealer.support.access"]._note_file(record)
        return record
