from odoo import fields, models


class DealQualityAnswer(models.Model):
    """What a customer said to one question."""

    _name = "deal.quality.answer"
    _description = "Answer of a Quality Call"
    _rec_name = "question_id"
    _order = "question_id, id"

    call_id = fields.Many2one("deal.quality.call", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="call_id.company_id", store=True, index=True)
    question_id = fields.Many2one(
        "deal.quality.question", required=True, readonly=True, ondelete="restrict"
    )
    mark = fields.Selection(
        [("1", "Poor"), ("2", "Weak"), ("3", "Fair"), ("4", "Good"), ("5", "Excellent")]
    )
    note = fields.Char(string="In the customer's words")
