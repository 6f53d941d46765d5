from odoo import fields, models


class DealerTierChangeLine(models.Model):
    """A reason of a change: the rule as it was, and what was measured."""

    _name = "dealer.tier.change.line"
    _description = "Reason of a dealer tier change"
    _order = "change_id, met, id"

    change_id = fields.Many2one("dealer.tier.change", required=True, index=True, ondelete="cascade")
    dealer_id = fields.Many2one(
        related="change_id.dealer_id", store=True, precompute=True, index=True
    )
    network_company_id = fields.Many2one(
        related="change_id.network_company_id", store=True, precompute=True, index=True
    )
    rule_id = fields.Many2one("dealer.tier.rule", ondelete="set null", index="btree_not_null")
    name = fields.Char(string="Rule as it was", required=True)
    operator = fields.Selection([(">=", "at least"), ("<=", "at most")], required=True)
    threshold = fields.Float()
    value = fields.Float(string="Measured")
    met = fields.Boolean()
