from odoo import fields, models


class DealerFunctionLive(models.Model):
    """The day from which a function is live at a dealer."""

    _name = "dealer.function.live"
    _description = "Function Live at a Dealer"
    _inherit = ["dealer.two.party.mixin"]
    _order = "date desc, id desc"
    _rec_name = "function_id"

    function_id = fields.Many2one("dealer.function", required=True, index=True, ondelete="cascade")
    date = fields.Date(
        string="Live since", required=True, default=lambda self: fields.Date.context_today(self)
    )

    _function_dealer_uniq = models.Constraint(
        "UNIQUE(function_id, dealer_id)", "The function is live at this dealer already."
    )
