from odoo import fields, models


class DealerStateWizard(models.TransientModel):
    """Ask why dealers are suspended or terminated, then do it."""

    _name = "dealer.state.wizard"
    _description = "Suspend or Terminate Dealers"

    dealer_ids = fields.Many2many(
        "dealer.dealer",
        string="Dealers",
        required=True,
        default=lambda self: self.env.context.get("active_ids"),
    )
    state = fields.Selection(
        [("suspended", "Suspend"), ("terminated", "Terminate")],
        string="Step",
        required=True,
        default="suspended",
    )
    reason = fields.Char(required=True)

    def action_apply(self):
        """Bring the dealers to the state, with the reason in their history."""
        self.ensure_one()
        if self.state == "suspended":
            self.dealer_ids.action_suspend(self.reason)
        else:
            self.dealer_ids.action_terminate(self.reason)
        return {"type": "ir.actions.act_window_close"}
