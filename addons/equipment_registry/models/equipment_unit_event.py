from odoo import fields, models


class EquipmentUnitEvent(models.Model):
    """Something that happened in the life of a unit: the history of its owners and sites."""

    _name = "equipment.unit.event"
    _description = "Event in the Life of a Unit"
    _order = "date desc, id desc"
    _rec_name = "kind"

    unit_id = fields.Many2one("equipment.unit", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="unit_id.company_id", store=True, index=True)
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    kind = fields.Selection(
        [
            ("registered", "Registered"),
            ("produced", "Produced"),
            ("received", "Received"),
            ("delivered", "Delivered"),
            ("handed_over", "Handed over"),
            ("commissioned", "Commissioned"),
            ("serviced", "Serviced"),
            ("repaired", "Repaired"),
            ("moved", "Owner or site changed"),
            ("lent", "Lent out"),
            ("back", "Back from loan"),
            ("returned", "Returned"),
            ("left", "Left the company"),
            ("scrapped", "Scrapped"),
        ],
        required=True,
    )
    owner_id = fields.Many2one("res.partner", ondelete="restrict")
    site_id = fields.Many2one("res.partner", ondelete="restrict")
    reference = fields.Char(help="Document that tells of it: transfer, protocol, loan.")
    user_id = fields.Many2one(
        "res.users", string="By", default=lambda self: self.env.user, ondelete="set null"
    )
