from odoo import api, fields, models

from .crm_inquiry_channel import KINDS

OPEN = ("received", "to_sort", "queued", "assigned")


class CrmInquiry(models.Model):
    """One contact event from any channel, from the raw original to its outcome."""

    _name = "crm.inquiry"
    _description = "Inquiry"
    _inherit = ["kept.field.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date desc, id desc"
    _primary_email = "email"
    _check_company_auto = True
    _mail_post_access = "read"

    # the clock and the original are evidence: how fast somebody answers is measured by them
    _kept_fields = frozenset(
        {
            "date",
            "external_key",
            "message_id",
            "original_id",
            "call_direction",
            "call_answered",
            "call_duration",
            "deadline",
            "response_date",
            "response_hours",
            "escalation",
            "escalation_date",
            "ack_state",
            "ack_date",
        }
    )

    # what arrived
    name = fields.Char(string="Number", default="/", readonly=True, copy=False)
    date = fields.Datetime(required=True, default=fields.Datetime.now, readonly=True, copy=False)
    channel_id = fields.Many2one(
        "crm.inquiry.channel", required=True, ondelete="restrict", check_company=True
    )
    kind = fields.Selection(KINDS, required=True, readonly=True, default="visit")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, readonly=True
    )
    external_key = fields.Char(
        readonly=True, copy=False, help="The same event has the same key on every channel."
    )
    message_id = fields.Char(string="Message-Id", readonly=True, copy=False)
    original_id = fields.Many2one("ir.attachment", readonly=True, copy=False, ondelete="set null")
    body = fields.Html(
        readonly=True,
        sanitize=True,
        sanitize_overridable=False,
        sanitize_style=True,
        strip_style=True,
    )
    # what was read
    subject = fields.Char()
    text = fields.Text(string="Request")
    contact_name = fields.Char()
    company_name = fields.Char(string="Company name")
    vat = fields.Char(string="Tax number")
    phone = fields.Char(string="Telephone")
    phone_extension = fields.Char(string="Extension")
    phones = fields.Char(string="All numbers", readonly=True)
    email = fields.Char(string="Mail address")
    emails = fields.Char(string="All addresses", readonly=True)
    product = fields.Char()
    items = fields.Text(string="Goods asked for")
    page = fields.Char(string="Page of the site", readonly=True)
    utm_source = fields.Char(string="Source", readonly=True)
    utm_medium = fields.Char(string="Medium", readonly=True)
    utm_campaign = fields.Char(string="Campaign", readonly=True)
    agent = fields.Char(string="Our agent in the chat", readonly=True)
    city = fields.Char()
    zip = fields.Char(string="Postal code")
    ip = fields.Char(string="Network address", readonly=True)
    language = fields.Selection("_selection_language")
    forwarded_from = fields.Char(readonly=True)
    chat = fields.Json(readonly=True)
    extra = fields.Json(readonly=True)
    parser = fields.Char(string="Read by", readonly=True)
    understood = fields.Boolean(readonly=True, default=True)
    robot = fields.Char(readonly=True)
    # a call
    call_direction = fields.Selection(
        [("in", "Incoming"), ("out", "Outgoing")], readonly=True, copy=False
    )
    call_answered = fields.Boolean(readonly=True, copy=False)
    call_duration = fields.Integer(string="Call (seconds)", readonly=True, copy=False)
    recording_url = fields.Char(string="Recording", readonly=True)
    # whose it is
    partner_id = fields.Many2one(
        "res.partner", string="Customer", check_company=True, index="btree_not_null"
    )
    commercial_partner_id = fields.Many2one(
        "res.partner",
        related="partner_id.commercial_partner_id",
        store=True,
        index="btree_not_null",
        string="Customer's company",
    )
    candidate_ids = fields.Many2many("res.partner", string="May also be", check_company=True)
    lead_id = fields.Many2one("crm.lead", check_company=True, index="btree_not_null")
    thread_id = fields.Many2one(
        "crm.inquiry",
        string="First of the conversation",
        readonly=True,
        index="btree_not_null",
        check_company=True,
    )
    thread_ids = fields.One2many("crm.inquiry", "thread_id", string="Went on with", readonly=True)
    relation = fields.Selection(
        [
            ("new", "Unknown until now"),
            ("known", "Known contact"),
            ("thread", "Same conversation"),
            ("reply", "Answer to us"),
        ],
        readonly=True,
    )
    # where it goes
    state = fields.Selection(
        [
            ("received", "Received"),
            ("to_sort", "To sort"),
            ("queued", "To assign"),
            ("assigned", "Assigned"),
            ("done", "Done"),
            ("ignored", "Left aside"),
        ],
        required=True,
        default="received",
        readonly=True,
        tracking=True,
        group_expand=True,
    )
    reason = fields.Char(string="Why it is to sort", readonly=True)
    outcome = fields.Selection(
        [
            ("qualified", "Qualified lead"),
            ("interest", "Preliminary interest"),
            ("answered", "Answered"),
            ("error", "Sent by mistake"),
            ("spam", "Spam"),
            ("robot", "Machine's mail"),
        ],
        tracking=True,
    )
    direction_id = fields.Many2one("crm.inquiry.direction")
    rule_id = fields.Many2one("crm.inquiry.rule", readonly=True, ondelete="set null")
    suggested_team_id = fields.Many2one("crm.team", string="Suggested department", readonly=True)
    suggested_user_id = fields.Many2one("res.users", string="Suggested person", readonly=True)
    team_id = fields.Many2one(
        "crm.team",
        string="Department",
        check_company=True,
        index=True,
        group_expand="_expand_teams",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        index=True,
        tracking=True,
        group_expand="_expand_users",
    )
    assign_date = fields.Datetime(readonly=True)
    assigned_by_id = fields.Many2one("res.users", string="Assigned by", readonly=True)
    # in time
    deadline = fields.Datetime(string="Answer due", readonly=True, copy=False)
    response_date = fields.Datetime(string="First answer", readonly=True, copy=False)
    response_hours = fields.Float(
        string="Hours to the answer", readonly=True, copy=False, aggregator="avg"
    )
    escalation = fields.Integer(readonly=True, copy=False, help="1: late; 2: late twice over.")
    escalation_date = fields.Datetime(readonly=True, copy=False)
    is_late = fields.Boolean(compute="_compute_is_late", search="_search_is_late")
    age_hours = fields.Float(string="Waiting (h)", compute="_compute_age_hours")
    ack_state = fields.Selection(
        [("none", "None"), ("due", "Due"), ("sent", "Sent"), ("failed", "Failed")],
        string="Acknowledgement",
        default="none",
        readonly=True,
        copy=False,
    )
    ack_date = fields.Datetime(string="Acknowledged", readonly=True, copy=False)
    # shown
    story = fields.Html(compute="_compute_story", sanitize=False)
    history_ids = fields.Many2many(
        "crm.inquiry", compute="_compute_history_ids", string="Earlier inquiries"
    )

    _key_uniq = models.UniqueIndex("(company_id, external_key) WHERE external_key IS NOT NULL")
    _queue = models.Index("(company_id, date, id) WHERE state IN ('received', 'to_sort', 'queued')")
    _answer_due = models.Index(
        "(deadline) WHERE response_date IS NULL AND state IN ('queued', 'assigned', 'to_sort')"
    )
    _ack_due = models.Index("(id) WHERE ack_state = 'due'")
    _still_received = models.Index("(id) WHERE state = 'received'")
    _message_ids = models.Index("(message_id) WHERE message_id IS NOT NULL")
    _by_day = models.Index("(company_id, date)")
    _newest = models.Index("(channel_id, id DESC)")

    @api.model
    def _selection_language(self):
        return self.env["crm.inquiry.rule"]._selection_language()

    @api.depends("name", "subject")
    def _compute_display_name(self):
        for inquiry in self:
            inquiry.display_name = " ".join(filter(None, [inquiry.name, inquiry.subject]))

    @api.depends("deadline", "response_date", "state")
    def _compute_is_late(self):
        now = fields.Datetime.now()
        for inquiry in self:
            waiting = inquiry.state in OPEN and inquiry.deadline and not inquiry.response_date
            inquiry.is_late = bool(waiting and inquiry.deadline < now)

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [
            ("state", "in", OPEN),
            ("response_date", "=", False),
            ("deadline", "<", fields.Datetime.now()),
        ]

    @api.depends("date", "response_date", "state")
    def _compute_age_hours(self):
        now = fields.Datetime.now()
        for inquiry in self:
            end = inquiry.response_date or (now if inquiry.state in OPEN else inquiry.date)
            inquiry.age_hours = max((end - inquiry.date).total_seconds() / 3600, 0)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            channel = self.env["crm.inquiry.channel"].browse(vals.get("channel_id"))
            vals.setdefault("company_id", channel.company_id.id)
            vals.setdefault("kind", channel.kind or "visit")
            if vals.get("name", "/") == "/":
                company = self.env["res.company"].browse(vals["company_id"])
                vals["name"] = (
                    self.with_company(company).env["ir.sequence"].sudo().next_by_code("crm.inquiry")
                    or "/"
                )
        inquiries = super().create(vals_list)
        if not self.env.context.get("inquiry_intake"):  # a walk-in that a colleague typed in
            self.env.ref("inquiry_desk.ir_cron_process").sudo()._trigger()
        return inquiries

    def _check_not_kept(self, vals, operation):
        """A walk-in may be typed in after it was there, but not ahead of its time."""
        moment = operation == "create" and fields.Datetime.to_datetime(vals.get("date"))
        if moment and moment <= fields.Datetime.now():
            vals = {name: value for name, value in vals.items() if name != "date"}
        super()._check_not_kept(vals, operation)
