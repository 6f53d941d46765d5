from odoo import fields, models


class EquipmentSelection(models.Model):
    _inherit = "equipment.selection"

    lead_id = fields.Many2one(
        "crm.lead", string="Deal", index="btree_not_null", check_company=True, ondelete="set null"
    )

    def _quotation_vals(self):
        """The quotation belongs to the deal, as if it were made there."""
        vals = super()._quotation_vals()
        if self.lead_id:
            vals["opportunity_id"] = self.lead_id.id
            vals["team_id"] = self.lead_id.team_id.id
        return vals
