from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class DealProcessMove(models.TransientModel):
    """Running deals are moved to another version of their process, with a check.

    So are those of a team that has got a process of its own since they began.
    """

    _name = "deal.process.move"
    _description = "Move Running Deals"

    version_id = fields.Many2one("deal.process.version", string="To", required=True, readonly=True)
    lead_ids = fields.Many2many(
        "crm.lead",
        string="Deals",
        compute="_compute_lead_ids",
        store=True,
        readonly=False,
        domain="deal_domain",
    )
    deal_domain = fields.Binary(compute="_compute_deal_domain")
    problems = fields.Text(string="Cannot be moved as they are", compute="_compute_problems")

    @api.depends("version_id")
    def _compute_deal_domain(self):
        for move in self:
            process = move.version_id.process_id.id
            meant = (
                Domain("process_version_id.process_id", "=", process)
                | Domain("team_id.deal_process_id", "=", process)
                | Domain("team_id.deal_process_id", "=", False)
                & Domain("company_id.deal_process_id", "=", process)
            )
            move.deal_domain = list(
                meant
                & Domain("process_version_id", "not in", [False, move.version_id.id])
                & Domain("deal_outcome", "=", "open")
            )

    @api.depends("version_id")
    def _compute_lead_ids(self):
        for move in self:
            move.lead_ids = self.env["crm.lead"].search(move.deal_domain)

    @api.depends("lead_ids", "version_id")
    def _compute_problems(self):
        for move in self:
            move.problems = "\n".join(move._problems())

    def action_move(self):
        """Move the chosen deals.

        :raise UserError: naming each deal that cannot be moved, and why
        """
        self.ensure_one()
        problems = self._problems()
        if problems:
            raise UserError("\n".join(problems))
        for stage, leads in self.lead_ids.grouped(self._target).items():
            # the stage has the same code: they are where they were, and since when
            leads._write_past_gates(
                {"process_version_id": self.version_id.id, "deal_stage_id": stage.id}
            )
            for lead in leads:
                lead.message_post(
                    body=self.env._("Moved to %s.", self.version_id.display_name),
                    subtype_xmlid="mail.mt_note",
                )
        return {"type": "ir.actions.act_window_close"}

    def _target(self, lead):
        """Return the stage of the new version that has the code of the deal's stage."""
        return self.version_id._stage(code=lead.deal_stage_id.code)

    def _problems(self):
        """The stage exists there, and the deal would have come as far under the new version."""
        self.ensure_one()
        found = []
        first = self.version_id._first_stage()
        for lead in self.lead_ids:
            lead = lead._origin or lead
            target = self._target(lead)
            if not target:
                found.append(
                    self.env._(
                        "%(deal)s: the new version has no stage “%(stage)s”.",
                        deal=lead.name,
                        stage=lead.deal_stage_id.name,
                    )
                )
                continue
            if first._is_before(target):
                missing = lead._missing_between(first, target)[lead]
                found += [f"{lead.name}: {problem.text}" for problem in missing]
        return found
