from odoo import api, fields, models


class EquipmentProtocolContentMixin(models.AbstractModel):
    """A part of what both sides sign: it changes until the first of them has signed."""

    _name = "equipment.protocol.content.mixin"
    _description = "Content of a Protocol"
    _inherit = "equipment.shared.mixin"

    protocol_id = fields.Many2one(
        "equipment.protocol", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="protocol_id.company_id", store=True, index=True)

    @api.model_create_multi
    def create(self, vals_list):
        ids = {vals["protocol_id"] for vals in vals_list if vals.get("protocol_id")}
        self.env["equipment.protocol"].browse(ids)._check_content_open()
        return super().create(vals_list)

    def write(self, vals):
        self.protocol_id._check_content_open()
        result = super().write(vals)
        if "protocol_id" in vals:
            self.protocol_id._check_content_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_unsigned(self):
        self.protocol_id._check_content_open()
