from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class DealReview(models.Model):
    """The head of sales looks at a refused deal and scores the salesperson's work."""

    _name = "deal.review"
    _description = "Review of a Refused Deal"
    _inherit = ["kept.field.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "state desc, id desc"
    _rec_name = "lead_id"

    _kept_fields = frozenset({"lead_id", "seller_id", "lost_reason_id", "state", "date_done"})

    lead_id = fields.Many2one(
        "crm.lead", string="Deal", required=True, ondelete="cascade", index=True, readonly=True
    )
    company_id = fields.Many2one(related="lead_id.company_id", store=True, index=True)
    team_id = fields.Many2one(related="lead_id.team_id", store=True)
    seller_id = fields.Many2one("res.users", string="Salesperson", index=True, readonly=True)
    reviewer_id = fields.Many2one("res.users", string="Head of sales", index=True)
    lost_reason_id = fields.Many2one("crm.lost.reason", string="Reason given", readonly=True)
    state = fields.Selection(
        [("open", "To review"), ("done", "Reviewed")], default="open", readonly=True, index=True
    )
    cause = fields.Selection(
        [
            ("seller", "The salesperson's work"),
            ("product", "The product"),
            ("price", "The price"),
            ("delivery", "The delivery time"),
            ("customer", "The customer's own reasons"),
        ],
        string="Cause in your view",
        tracking=True,
    )
    score = fields.Selection(
        [("1", "Poor"), ("2", "Weak"), ("3", "Fair"), ("4", "Good"), ("5", "Excellent")],
        string="Score of the work",
        tracking=True,
    )
    score_value = fields.Float(
        string="Score (1 to 5)",
        compute="_compute_score_value",
        store=True,
        aggregator="avg",
        digits=(3, 2),
    )
    conclusion = fields.Text(help="What the salesperson is to do differently; he reads it.")
    date_done = fields.Datetime(string="Reviewed on", readonly=True)

    @api.depends("score", "state")
    def _compute_score_value(self):
        for review in self:
            # an unfinished score is the head's note and counts nowhere
            review.score_value = int(review.score) if review.score and review.state == "done" else 0

    def action_done(self):
        """Finish the review: the salesperson is told score and conclusion.

        :raise UserError: without score or conclusion
        """
        if not self.env.user.has_group("deal_process.group_deal_head"):
            raise AccessError(self.env._("Only the head of sales reviews a refusal."))
        for review in self:
            if not review.score or not (review.conclusion or "").strip():
                raise UserError(
                    self.env._(
                        "The review of %s needs a score and a conclusion.", review.lead_id.name
                    )
                )
            review._write_kept({"state": "done", "date_done": fields.Datetime.now()})
            review.activity_ids.action_feedback()
            review.message_post(
                body=self.env._("Reviewed: %(conclusion)s", conclusion=review.conclusion),
                partner_ids=review.seller_id.partner_id.ids,
            )
        return True
