from collections import defaultdict
from typing import NamedTuple

from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class Problem(NamedTuple):
    """What keeps a deal from a stage: a gate, or the stage's own list (empty gate)."""

    gate: models.BaseModel
    text: str


class CrmLead(models.Model):
    """How a deal enters its process, moves and ends."""

    _inherit = "crm.lead"

    def action_next_stage(self):
        """Move each deal to its next stage that applies to it.

        :raise UserError: naming everything that is missing
        """
        following = self._next_stages()
        by_stage = defaultdict(self.browse)
        for lead in self:
            if not following.get(lead):
                raise UserError(
                    self.env._("Deal %s has reached the end of its process.", lead.name)
                )
            by_stage[following[lead]] |= lead
        for stage, leads in by_stage.items():
            leads._move_to(stage)
        return True

    def action_take_over(self):
        """The head of sales makes a hard case his own; the salesperson is told and follows it.

        :raise AccessError: for anybody else
        """
        if not self.env.user.has_group("deal_process.group_deal_head"):
            raise AccessError(self.env._("Only the head of sales takes over a deal."))
        for lead in self.filtered(lambda lead: lead.user_id != self.env.user):
            seller = lead.user_id
            # in the team's name: the head need not be its member
            lead.write({"user_id": self.env.uid, "team_id": lead.team_id.id})
            open_tasks = lead.activity_ids.filtered_domain([("user_id", "=", seller.id)])
            open_tasks.write({"user_id": self.env.uid})
            if seller:
                lead.message_subscribe(seller.partner_id.ids)
            lead.message_post(
                body=self.env._(
                    "Taken over by %(head)s from %(seller)s.",
                    head=self.env.user.name,
                    seller=seller.name or self.env._("nobody"),
                ),
                partner_ids=seller.partner_id.ids,
            )
        return True

    def _deal_version(self):
        """Return ``{lead: version in force}`` of the team's process, else the company's."""
        found = {}
        for lead in self.sudo():
            company = lead.company_id or self.env.company.sudo()
            process = lead.team_id.deal_process_id or company.deal_process_id
            found[lead] = process.published_version_id
        return found

    def _enter_process(self):
        """Make deals of opportunities that are not yet: through the gates asked of every deal.

        Called after every change that could make an opportunity, whoever makes it. An archived one
        is asked when it comes back.

        :raise UserError: naming lead by lead what is missing
        """
        entering = self.filtered(
            lambda lead: lead.active and lead.type == "opportunity" and not lead.process_version_id
        )
        if not entering:
            return
        by_version = defaultdict(self.browse)
        for lead, version in entering._deal_version().items():
            if version and lead.won_status != "lost":
                by_version[version] |= lead.with_env(self.env)
        for version, leads in by_version.items():
            first = version._first_stage()
            gates = self.env["deal.gate"].sudo().search([("for_deal", "=", True)])
            verdicts = (gates | first.entry_gate_ids)._evaluate_all(leads)
            leads._refuse_if_missing(
                {
                    lead: [
                        Problem(gate, text)
                        for gate, answers in verdicts.items()
                        for text in answers[lead] or ()
                    ]
                    for lead in leads
                },
                self.env._("becomes a deal"),
            )
            leads._set_deal_stage(first, process_version_id=version.id)

    def _refuse_if_missing(self, problems, what):
        """Raise one error that says of each deal what is missing for what was tried."""
        texts = [
            self.env._(
                "Before %(deal)s %(what)s:\n%(problems)s",
                deal=lead.name,
                what=what,
                problems="\n".join(f"• {problem.text}" for problem in missing),
            )
            for lead, missing in problems.items()
            if missing
        ]
        if texts:
            raise UserError("\n\n".join(texts))

    def _next_stages(self):
        """Return ``{deal: next stage}``; stages that do not apply to a deal are left out."""
        found = {}
        for stage, leads in self.filtered("deal_stage_id").grouped("deal_stage_id").items():
            version = stage.version_id
            if stage._is_final():
                continue
            closed = version._stage(kind="closed")
            later = stage._between(closed)
            verdicts = later.entry_gate_ids._evaluate_all(leads)
            for lead in leads:
                found[lead] = next(
                    (step for step in later if step._applies_to(lead, verdicts)), closed
                )
        return found

    def _move_problems(self, target):
        """Return ``{deal: [Problem]}`` that keep deals from moving to a stage of their version.

        Forward, a deal passes the exit of its stage, and entry and exit of every stage that lies
        between and applies to it. Back it goes freely. The way from refusal or “not a lead” begins
        at the first stage.
        """
        problems = {lead: [] for lead in self}
        if target.kind in ("refused", "not_lead"):
            return problems
        for stage, leads in self.grouped("deal_stage_id").items():
            # refused from anywhere, a deal has passed no gate for sure
            is_lost = stage.kind in ("refused", "not_lead")
            start = stage.version_id._first_stage() if is_lost else stage
            if start._is_final() or not start._is_before(target):
                continue
            for lead, missing in leads._missing_between(start, target).items():
                problems[lead] += missing
        return problems

    def _missing_between(self, stage, target):
        """Return ``{deal: [Problem]}`` of the way from a stage forward to another."""
        between = stage._between(target)
        verdicts = (stage.exit_gate_ids | between._gates() | target.entry_gate_ids)._evaluate_all(
            self
        )
        found = {}
        for lead in self:
            passed = between.filtered(lambda step, lead=lead: step._applies_to(lead, verdicts))
            asked = stage.exit_gate_ids | passed._gates() | target.entry_gate_ids
            # nobody leaves the end: its documents are asked for on the way in
            done = stage | passed | target.filtered(lambda step: step.kind == "closed")
            found[lead] = [
                Problem(gate, text)
                for gate in asked.sorted()
                for text in verdicts[gate][lead] or ()
            ] + lead._missing_of_stages(done)
        return found

    def _missing_of_stages(self, stages):
        """Return problems for fields and documents that stages ask for and a deal lacks."""
        self.ensure_one()
        none = self.env["deal.gate"]
        problems = [
            Problem(none, self.env._("Fill in “%s”.", field.field_description))
            for field in stages.sudo().required_field_ids
            if not self[field.name]
        ]
        for kind in stages.document_type_ids:
            if kind._is_required(self).get(self) and not kind._present(self):
                problems.append(
                    Problem(none, self.env._("Document “%s” is missing in the dossier.", kind.name))
                )
        return problems

    def _move_to(self, target):
        """Move deals to a stage if nothing is missing.

        :raise UserError: naming everything that is missing, deal by deal
        """
        target.ensure_one()
        leads = self.filtered(lambda lead: lead.deal_stage_id != target)
        outside = leads.filtered(lambda lead: lead.process_version_id != target.version_id)
        if outside:
            raise UserError(
                self.env._(
                    "%(lead)s does not follow %(process)s: its stage cannot be “%(stage)s”.",
                    lead=outside[0].name,
                    process=target.version_id.display_name,
                    stage=target.name,
                )
            )
        if target.kind == "refused":
            raise UserError(
                self.env._(
                    "Deal %s is refused with a reason: use the button “Refusal”.",
                    leads[:1].name,
                )
            )
        leads._check_reopening(target)
        leads._refuse_if_missing(
            leads._move_problems(target), self.env._("moves to “%s”", target.name)
        )
        leads._set_deal_stage(target)
        leads._follow_deal_stage()

    def _check_reopening(self, target):
        ended = self.filtered(lambda lead: lead.deal_stage_id._is_final())
        if (
            ended
            and not self.env.su
            and not self.env.user.has_group("deal_process.group_deal_head")
        ):
            raise UserError(
                self.env._(
                    "Deal %(deal)s has ended (%(stage)s): the head of sales reopens it.",
                    deal=ended[0].name,
                    stage=ended[0].deal_stage_id.name,
                )
            )

    def _set_deal_stage(self, stage, **values):
        """Put deals into a stage, with its deadline and its owner's task. Checks nothing."""
        now = fields.Datetime.now()
        outcome = {
            "closed": "closed",
            "refused": "unsuitable",
            "not_lead": "not_lead",
        }.get(stage.kind, "open")
        values = {
            "deal_stage_id": stage.id,
            "deal_stage_date": now,
            "deal_outcome": outcome,
            "deal_last_touch": now,
            **values,
        }
        for calendar, leads in self.grouped(lambda lead: lead._deal_calendar()).items():
            deadline = stage._deadline(now, calendar)
            leads._write_past_gates({**values, "deal_deadline": deadline})
        self._renew_stage_task(stage)

    def _deal_calendar(self):
        company = self.company_id or self.env.company
        return company.resource_calendar_id

    def _renew_stage_task(self, stage):
        """Close the task of the stage that was left, open that of the new one."""
        kind = self.env.ref("deal_process.mail_activity_type_stage")
        done = self.sudo().activity_ids.filtered(lambda task: task.activity_type_id == kind)
        if done:
            done.action_feedback()
        if stage._is_final():
            return
        model_id = self.env["ir.model"]._get_id("crm.lead")
        owners = {lead: lead._stage_owner(stage) for lead in self}
        self.env["mail.activity"].sudo().create(
            [
                {
                    "res_model_id": model_id,
                    "res_id": lead.id,
                    "activity_type_id": kind.id,
                    **stage.with_context(lang=owner.lang)._task_words(),
                    "date_deadline": (lead.deal_deadline or fields.Datetime.now()).date(),
                    "user_id": owner.id,
                }
                for lead, owner in owners.items()
                if owner and stage.deadline_days
            ]
        )

    def _stage_owner(self, stage):
        self.ensure_one()
        if stage.owner_role == "head":
            return self._deal_head() or self.user_id
        return self.user_id

    def _deal_head(self):
        """Return the head of sales who answers for the deal: the team's, else the company's."""
        self.ensure_one()
        lead = self.sudo()
        if lead.team_id.user_id:
            return lead.team_id.user_id
        heads = self.env.ref("deal_process.group_deal_head").sudo().all_user_ids
        company = lead.company_id or self.env.company
        return heads.filtered(lambda user: company in user.company_ids and user.active)[:1]

    def _follow_won_status(self, before):
        """Bring the deal stage in step after stock Odoo's own doors: won, lost, restored.

        :param before: ``{lead: won_status}``; what is not in it was pending
        :raise UserError: if the deal may not be closed, refused or reopened that way
        """
        deals = self.filtered("process_version_id")
        changed = deals.filtered(lambda lead: lead.won_status != before.get(lead, "pending"))
        for lead in changed:
            version, kind = lead.process_version_id, lead.deal_stage_id.kind
            if lead.won_status == "won" and kind != "closed":
                closed = version._stage(kind="closed")
                lead._check_reopening(closed)
                lead._refuse_if_missing(
                    lead._move_problems(closed), self.env._("moves to “%s”", closed.name)
                )
                lead._set_deal_stage(closed)
            elif lead.won_status == "lost" and kind not in ("refused", "not_lead"):
                lead._refuse_deal()
            elif lead.won_status == "pending" and kind != "normal":
                lead._check_reopening(version._first_stage())
                lead._set_deal_stage(
                    version._last_stage() if kind == "closed" else version._first_stage()
                )

    def _follow_deal_stage(self):
        """Bring stock Odoo's won and lost in step after a move of the deal stage."""
        for lead in self:
            kind, status = lead.deal_stage_id.kind, lead.won_status
            if kind == "closed" and status != "won":
                lead.action_set_won()
            elif kind == "not_lead" and status != "lost":
                lead.action_set_lost()
            elif kind == "normal" and status == "lost":
                lead.action_restore()
            elif kind == "normal" and status == "won":
                stage = lead._stage_find(domain=[("is_won", "=", False)], order="sequence desc, id")
                lead.write({"stage_id": stage.id, "probability": 50})
