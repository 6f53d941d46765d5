from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    call_count = fields.Integer(compute="_compute_call_count", string="Calls")

    def _compute_call_count(self):
        """Calls with the contact's company, as far as the user may see them."""
        groups = self.env["miko.call"]._read_group(
            [("commercial_partner_id", "in", self.commercial_partner_id.ids)],
            ["commercial_partner_id"],
            ["__count"],
        )
        counts = {partner.id: count for partner, count in groups}
        for partner in self:
            partner.call_count = counts.get(partner.commercial_partner_id.id, 0)

    def action_telephone_calls(self):
        """Open the telephone calls with the contact's company."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("miko_telephony.miko_call_action")
        domain = [("commercial_partner_id", "=", self.commercial_partner_id.id)]
        return {**action, "domain": domain, "context": {}}
