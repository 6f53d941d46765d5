from odoo import api, fields, models


class CrmLead(models.Model):
    """The machines of a deal: what it sells, what it delivered, and the work at them."""

    _inherit = "crm.lead"

    equipment_unit_count = fields.Integer(compute="_compute_equipment", string="Machines")
    equipment_work_count = fields.Integer(compute="_compute_equipment", string="Work to do")

    @api.depends("order_ids.state", "order_ids.picking_ids.state")
    def _compute_equipment(self):
        """For who may read machines; the counts are of what the deal delivered."""
        units, work = self.sudo()._equipment_units(), self.sudo()._equipment_protocols()
        for lead in self:
            lead.equipment_unit_count = len(units[lead.sudo()])
            lead.equipment_work_count = len(
                work[lead.sudo()].filtered(lambda one: one.state not in ("done", "cancelled"))
            )

    def action_view_equipment(self):
        """Open the machines that the deal delivered."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "equipment_registry.equipment_unit_action"
        )
        units = self.env["equipment.unit"].concat(*self.sudo()._equipment_units().values())
        return {**action, "domain": [("id", "in", units.ids)], "context": {"create": False}}

    def action_view_equipment_work(self):
        """Open the work at the machines that the deal delivered."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "equipment_registry.equipment_protocol_action"
        )
        work = self.env["equipment.protocol"].concat(*self.sudo()._equipment_protocols().values())
        return {**action, "domain": [("id", "in", work.ids)], "context": {"create": False}}

    def _equipment_products(self):
        """Return ``{lead: product.product}``, the machines on the lines of confirmed orders, or
        of open ones while none is confirmed."""
        found = {}
        for lead in self:
            orders = lead.order_ids.filtered(lambda order: order.state == "sale") or (
                lead.order_ids.filtered(lambda order: order.state != "cancel")
            )
            found[lead] = orders.order_line.product_id.filtered(
                lambda product: product.product_tmpl_id._is_equipment()
            )
        return found

    def _equipment_pickings(self):
        """Return ``{lead: done transfers to customers}``."""
        return {
            # most deals have delivered nothing yet: their orders say so without a look at transfers
            lead: lead.order_ids.filtered(
                lambda order: order.delivery_status in ("started", "partial", "full")
            ).picking_ids.filtered(
                lambda picking: picking.state == "done"
                and picking.location_dest_id.usage == "customer"
            )
            for lead in self
        }

    def _equipment_units(self):
        """Return ``{lead: equipment.unit}`` that the deal delivered and that did not come back."""
        pickings = self._equipment_pickings()
        lots = self.env["stock.lot"].concat(
            *(picking.move_line_ids.lot_id for picking in pickings.values())
        )
        units = self.env["equipment.unit"].sudo()._of_lots(lots)
        return {
            lead: units.filtered(
                lambda unit, done=pickings[lead]: unit.lot_id in done.move_line_ids.lot_id
                and unit.company_id in done.company_id
                and unit.state in ("delivered", "service")
            )
            for lead in self
        }

    def _equipment_protocols(self):
        """Return ``{lead: equipment.protocol}`` of delivery and commissioning of its transfers."""
        pickings = self._equipment_pickings()
        protocols = self.env["equipment.protocol"].search(
            [
                (
                    "picking_id",
                    "in",
                    [picking.id for done in pickings.values() for picking in done],
                ),
                ("state", "!=", "cancelled"),
            ]
        )
        return {
            lead: protocols.filtered(lambda one, done=pickings[lead]: one.picking_id in done)
            for lead in self
        }
