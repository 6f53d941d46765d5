from odoo import fields, models


class DealerReparentWizard(models.TransientModel):
    """Move dealers below another one, and say why."""

    _name = "dealer.reparent.wizard"
    _description = "Move Dealers in the Network"

    dealer_ids = fields.Many2many(
        "dealer.dealer",
        string="Dealers",
        required=True,
        default=lambda self: self.env.context.get("active_ids"),
    )
    parent_id = fields.Many2one(
        "dealer.dealer",
        string="New place below",
        domain="[('id', 'not in', dealer_ids), ('state', '!=', 'terminated')]",
        help="Empty: directly under the OEM.",
    )
    reason = fields.Char(required=True)

    def action_apply(self):
        """Move the dealers; the history keeps where they were, until when, and why."""
        self.ensure_one()
        self.dealer_ids._reparent(self.parent_id, self.reason)
        return {"type": "ir.actions.act_window_close"}
