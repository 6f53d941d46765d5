from odoo import fields, models


class EquipmentProtocolPhoto(models.Model):
    """A picture taken at the machine."""

    _name = "equipment.protocol.photo"
    _description = "Photo of a Protocol"
    _inherit = ["image.mixin", "equipment.protocol.content.mixin"]
    _order = "protocol_id, id"

    name = fields.Char(string="Caption")
    image_1920 = fields.Image(required=True)
