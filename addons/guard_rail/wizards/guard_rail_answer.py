from odoo import fields, models


class GuardRailAnswer(models.TransientModel):
    """The reason of a refusal, or of an emergency."""

    _name = "guard.rail.answer"
    _description = "Answer to a Request"

    request_id = fields.Many2one("guard.rail.request", required=True, ondelete="cascade")
    answer = fields.Selection(
        [("refuse", "Refuse"), ("override", "Do it in an emergency")], required=True
    )
    reason = fields.Char(required=True)

    def action_answer(self):
        """Give the answer."""
        self.ensure_one()
        if self.answer == "refuse":
            self.request_id.action_refuse(self.reason)
            return {"type": "ir.actions.act_window_close"}
        result = self.request_id.action_override(self.reason)
        return result if isinstance(result, dict) else {"type": "ir.actions.act_window_close"}
