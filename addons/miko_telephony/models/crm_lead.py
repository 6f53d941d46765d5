from odoo import fields, models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    call_count = fields.Integer(compute="_compute_call_count", string="Calls")

    def _compute_call_count(self):
        groups = self.env["miko.call"]._read_group(
            [("lead_id", "in", self.ids)], ["lead_id"], ["__count"]
        )
        counts = dict(groups)
        for lead in self:
            lead.call_count = counts.get(lead, 0)

    def _merge_dependences(self, opportunities):
        super()._merge_dependences(opportunities)
        # of whoever they are: a record that the merging user does not see would be lost
        calls = self.env["miko.call"].sudo().search([("lead_id", "in", opportunities.ids)])
        calls.lead_id = self

    def action_telephone_calls(self):
        """Open the telephone calls about this deal."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("miko_telephony.miko_call_action")
        return {**action, "domain": [("lead_id", "=", self.id)], "context": {}}
