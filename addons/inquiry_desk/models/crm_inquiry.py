from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime, html2plaintext, parse_contact_from_email

from ..parsers.mail import read_mail
from .crm_inquiry_channel import KINDS

OPEN = ("received", "to_sort", "queued", "assigned")


class CrmInquiry(models.Model):
    """One contact event from any channel, from the raw original to its outcome."""

    _name = "crm.inquiry"
    _description = "Inquiry"
    _inherit = [
        "crm.inquiry.intake",
        "crm.inquiry.answer",
        "crm.inquiry.clock",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date desc, id desc"
    _primary_email = "email"
    _check_company_auto = True
    _mail_post_access = "read"

    # what arrived
    name = fields.Char(string="Number", default="/", readonly=True, copy=False)
    date = fields.Datetime(required=True, default=fields.Datetime.now, readonly=True)
    channel_id = fields.Many2one(
        "crm.inquiry.channel", required=True, ondelete="restrict", index=True, check_company=True
    )
    kind = fields.Selection(KINDS, required=True, readonly=True, default="visit")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, readonly=True
    )
    external_key = fields.Char(
        readonly=True, copy=False, help="The same event has the same key on every channel."
    )
    message_id = fields.Char(string="Message-Id", readonly=True, copy=False)
    original_id = fields.Many2one(
        "ir.attachment", string="Original", readonly=True, copy=False, ondelete="set null"
    )
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
    contact_name = fields.Char(string="Name")
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
    ip = fields.Char(string="Network address", readonly=True)
    language = fields.Selection("_selection_language")
    forwarded_from = fields.Char(readonly=True)
    chat = fields.Json(readonly=True)
    extra = fields.Json(readonly=True)
    parser = fields.Char(string="Read by", readonly=True)
    understood = fields.Boolean(readonly=True, default=True)
    robot = fields.Char(readonly=True)
    # a call
    call_direction = fields.Selection([("in", "Incoming"), ("out", "Outgoing")], readonly=True)
    call_answered = fields.Boolean(readonly=True)
    call_duration = fields.Integer(string="Call (seconds)", readonly=True)
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
    lead_id = fields.Many2one("crm.lead", string="Lead", check_company=True, index="btree_not_null")
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
    deadline = fields.Datetime(string="Answer due", readonly=True)
    response_date = fields.Datetime(string="First answer", readonly=True)
    response_hours = fields.Float(string="Hours to the answer", readonly=True, aggregator="avg")
    escalation = fields.Integer(readonly=True, help="1: late; 2: late twice over.")
    escalation_date = fields.Datetime(readonly=True)
    is_late = fields.Boolean(compute="_compute_is_late", search="_search_is_late")
    age_hours = fields.Float(string="Waiting (h)", compute="_compute_age_hours")
    ack_state = fields.Selection(
        [("none", "None"), ("due", "Due"), ("sent", "Sent")], default="none", readonly=True
    )
    ack_date = fields.Datetime(string="Acknowledged", readonly=True)
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

    @api.model
    def _selection_language(self):
        return self.env["crm.inquiry.rule"]._selection_language()

    # ------------------------------------------------------------------ computed
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

    @api.depends("commercial_partner_id")
    def _compute_history_ids(self):
        for inquiry in self:
            customer = inquiry.commercial_partner_id
            domain = [("commercial_partner_id", "=", customer.id), ("id", "!=", inquiry.id)]
            inquiry.history_ids = self.search(domain, limit=20) if customer else self.browse()

    def _compute_story(self):
        for inquiry in self:
            inquiry.story = self.env["ir.qweb"]._render(
                "inquiry_desk.inquiry_story", {"inquiry": inquiry, "steps": inquiry._story_steps()}
            )

    @api.model
    def _expand_users(self, users, domain):
        """Every colleague of the departments has a column to drop on."""
        teams = self.env["crm.team"].search(
            [("company_id", "in", [False, *self.env.companies.ids])]
        )
        return users | (teams.member_ids | teams.user_id).filtered(
            lambda user: user.company_id in self.env.companies
        )

    @api.model
    def _expand_teams(self, teams, domain):
        return teams | self.env["crm.team"].search(
            [("company_id", "in", [False, *self.env.companies.ids])]
        )

    @api.model
    @api.readonly
    def web_read_group(self, domain, groupby, *args, **kwargs):
        """On the board the column of what nobody has yet is open: stock folds it."""
        if (
            list(groupby)[:1] == ["user_id"]
            and kwargs.get("auto_unfold")
            and not kwargs.get("opening_info")
        ):
            limit = kwargs.get("unfold_read_default_limit") or 80
            kwargs["opening_info"] = [
                {"value": False, "folded": False, "limit": limit, "offset": 0}
            ]
        return super().web_read_group(domain, groupby, *args, **kwargs)

    # ------------------------------------------------------------------ CRUD
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

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """A mail that stock's gateway routed here: taken like any other event."""
        channel = (custom_values or {}).get("channel_id")
        channels = self.env["crm.inquiry.channel"].sudo()
        channel = (
            channels.browse(channel)
            if channel
            else channels.search([("kind", "=", "mail")], limit=1)
        )
        name, address = parse_contact_from_email(msg_dict.get("email_from") or "")
        event = {
            "channel": channel,
            "name": name,
            "email": address,
            "subject": msg_dict.get("subject"),
        }
        event |= {"text": html2plaintext(msg_dict.get("body") or ""), "html": msg_dict.get("body")}
        return self._receive({**event, "key": f"mail:{msg_dict['message_id']}"})

    def write(self, vals):
        if vals.get("user_id") and "state" not in vals:
            vals = {
                **vals,
                "state": "assigned",
                "assign_date": fields.Datetime.now(),
                "assigned_by_id": self.env.uid,
            }
            self._check_assignable(vals["user_id"])
            done = super().write(vals)
            self._after_assignment()
            return done
        return super().write(vals)

    def _check_assignable(self, user_id):
        user = self.env["res.users"].sudo().browse(user_id)
        if strangers := self.filtered(lambda inquiry: inquiry.company_id not in user.company_ids):
            raise UserError(
                self.env._(
                    "%(user)s does not work in %(company)s.",
                    user=user.name,
                    company=strangers[0].company_id.name,
                )
            )

    def _after_assignment(self):
        """The lead follows its inquiry; who got it is told, the head's list gets shorter."""
        for inquiry in self:
            lead = inquiry.lead_id
            team = inquiry.team_id or inquiry.suggested_team_id
            if not inquiry.team_id and team:
                inquiry.team_id = team
            if lead and lead.user_id != inquiry.user_id:
                lead.write(
                    {"user_id": inquiry.user_id.id, **({"team_id": team.id} if team else {})}
                )
            inquiry._clear_plans("inquiry_desk.mail_activity_triage")
            inquiry.sudo()._plan("inquiry_desk.mail_activity_answer", inquiry.user_id)
            if inquiry.user_id != self.env.user:
                inquiry.sudo()._tell(
                    inquiry.user_id,
                    "assigned",
                    lambda user, record=inquiry: record._event_title(user, "assigned"),
                )

    # ------------------------------------------------------------------ actions
    def action_assign_suggested(self):
        """Give each inquiry to the person its rule suggests; those without a suggestion stay."""
        for inquiry in self:
            if inquiry.suggested_user_id:
                inquiry.write(
                    {
                        "user_id": inquiry.suggested_user_id.id,
                        "team_id": inquiry.suggested_team_id.id,
                    }
                )
        left = self.filtered(lambda inquiry: not inquiry.user_id)
        if left and left == self:
            raise UserError(
                self.env._("No rule suggests a person for this inquiry: choose one yourself.")
            )

    def action_assign_me(self):
        """Take the inquiries oneself."""
        self.write({"user_id": self.env.uid})

    def action_done(self):
        """The inquiry is dealt with."""
        for inquiry in self:
            inquiry.write({"state": "done", "outcome": inquiry.outcome or "answered"})
        self._clear_all_plans()

    def action_qualify(self):
        """It is a real lead: say so and go to it."""
        self.ensure_one()
        self._make_lead()
        self.write({"outcome": "qualified", "state": "done" if self.response_date else self.state})
        return self.action_lead()

    def action_interest(self):
        """Only a preliminary interest."""
        self.write({"outcome": "interest", "state": "done"})
        self._clear_all_plans()

    def action_mistake(self):
        """Sent to us by mistake: the lead that came of it is lost."""
        self._set_aside("error")

    def action_spam(self):
        """Spam: the lead that came of it is lost, the address is not answered."""
        self._set_aside("spam")

    def _set_aside(self, outcome):
        self.write({"outcome": outcome, "state": "ignored"})
        leads = self.sudo().lead_id.filtered(
            lambda lead: lead.first_inquiry_id in self and lead.won_status == "pending"
        )
        if leads:
            leads.action_set_lost()
        self._clear_all_plans()

    def _clear_all_plans(self):
        for xmlid in ("triage", "answer", "late"):
            self._clear_plans(f"inquiry_desk.mail_activity_{xmlid}")

    def action_process_again(self):
        """Read the original again, with the templates as they are now, and go on from there."""
        for inquiry in self.filtered(lambda inquiry: inquiry.state in ("to_sort", "ignored")):
            inquiry.sudo().with_company(inquiry.company_id)._read_again()

    def _read_again(self):
        original = self.original_id.raw
        if original and self.original_id.name.endswith(".eml"):
            mail = read_mail(original)
            parsed = self._read_mail(mail, self.channel_id)
            event = {
                "html": self._mail_html(mail),
                "message_id": mail.message_id,
                "date": self.date,
            }
            values = self._event_values(self.channel_id, parsed, self.external_key, event)
            for name in ("name", "channel_id", "kind", "company_id", "user_id"):
                values.pop(name)
            self.write(values)
        else:
            self.understood = bool(self.phone or self.email)
        self.write({"state": "received", "reason": False, "outcome": False})
        self._resume()

    def action_take_as_read(self):
        """What a person has filled in on *To sort* is what it is: match it and make the lead."""
        for inquiry in self:
            if not (inquiry.phone or inquiry.email):
                raise UserError(self.env._("Fill in a telephone number or a mail address first."))
            inquiry._normalise_typed()
            record = inquiry.sudo().with_company(inquiry.company_id)
            record.write(
                {
                    "understood": True,
                    "robot": False,
                    "state": "received",
                    "reason": False,
                    "outcome": False,
                }
            )
            record._process()

    def _normalise_typed(self):
        parsed = self._read_event(self.channel_id, {"phone": self.phone, "email": self.email})
        values = {
            "emails": ", ".join(parsed.emails),
            "phones": ", ".join(phone.number for phone in parsed.phones),
        }
        if parsed.phones:
            values.update(
                phone=parsed.phones[0].number,
                phone_extension=parsed.phones[0].extension or self.phone_extension,
            )
        self.sudo().write(values)

    def action_make_lead(self):
        """Make a lead of a known customer's inquiry, and open it."""
        self.ensure_one()
        self._make_lead()
        return self.action_lead()

    def _make_lead(self):
        if not self.lead_id:
            self.lead_id = self.env["crm.lead"].create(
                {**self._lead_values(), "user_id": self.user_id.id or self.env.uid}
            )

    def action_lead(self):
        """Open the lead."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.lead",
            "res_id": self.lead_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def action_original(self):
        """Download the original as it arrived."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.original_id.id}?download=true",
            "target": "self",
        }

    # ------------------------------------------------------------------ story
    def _story_steps(self):
        """Return [(moment, icon, text)] of everything that happened, in order."""
        self.ensure_one()
        _ = self.env._
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        relations = dict(self._fields["relation"]._description_selection(self.env))
        outcomes = dict(self._fields["outcome"]._description_selection(self.env))
        steps = [
            (
                self.date,
                "fa-inbox",
                _(
                    "Received: %(kind)s, %(channel)s",
                    kind=kinds.get(self.kind),
                    channel=self.channel_id.name,
                ),
            )
        ]
        steps.append(
            (self.date, "fa-book", _("Read by: %(parser)s", parser=self.parser or _("nobody")))
        )
        if self.relation:
            steps.append((self.date, "fa-user", f"{relations[self.relation]}: {self._who()}"))
        if self.lead_id:
            steps.append(
                (self.lead_id.create_date, "fa-star", _("Lead: %(lead)s", lead=self.lead_id.name))
            )
        if self.ack_date:
            steps.append(
                (self.ack_date, "fa-reply", _("Acknowledged to %(address)s", address=self.email))
            )
        if self.assign_date:
            steps.append(
                (
                    self.assign_date,
                    "fa-hand-o-right",
                    _("Assigned to %(user)s", user=self.user_id.name or ""),
                )
            )
        if self.escalation_date:
            steps.append((self.escalation_date, "fa-bell", _("Escalated: waited too long")))
        steps += [
            (
                event.date,
                "fa-comments",
                _("Went on: %(number)s, %(kind)s", number=event.name, kind=kinds.get(event.kind)),
            )
            for event in self.thread_ids
        ]
        if self.response_date:
            steps.append(
                (
                    self.response_date,
                    "fa-check",
                    _("First answer after %(hours).1f working hours", hours=self.response_hours),
                )
            )
        if self.outcome:
            steps.append(
                (
                    self.write_date,
                    "fa-flag",
                    _("Outcome: %(outcome)s", outcome=outcomes[self.outcome]),
                )
            )
        steps = [step for step in steps if step[0]]
        return [
            (format_datetime(self.env, moment), icon, text)
            for moment, icon, text in sorted(steps, key=lambda step: step[0])
        ]

    def _text_html(self):
        return Markup("<p>%s</p>") % Markup("<br/>").join((self.text or "").split("\n"))
