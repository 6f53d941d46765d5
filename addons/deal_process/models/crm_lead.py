from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

OUTCOMES = [
    ("open", "Running"),
    ("closed", "Closed"),
    ("unsuitable", "Unsuitable"),
    ("not_lead", "Not a lead"),
]
#: What, when written, may make a deal of a lead, move a deal or end it.
PROCESS_FIELDS = {
    "type",
    "team_id",
    "company_id",
    "deal_stage_id",
    "process_version_id",
    "stage_id",
    "active",
    "probability",
}


#: What the process itself keeps of a lead or deal. Whoever writes it by hand passes every gate.
class CrmLead(models.Model):
    """A deal is an opportunity that follows the process of its team."""

    _name = "crm.lead"
    _inherit = ["kept.field.mixin", "crm.lead"]

    _kept_fields = frozenset(
        {
            "deal_outcome",
            "deal_stage_date",
            "deal_deadline",
            "deal_last_touch",
            "qualification",
            "qualification_date",
            "qualification_user_id",
        }
    )

    process_version_id = fields.Many2one(
        "deal.process.version",
        string="Process",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    deal_stage_id = fields.Many2one(
        "deal.process.stage",
        string="Deal stage",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        domain="[('version_id', '=', process_version_id)]",
        group_expand="_read_group_deal_stage_ids",
    )
    deal_stage_code = fields.Char(related="deal_stage_id.code", string="Stage code")
    deal_stage_kind = fields.Selection(related="deal_stage_id.kind", string="Kind of stage")
    deal_stage_date = fields.Datetime(string="In stage since", readonly=True, copy=False)
    deal_stage_days = fields.Integer(string="Days in stage", compute="_compute_deal_stage_days")
    deal_deadline = fields.Datetime(string="Stage deadline", copy=False, readonly=True)
    deal_is_late = fields.Boolean(
        string="Late", compute="_compute_deal_is_late", search="_search_deal_is_late"
    )
    deal_outcome = fields.Selection(
        OUTCOMES, string="Outcome of the deal", readonly=True, copy=False, index=True
    )
    deal_way = fields.Selection(
        [("offer", "Offer, review, contract, invoice"), ("direct", "Contract and invoice at once")],
        string="Way to the contract",
        default="offer",
        required=True,
        tracking=True,
    )
    deal_last_touch = fields.Datetime(
        string="Last worked on", default=fields.Datetime.now, readonly=True, copy=False
    )
    need_ids = fields.One2many("deal.need", "lead_id", string="Needs", copy=True)
    contact_ids = fields.Many2many(
        "res.partner",
        "crm_lead_deal_contact_rel",
        "lead_id",
        "partner_id",
        string="Contacts",
        check_company=True,
        help="Whom to speak to in this deal, besides the contact above.",
    )
    site_id = fields.Many2one(
        "res.partner",
        check_company=True,
        index="btree_not_null",
        domain="[('commercial_partner_id', '=', customer_id), ('site_kind', '!=', False)]",
        help="Shop, office, warehouse or flat of the customer that the deal is for.",
    )
    customer_id = fields.Many2one(
        related="partner_id.commercial_partner_id", string="Customer of the deal"
    )
    deal_document_ids = fields.One2many("deal.document", "lead_id", string="Filed documents")
    deal_override_ids = fields.One2many("deal.gate.override", "lead_id", string="Overridden gates")
    # kept: the form of every deal asks for it
    deal_override_count = fields.Integer(
        string="Number of overridden gates",
        compute="_compute_deal_override_count",
        store=True,
        precompute=True,  # nothing to look up for a lead that is only just made
    )

    _deal_stage_index = models.Index(
        "(deal_stage_id, team_id, user_id) WHERE deal_stage_id IS NOT NULL"
    )
    _deal_deadline_index = models.Index(
        "(deal_deadline) WHERE deal_outcome = 'open' AND deal_deadline IS NOT NULL"
    )
    _deal_touch_index = models.Index("(deal_last_touch) WHERE deal_outcome = 'open'")

    @api.constrains("process_version_id", "deal_stage_id")
    def _check_deal_stage(self):
        for lead in self:
            if lead.deal_stage_id.version_id != lead.process_version_id:
                raise ValidationError(
                    self.env._(
                        "Deal %(deal)s: stage %(stage)s belongs to another process than "
                        "%(process)s.",
                        deal=lead.name,
                        stage=lead.deal_stage_id.name or "–",
                        process=lead.process_version_id.display_name or "–",
                    )
                )

    @api.depends("deal_override_ids")
    def _compute_deal_override_count(self):
        counts = dict(
            self.env["deal.gate.override"]._read_group(
                [("lead_id", "in", self.ids)], ["lead_id"], ["__count"]
            )
        )
        for lead in self:
            lead.deal_override_count = counts.get(lead._origin, 0)

    @api.depends("deal_stage_date")
    def _compute_deal_stage_days(self):
        now = fields.Datetime.now()
        for lead in self:
            lead.deal_stage_days = (now - lead.deal_stage_date).days if lead.deal_stage_date else 0

    @api.depends("deal_deadline", "deal_outcome")
    def _compute_deal_is_late(self):
        now = fields.Datetime.now()
        for lead in self:
            deadline = lead.deal_deadline
            lead.deal_is_late = bool(lead.deal_outcome == "open" and deadline and deadline < now)

    def _search_deal_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("deal_outcome", "=", "open") & Domain(
            "deal_deadline", "<", fields.Datetime.now()
        )
        return late if True in value else ~late

    @api.model
    def _read_group_deal_stage_ids(self, stages, domain):
        """Show all columns of the versions that are looked at; without any, the company's."""
        versions = stages.version_id
        if not versions:
            versions = self.env.company.sudo().deal_process_id.published_version_id
        found = self.env["deal.process.stage"].search([("version_id", "in", versions.ids)])
        return found.sorted(lambda stage: (stage.sequence, stage.id))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("process_version_id"):
                raise UserError(self.env._("The process of a deal is its team's, it is not set."))
        # a stage given at creation is a move like any other: it is made once the deal exists
        wanted = [vals.pop("deal_stage_id", False) for vals in vals_list]
        leads = super().create(vals_list)
        leads._enter_process()
        for lead, stage in zip(leads, wanted, strict=True):
            if stage and stage != lead.deal_stage_id.id:
                lead._move_to(self.env["deal.process.stage"].browse(stage))
        leads._follow_won_status({})
        return leads

    def write(self, vals):
        if not PROCESS_FIELDS & set(vals):
            return super().write(vals)
        vals = dict(vals)
        if "process_version_id" in vals:
            raise UserError(
                self.env._("A running deal changes its process by “Move running deals” only.")
            )
        moving = vals.pop("deal_stage_id", False)
        if vals:
            before = {lead: lead.won_status for lead in self}
            opportunities = self.filtered(lambda lead: lead.type == "opportunity")
            super().write(vals)
            self._enter_process()
            self._follow_won_status(before)
            self._check_not_hidden()
            opportunities.filtered(lambda lead: lead.type == "lead")._forget_judgement()
        # last: what is filled in together with the move counts for it
        if moving:
            self._move_to(self.env["deal.process.stage"].browse(moving))
        return True

    def _write_past_gates(self, vals):
        """Write without asking gates."""
        return self._write_kept(vals)

    def _check_not_hidden(self):
        """Refuse to archive a running deal, or to make a lead of it: no review would follow."""
        for lead in self.filtered("process_version_id"):
            if lead.type == "lead" or (not lead.active and lead.deal_outcome == "open"):
                raise UserError(
                    self.env._(
                        "Deal %s is running: end it with the button “Refusal” and a reason, or "
                        "move it to “Not a lead”.",
                        lead.name,
                    )
                )

    def copy_data(self, default=None):
        # the copy of a deal is a new lead of the same customer; it passes the gates by itself
        vals_list = super().copy_data(default)
        for lead, vals in zip(self, vals_list, strict=True):
            if lead.process_version_id and "type" not in (default or {}):
                vals["type"] = "lead"
        return vals_list

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        # a team's mail address may be set to make opportunities: a letter is a lead first
        return super().message_new(msg_dict, {**(custom_values or {}), "type": "lead"})

    def _merge_get_fields_specific(self):
        return {
            **super()._merge_get_fields_specific(),
            "need_ids": lambda fname, leads: [(4, need.id) for need in leads.need_ids],
            "contact_ids": lambda fname, leads: [(4, contact.id) for contact in leads.contact_ids],
            "deal_document_ids": lambda fname, leads: [
                (4, document.id) for document in leads.deal_document_ids
            ],
        }

    def _merge_dependences(self, opportunities):
        super()._merge_dependences(opportunities)
        # not to be got rid of by merging: whoever merges may not change what the head decides
        opportunities.sudo().deal_review_ids.lead_id = self

    def _message_post_after_hook(self, message, msg_vals):
        done = super()._message_post_after_hook(message, msg_vals)
        worked = (
            message.message_type in ("comment", "email_outgoing") or message.mail_activity_type_id
        )
        if worked and not message.author_id.partner_share:
            self._touch()
        return done

    def _touch(self):
        """Remember that somebody worked on the deal now."""
        # who comments on a deal or files for it while he may only read it has touched it too
        self.sudo()._write_past_gates({"deal_last_touch": fields.Datetime.now()})
