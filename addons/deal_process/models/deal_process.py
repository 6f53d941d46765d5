from odoo import api, fields, models
from odoo.exceptions import UserError


class DealProcess(models.Model):
    """One standard way from a need to a closed deal, in versions.

    A process without a company is the OEM's and shared with everybody who reads it; sales teams
    point to the process that their deals follow, and companies to the one of teams that name none.
    """

    _name = "deal.process"
    _description = "Deal Process"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self.env.company,
        help="Empty: shared with all companies.",
    )
    description = fields.Text(translate=True)
    version_ids = fields.One2many("deal.process.version", "process_id", string="Versions")
    team_ids = fields.One2many("crm.team", "deal_process_id", string="Sales teams")
    published_version_id = fields.Many2one(
        "deal.process.version", compute="_compute_published_version_id", string="In force"
    )
    deal_count = fields.Integer(compute="_compute_deal_count", string="Open deals")
    is_mine = fields.Boolean(compute="_compute_is_mine", string="May be changed by you")

    @api.depends("version_ids.state")
    def _compute_published_version_id(self):
        versions = self.env["deal.process.version"].search(
            [("process_id", "in", self.ids), ("state", "=", "published")]
        )
        by_process = {version.process_id: version for version in versions}
        for process in self:
            process.published_version_id = by_process.get(process._origin)

    def _compute_deal_count(self):
        groups = self.env["crm.lead"]._read_group(
            [("process_version_id.process_id", "in", self.ids), ("deal_outcome", "=", "open")],
            ["process_version_id"],
            ["__count"],
        )
        counts = dict.fromkeys(self.ids, 0)
        for version, count in groups:
            counts[version.process_id.id] += count
        for process in self:
            process.deal_count = counts.get(process.id, 0)

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_is_mine(self):
        mine = self._filtered_access("write")
        for process in self:
            process.is_mine = process in mine

    def action_deals(self):
        """Open the running deals of all versions."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("deal_process.crm_lead_action_deals")
        action["domain"] = [
            ("process_version_id.process_id", "=", self.id),
            ("deal_outcome", "=", "open"),
        ]
        return action

    def action_new_version(self):
        """Open a draft to edit: the one there is, else a copy of the version in force."""
        self.ensure_one()
        draft = self.version_ids.filtered(lambda version: version.state == "draft")[:1]
        if not draft:
            source = self.published_version_id or self.version_ids[:1]
            if not source:
                raise UserError(
                    self.env._(
                        "Process %(process)s has no version to start from: add one in the list.",
                        process=self.name,
                    )
                )
            draft = source._draft_copy()
        return draft._action_open()

    def action_own_process(self):
        """Make a process of the user's company that starts as a copy of this one, as a draft.

        For a department that works otherwise: it is edited, published, and chosen in its team.
        """
        self.ensure_one()
        source = self.published_version_id or self.version_ids[:1]
        own = self.create(
            {
                "name": self.env._("%(process)s of our own", process=self.name),
                "company_id": self.env.company.id,
                "description": self.description,
            }
        )
        if source:
            source._draft_copy(own)
        return own.action_new_version() if source else own._get_records_action()
