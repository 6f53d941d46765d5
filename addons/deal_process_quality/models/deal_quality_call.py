from datetime import timedelta
from random import SystemRandom

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..sample import draw

#: Deals worked on within so many days count, and a customer rests so long after a call.
DAYS_OF_MEMORY = 90


class DealQualityCall(models.Model):
    """A customer whom the head of sales phones to hear how he was served."""

    _name = "deal.quality.call"
    _description = "Quality Call"
    _inherit = ["kept.field.mixin", "mail.thread"]
    _order = "week desc, state desc, id"
    _rec_name = "partner_id"

    _kept_fields = frozenset(
        {
            "week",
            "lead_id",
            "partner_id",
            "company_id",
            "seller_id",
            "team_id",
            "script_id",
            "state",
            "caller_id",
            "date",
        }
    )

    week = fields.Date(string="Week of", required=True, readonly=True, index=True)
    lead_id = fields.Many2one(
        "crm.lead", string="Deal", required=True, readonly=True, ondelete="cascade", index=True
    )
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True, index=True)
    phone = fields.Char(related="partner_id.phone")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    seller_id = fields.Many2one("res.users", string="Salesperson", readonly=True, index=True)
    team_id = fields.Many2one("crm.team", string="Department", readonly=True)
    caller_id = fields.Many2one("res.users", string="Called by", readonly=True)
    date = fields.Datetime(string="Called on", readonly=True)
    script_id = fields.Many2one("deal.quality.script", required=True, readonly=True)
    opening = fields.Text(related="script_id.opening")
    closing = fields.Text(related="script_id.closing")
    state = fields.Selection(
        [("to_call", "To call"), ("unreachable", "Not reached"), ("done", "Done")],
        default="to_call",
        readonly=True,
        index=True,
        tracking=True,
    )
    answer_ids = fields.One2many("deal.quality.answer", "call_id", string="Answers")
    score = fields.Float(
        string="Score (1 to 5)",
        compute="_compute_score",
        store=True,
        aggregator="avg",
        digits=(3, 2),
    )
    note = fields.Text(string="What to do about it")

    _lead_week_uniq = models.Constraint(
        "UNIQUE(partner_id, week)", "A customer is phoned once a week at most."
    )

    @api.depends("state", "answer_ids.mark", "answer_ids.question_id.weight")
    def _compute_score(self):
        for call in self:
            marked = (
                call.answer_ids.filtered("mark") if call.state == "done" else call.answer_ids[:0]
            )
            weight = sum(marked.question_id.mapped("weight"))
            total = sum(int(answer.mark) * answer.question_id.weight for answer in marked)
            call.score = total / weight if weight else 0

    def action_done(self):
        """The customer was reached and has answered.

        :raise UserError: naming the questions without a mark
        """
        for call in self:
            open_questions = call.answer_ids.filtered(lambda answer: not answer.mark).question_id
            if open_questions:
                raise UserError(
                    self.env._(
                        "Call to %(customer)s: no mark for “%(questions)s”.",
                        customer=call.partner_id.display_name,
                        questions="”, “".join(open_questions.mapped("name")),
                    )
                )
        self._called("done")
        return True

    def action_unreachable(self):
        """The customer was not reached; the call can be tried again."""
        self._called("unreachable")
        return True

    def _called(self, state):
        self._write_kept({"state": state, "caller_id": self.env.uid, "date": fields.Datetime.now()})

    @api.model
    def action_draw(self):
        """Draw this week's sample of the user's company at once, if it was not drawn yet."""
        if not self.env.user.has_group("deal_process.group_deal_head"):
            raise UserError(self.env._("Only the head of sales draws the sample."))
        self.sudo()._draw(self.env.company)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    @api.model
    def _cron_draw(self):
        """Draw the week's sample of every company that follows a deal process."""
        companies = self.env["res.company"].search(
            [("deal_process_id", "!=", False), ("deal_quality_calls", ">", 0)]
        )
        for company in companies:
            self._draw(company)

    def _draw(self, company, random=None):
        """Make the calls of a company's week: as many as it wants, at random, less what is there.

        :param random: a `random.Random`, by default the system's own
        """
        today = fields.Date.context_today(self)
        week = today - timedelta(days=today.weekday())
        wanted = company.deal_quality_calls - self.search_count(
            [("company_id", "=", company.id), ("week", "=", week)]
        )
        script = company._deal_quality_script()
        if wanted <= 0 or not script:
            return self.browse()
        leads = self._candidates(company, week)
        chosen = draw([(lead, lead.user_id) for lead in leads], wanted, random or SystemRandom())
        return self.create(
            [
                {
                    "week": week,
                    "lead_id": lead.id,
                    "partner_id": lead.partner_id.id,
                    "company_id": company.id,
                    "seller_id": lead.user_id.id,
                    "team_id": lead.team_id.id,
                    "script_id": script.id,
                    "answer_ids": [
                        Command.create({"question_id": question.id})
                        for question in script.question_ids
                    ],
                }
                for lead in chosen
            ]
        )

    def _candidates(self, company, week):
        """Return one deal per customer who was served lately, has a number and was left alone."""
        since = fields.Datetime.now() - timedelta(days=DAYS_OF_MEMORY)
        rested = self._search(
            [("company_id", "=", company.id), ("week", ">", week - timedelta(days=DAYS_OF_MEMORY))]
        )
        called = self.browse(rested).partner_id.commercial_partner_id
        leads = (
            self.env["crm.lead"]
            .with_context(active_test=False)
            .search(
                [
                    ("company_id", "=", company.id),
                    ("process_version_id", "!=", False),
                    ("deal_outcome", "!=", "not_lead"),
                    ("deal_last_touch", ">=", since),
                    ("partner_id.phone", "!=", False),
                    ("partner_id.commercial_partner_id", "not in", called.ids),
                    ("user_id", "!=", False),
                ],
                order="deal_last_touch desc, id desc",
            )
        )
        return self.env["crm.lead"].union(
            *(group[:1] for group in leads.grouped("customer_id").values())
        )
