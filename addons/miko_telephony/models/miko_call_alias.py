from odoo import fields, models


class MikoCallAlias(models.Model):
    """A linked id that an exchange has given a call; a call may have had several."""

    _name = "miko.call.alias"
    _description = "Name of a Call in the Exchange"
    _log_access = False
    _rec_name = "linkedid"

    pbx_id = fields.Many2one("miko.pbx", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="pbx_id.company_id", store=True, precompute=True)
    call_id = fields.Many2one("miko.call", required=True, ondelete="cascade", index=True)
    linkedid = fields.Char(required=True)

    _linkedid_uniq = models.UniqueIndex("(pbx_id, linkedid)")
