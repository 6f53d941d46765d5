from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class DealProcessVersion(models.Model):
    """The stages of a process as they were published on a day.

    A draft is edited freely. Once published it no longer changes: deals that started under it
    finish under it, unless they are moved to a later version with a check.
    """

    _name = "deal.process.version"
    _description = "Version of a Deal Process"
    _rec_names_search = ["process_id.name"]
    _order = "process_id, number desc"

    process_id = fields.Many2one("deal.process", required=True, ondelete="cascade", index=True)
    number = fields.Integer(readonly=True, copy=False)
    company_id = fields.Many2one(related="process_id.company_id", store=True, index=True)
    is_mine = fields.Boolean(related="process_id.is_mine", related_sudo=False)
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published"), ("retired", "Retired")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    note = fields.Text(string="What is new", copy=False)
    published_date = fields.Datetime(readonly=True, copy=False)
    published_user_id = fields.Many2one(
        "res.users", string="Published by", readonly=True, copy=False
    )
    stage_ids = fields.One2many("deal.process.stage", "version_id", string="Stages", copy=True)
    lead_ids = fields.One2many("crm.lead", "process_version_id", string="Deals")
    deal_count = fields.Integer(compute="_compute_deal_count", string="Open deals")

    _number_uniq = models.Constraint(
        "UNIQUE(process_id, number)", "A version with this number exists already in the process."
    )
    _published_uniq = models.UniqueIndex(
        "(process_id) WHERE state = 'published'",
        "Only one version of a process is in force.",
    )

    @api.depends("process_id.name", "number")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(process)s, version %(number)s",
                process=version.process_id.name,
                number=version.number,
            )

    def _compute_deal_count(self):
        groups = self.env["crm.lead"]._read_group(
            [("process_version_id", "in", self.ids), ("deal_outcome", "=", "open")],
            ["process_version_id"],
            ["__count"],
        )
        counts = dict(groups)
        for version in self:
            version.deal_count = counts.get(version, 0)

    @api.model_create_multi
    def create(self, vals_list):
        processes = {vals.get("process_id") for vals in vals_list}
        groups = self.sudo()._read_group(
            [("process_id", "in", list(processes))], ["process_id"], ["number:max"]
        )
        last = {process.id: number for process, number in groups}
        for vals in vals_list:
            process = vals.get("process_id")
            last[process] = vals["number"] = last.get(process, 0) + 1
        return super().create(vals_list)

    def write(self, vals):
        if not set(vals) <= {"state", "note", "published_date", "published_user_id"}:
            self._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._check_draft()

    def action_publish(self):
        """Put the version in force; the one before it is retired, its deals go on under it.

        :raise ValidationError: naming what a process cannot work without
        """
        for version in self:
            version._check_draft()
            version._check_publishable()
            version.process_id.version_ids.filtered(
                lambda other: other.state == "published"
            ).state = "retired"
            self.env.flush_all()  # the unique index sees one published version at a time
            version.write(
                {
                    "state": "published",
                    "published_date": fields.Datetime.now(),
                    "published_user_id": self.env.uid,
                }
            )
        return True

    def action_new_version(self):
        """Open the process's draft, made of this version if there is none."""
        self.ensure_one()
        return self.process_id.action_new_version()

    def action_move_deals(self):
        """Open the wizard that moves running deals of other versions here, with a check."""
        self.ensure_one()
        if self.state != "published":
            raise UserError(
                self.env._("Deals are moved to a published version, %s is not.", self.display_name)
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Move running deals"),
            "res_model": "deal.process.move",
            "view_mode": "form",
            "target": "new",
            "context": {"default_version_id": self.id},
        }

    def action_deals(self):
        """Open the running deals of this version."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("deal_process.crm_lead_action_deals")
        action["domain"] = [("process_version_id", "=", self.id), ("deal_outcome", "=", "open")]
        return action

    def _action_open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }

    def _draft_copy(self, process=None):
        """Return a draft with the version's stages, of another process if one is given."""
        self.ensure_one()
        return self.copy({"process_id": (process or self.process_id).id})

    def _check_draft(self):
        # add-ons extend the shipped version while they are installed: they act as superuser
        published = self.filtered(lambda version: version.state != "draft")
        if published and not self.env.su:
            raise UserError(
                self.env._(
                    "%s is published and no longer changes. Make a new version of it.",
                    published[0].display_name,
                )
            )

    def _check_publishable(self):
        self.ensure_one()
        kinds = self.stage_ids.mapped("kind")
        missing = []
        if "normal" not in kinds:
            missing.append(self.env._("a stage to work in"))
        for kind, label in self.stage_ids._fields["kind"]._description_selection(self.env):
            if kind != "normal" and kinds.count(kind) != 1:
                missing.append(self.env._("exactly one stage of kind “%s”", label))
        closed = self._stage(kind="closed")
        missing += [
            self.env._("stage “%(stage)s” above “%(closed)s”", stage=stage.name, closed=closed.name)
            for stage in self.stage_ids.sorted()
            if closed and stage.kind == "normal" and not stage._is_before(closed)
        ]
        if missing:
            raise ValidationError(
                self.env._(
                    "%(version)s cannot be published, it needs: %(missing)s.",
                    version=self.display_name,
                    missing=", ".join(missing),
                )
            )

    def _stage(self, code=None, kind=None):
        """Return the version's stage with a code or of a kind, empty if there is none."""
        self.ensure_one()
        return self.stage_ids.filtered(
            lambda stage: (not code or stage.code == code) and (not kind or stage.kind == kind)
        )[:1]

    def _first_stage(self):
        return self._stage(kind="normal")

    def _last_stage(self):
        return self.stage_ids.filtered(lambda stage: stage.kind == "normal")[-1:]
