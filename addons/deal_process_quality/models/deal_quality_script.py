from odoo import fields, models


class DealQualityScript(models.Model):
    """What the head of sales says and asks when he phones a customer."""

    _name = "deal.quality.script"
    _description = "Script of a Quality Call"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self.env.company,
        help="Empty: shared with all companies.",
    )
    opening = fields.Text(translate=True, help="How the call begins.")
    closing = fields.Text(translate=True, help="How the call ends.")
    question_ids = fields.One2many(
        "deal.quality.question", "script_id", string="Questions", copy=True
    )
