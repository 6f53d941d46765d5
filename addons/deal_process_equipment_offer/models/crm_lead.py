from odoo import api, fields, models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    selection_ids = fields.One2many("equipment.selection", "lead_id", string="Selections")
    # kept: the form of every deal asks for it
    selection_count = fields.Integer(
        compute="_compute_selection_count",
        store=True,
        precompute=True,  # nothing to look up for a lead that is only just made
    )

    @api.depends("selection_ids")
    def _compute_selection_count(self):
        counts = dict(
            self.env["equipment.selection"]._read_group(
                [("lead_id", "in", self.ids)], ["lead_id"], ["__count"]
            )
        )
        for lead in self:
            lead.selection_count = counts.get(lead._origin, 0)

    def _merge_dependences(self, opportunities):
        super()._merge_dependences(opportunities)
        # of whoever they are: a record that the merging user does not see would be lost
        opportunities.sudo().selection_ids.lead_id = self

    def action_select_equipment(self):
        """Open the deal's selection; the first is made from its needs."""
        self.ensure_one()
        selections = self.env["equipment.selection"].search([("lead_id", "=", self.id)])
        if not selections:
            selections = selections.create(self._selection_vals())
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Equipment selection"),
            "res_model": "equipment.selection",
        }
        if len(selections) == 1:
            return {
                **action,
                "res_id": selections.id,
                "view_mode": "form",
                "views": [(False, "form")],
            }
        return {**action, "view_mode": "list,form", "domain": [("id", "in", selections.ids)]}

    def _selection_vals(self):
        """Return the values of a selection made from the deal's needs."""
        self.ensure_one()
        needs = self.need_ids
        wanted = needs.filtered("wanted_date").mapped("wanted_date")
        return {
            "lead_id": self.id,
            "title": self.name,
            "company_id": (self.company_id or self.env.company).id,
            "user_id": self.user_id.id or self.env.uid,
            "partner_id": self.partner_id.id,
            "quantity": max(needs.mapped("quantity"), default=1.0),
            "wanted_date": min(wanted, default=False),
            "need": "\n".join(": ".join(filter(None, (need.name, need.note))) for need in needs),
        }
