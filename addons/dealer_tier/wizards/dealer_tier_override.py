from odoo import api, fields, models
from odoo.exceptions import ValidationError


class DealerTierOverride(models.TransientModel):
    """Set the tier of dealers by hand, with a reason and a last day."""

    _name = "dealer.tier.override"
    _description = "Set the tier by hand"

    dealer_ids = fields.Many2many(
        "dealer.dealer",
        string="Dealers",
        required=True,
        default=lambda self: self._default_dealer_ids(),
    )
    tier_id = fields.Many2one("dealer.tier", required=True)
    until = fields.Date(help="Last day; the rules decide again after it. Empty: no end.")
    reason = fields.Char(required=True)

    @api.model
    def _default_dealer_ids(self):
        if self.env.context.get("active_model") != "dealer.dealer":
            return False
        return self.env.context.get("active_ids")

    @api.constrains("until")
    def _check_until(self):
        today = fields.Date.context_today(self)
        for wizard in self.filtered("until"):
            if wizard.until < today:
                raise ValidationError(
                    self.env._("The last day of a tier set by hand cannot lie in the past.")
                )

    def action_apply(self):
        """Set the tier."""
        self.ensure_one()
        self.dealer_ids._override_tier(self.tier_id, self.until, self.reason)
        return {"type": "ir.actions.act_window_close"}
