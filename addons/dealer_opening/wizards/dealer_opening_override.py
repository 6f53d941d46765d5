from odoo import fields, models


class DealerOpeningOverride(models.TransientModel):
    """Activate a dealer in spite of open milestones, and say why."""

    _name = "dealer.opening.override"
    _description = "Activation in Spite of Open Milestones"

    opening_id = fields.Many2one("dealer.opening", required=True, ondelete="cascade")
    milestone_ids = fields.Many2many(
        "dealer.opening.milestone", string="Still open", compute="_compute_milestone_ids"
    )
    reason = fields.Text(required=True)

    def _compute_milestone_ids(self):
        for wizard in self:
            wizard.milestone_ids = wizard.opening_id._blocking_milestones()

    def action_activate(self):
        """Log the reason on the opening and activate its dealer."""
        self.ensure_one()
        self.opening_id._override(self.reason)
        self.opening_id.action_activate()
        return {"type": "ir.actions.act_window_close"}
