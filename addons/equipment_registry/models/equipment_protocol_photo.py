from odoo import api, fields, models


class EquipmentProtocolPhoto(models.Model):
    """A picture taken at the machine."""

    _name = "equipment.protocol.photo"
    _description = "Photo of a Protocol"
    _inherit = ["image.mixin"]
    _order = "protocol_id, id"

    protocol_id = fields.Many2one(
        "equipment.protocol", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="protocol_id.company_id", store=True, index=True)
    name = fields.Char(string="Caption")
    image_1920 = fields.Image(required=True)

    @api.model_create_multi
    def create(self, vals_list):
        ids = {vals["protocol_id"] for vals in vals_list if vals.get("protocol_id")}
        self.env["equipment.protocol"].browse(ids)._check_content_open()
        return super().create(vals_list)

    def write(self, vals):
        self.protocol_id._check_content_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_unsigned(self):
        self.protocol_id._check_content_open()
