from odoo import fields, models
from odoo.exceptions import UserError


class StockPicking(models.Model):
    _inherit = "stock.picking"

    equipment_protocol_ids = fields.One2many("equipment.protocol", "picking_id", string="Protocols")
    equipment_protocol_count = fields.Integer(compute="_compute_equipment_protocol_count")
    has_equipment = fields.Boolean(compute="_compute_has_equipment")

    def _compute_equipment_protocol_count(self):
        rows = self.env["equipment.protocol"]._read_group(
            [("picking_id", "in", self.ids)], ["picking_id"], ["__count"]
        )
        counts = {picking.id: count for picking, count in rows}
        for picking in self:
            picking.equipment_protocol_count = counts.get(picking.id, 0)

    def _compute_has_equipment(self):
        """Whether the transfer brings machines to a customer."""
        for picking in self:
            picking.has_equipment = picking.location_dest_id.usage == "customer" and any(
                product.product_tmpl_id._is_equipment() for product in picking.move_ids.product_id
            )

    def action_prepare_protocols(self):
        """Make the delivery's and the commissioning's work for the serial numbers chosen, and
        open it."""
        self.ensure_one()
        self.check_access("write")
        lots = self.move_line_ids.lot_id
        units = (
            self.env["equipment.unit"]
            .sudo()
            ._of_lots(lots)
            .filtered(lambda unit: unit.company_id == self.company_id)
        )
        if not units:
            raise UserError(
                self.env._(
                    "%(transfer)s: choose the serial numbers of the machines first.",
                    transfer=self.name,
                )
            )
        self.env["equipment.protocol"].sudo()._prepare(units, self)
        return self.action_view_equipment_protocols()

    def action_view_equipment_protocols(self):
        """Open the protocols of the transfer."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "equipment_registry.equipment_protocol_action"
        )
        return {**action, "domain": [("picking_id", "in", self.ids)], "context": {}}
