from odoo import fields, models


class DealQualityQuestion(models.Model):
    """One question of a script, answered by a mark from 1 to 5."""

    _name = "deal.quality.question"
    _description = "Question of a Quality Call"
    _order = "sequence, id"

    script_id = fields.Many2one(
        "deal.quality.script", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="script_id.company_id", store=True, index=True)
    name = fields.Char(string="Question", required=True, translate=True)
    sequence = fields.Integer(default=10)
    weight = fields.Integer(default=1, help="How much the answer counts in the score.")

    _weight_positive = models.Constraint("CHECK(weight > 0)", "A question counts at least once.")
