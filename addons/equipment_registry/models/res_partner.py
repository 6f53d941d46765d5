from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    equipment_count = fields.Integer(
        compute="_compute_equipment_count", groups="equipment_registry.group_technician"
    )

    def _compute_equipment_count(self):
        """Machines that the partner owns, or that stand at the address."""
        domain = ["|", ("owner_id", "in", self.ids), ("site_id", "in", self.ids)]
        rows = self.env["equipment.unit"]._read_group(domain, ["owner_id", "site_id"], ["__count"])
        for partner in self:
            partner.equipment_count = sum(
                count for owner, site, count in rows if partner in (owner, site)
            )

    def action_view_equipment(self):
        """Open the machines of the partner."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "equipment_registry.equipment_unit_action"
        )
        return {
            **action,
            "domain": ["|", ("owner_id", "in", self.ids), ("site_id", "in", self.ids)],
            "context": {"default_owner_id": self[:1].commercial_partner_id.id},
        }
