from datetime import UTC, timedelta

from odoo import api, fields, models
from odoo.fields import Command


class DealProcessStage(models.Model):
    """A step of a process version, and the status of the deals in it."""

    _name = "deal.process.stage"
    _description = "Stage of a Deal Process"
    _order = "sequence, id"

    version_id = fields.Many2one(
        "deal.process.version", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="version_id.company_id", store=True, index=True)
    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, help="Technical name, the same in all versions of the process."
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("normal", "Work"),
            ("closed", "Closed"),
            ("refused", "Refused"),
            ("not_lead", "Not a lead"),
        ],
        default="normal",
        required=True,
    )
    fold = fields.Boolean(string="Folded in the board")
    owner_role = fields.Selection(
        [("seller", "Salesperson"), ("head", "Head of sales"), ("colleague", "Colleague")],
        default="seller",
        required=True,
        help="Who gets the stage's task: the deal's salesperson, the head of the team, or the "
        "salesperson in the name of a colleague of another department.",
    )
    owner_title = fields.Char(
        string="Department or function",
        translate=True,
        help="Named in the task, such as “production planner”.",
    )
    deadline_days = fields.Integer(
        string="Deadline (working days)", help="0: the stage has no deadline."
    )
    method = fields.Html(translate=True, help="How the stage is worked through, for who does it.")
    entry_gate_ids = fields.Many2many(
        "deal.gate", "deal_stage_entry_gate_rel", "stage_id", "gate_id", string="Entry gates"
    )
    exit_gate_ids = fields.Many2many(
        "deal.gate", "deal_stage_exit_gate_rel", "stage_id", "gate_id", string="Exit gates"
    )
    need_kind_ids = fields.Many2many(
        "deal.need.kind",
        "deal_stage_need_kind_rel",
        "stage_id",
        "kind_id",
        string="Only for needs of",
        help="The stage is skipped unless the customer needs one of these, or an entry gate asks "
        "for it. Empty: the entry gates decide.",
    )
    required_field_ids = fields.Many2many(
        "ir.model.fields",
        "deal_stage_field_rel",
        "stage_id",
        "field_id",
        string="Required fields",
        domain="[('model', '=', 'crm.lead'), ('store', '=', True)]",
        groups="deal_process.group_deal_administrator",
    )
    required_fields_text = fields.Char(
        string="Fields required", compute="_compute_required_fields_text", compute_sudo=True
    )
    document_type_ids = fields.Many2many(
        "deal.document.type",
        "deal_stage_document_type_rel",
        "stage_id",
        "type_id",
        string="Required documents",
    )

    _code_uniq = models.Constraint(
        "UNIQUE(version_id, code)", "Two stages of a version have the same code."
    )

    @api.depends("required_field_ids")
    def _compute_required_fields_text(self):
        for stage in self:
            stage.required_fields_text = ", ".join(
                stage.required_field_ids.mapped("field_description")
            )

    @api.model_create_multi
    def create(self, vals_list):
        stages = super().create(vals_list)
        stages.version_id._check_draft()
        return stages

    def write(self, vals):
        self.version_id._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self.version_id._check_draft()

    def copy_data(self, default=None):
        # many2many fields whose reader is the administrator alone are copied whoever copies
        vals_list = super().copy_data(default)
        for stage, vals in zip(self.sudo(), vals_list, strict=True):
            vals.setdefault("required_field_ids", [Command.set(stage.required_field_ids.ids)])
        return vals_list

    def _deadline(self, start, calendar):
        """Return the naive UTC end of the stage for a deal that enters it.

        :param datetime start: naive, in UTC
        :param calendar: resource.calendar whose working days count; empty: every day does
        """
        self.ensure_one()
        if not self.deadline_days or self._is_final():
            return False
        if calendar:
            aware = start.replace(tzinfo=UTC)
            # the day of entry is not one of the stage's days
            end = calendar.plan_days(self.deadline_days + 1, aware, compute_leaves=True)
            if end:
                return end.astimezone(UTC).replace(tzinfo=None)
        return start + timedelta(days=self.deadline_days)

    def _task_words(self):
        """Return what the task of the stage says, in the language of the context."""
        title = f"{self.name}: {self.owner_title}" if self.owner_title else self.name
        return {"summary": title, "note": self.method}

    def _is_final(self):
        return self.kind != "normal"

    def _between(self, target):
        """Return the stages of work after this one and before a later one, in order."""
        self.ensure_one()
        stages = self.version_id.stage_ids.filtered(lambda stage: stage.kind == "normal")
        order = self.version_id.stage_ids.ids
        first, last = order.index(self.id), order.index(target.id)
        return stages.filtered(lambda stage: first < order.index(stage.id) < last)

    def _is_before(self, target):
        """Tell whether the way from this stage to another of the version leads forward."""
        self.ensure_one()
        order = self.version_id.stage_ids.ids
        return order.index(self.id) < order.index(target.id)

    def _gates(self):
        return self.entry_gate_ids | self.exit_gate_ids

    def _applies_to(self, lead, verdicts):
        """Tell whether a deal goes through this stage.

        :param verdicts: what `deal.gate._evaluate_all` said of the stage's entry gates
        """
        self.ensure_one()
        if not self.need_kind_ids and not self.entry_gate_ids:
            return True
        if self.need_kind_ids & lead.need_ids.kind_id:
            return True
        return any(verdicts[gate][lead] is not None for gate in self.entry_gate_ids)
