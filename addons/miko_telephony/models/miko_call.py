from datetime import timedelta

from odoo import api, fields, models

GC_BATCH = 1000
#: what says who called, or what about
PERSONAL = (
    "number",
    "number_raw",
    "partner_id",
    "contact_name",
    "contact_company",
    "contact_email",
    "note",
    "facts",
    "cards",
)


class MikoCall(models.Model):
    """A telephone call, from the first ring to its end, whoever took part in it.

    Written by the listener (`_store`) from what the exchange reports; people add who called and
    what
    about. `outcome` is what came of it for the customer: *answered* only when a person spoke with
    him,
    so that voicemail, a menu and a queue he gave up count as *missed*.
    """

    _name = "miko.call"
    _description = "Telephone Call"
    _inherit = [
        "kept.field.mixin",
        "miko.call.store",
        "miko.call.card",
        "miko.call.form",
        "miko.call.control",
        "miko.call.callback",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date desc, id desc"
    _check_company_auto = True

    # what the exchange reports, and whether the customer was called back, nobody types in
    _kept_fields = frozenset(
        {
            "pbx_id",
            "direction",
            "state",
            "outcome",
            "reason",
            "number",
            "number_raw",
            "anonymous",
            "blocked",
            "did",
            "line_id",
            "queue",
            "extension",
            "last_extension",
            "user_id",
            "last_user_id",
            "team_id",
            "responsible_id",
            "inquiry_id",
            "transferred",
            "intercepted",
            "date",
            "answer_date",
            "end_date",
            "wait_seconds",
            "talk_seconds",
            "external_channel",
            "recording_paths",
            "consent",
            "consent_text",
            "facts",
            "cards",
            "forgotten",
            "todo",
            "todo_date",
            "callback_state",
            "callback_date",
            "callback_hours",
            "callback_call_id",
            "callback_attempts",
            "callback_calls",
        }
    )

    # which call
    pbx_id = fields.Many2one("miko.pbx", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(
        "res.company", related="pbx_id.company_id", store=True, readonly=True, precompute=True
    )
    alias_ids = fields.One2many("miko.call.alias", "call_id", readonly=True)
    leg_ids = fields.One2many("miko.call.leg", "call_id", string="Telephones", readonly=True)
    direction = fields.Selection(
        [("inbound", "Incoming"), ("outbound", "Outgoing"), ("internal", "Internal")],
        required=True,
        readonly=True,
        default="inbound",
    )
    state = fields.Selection(
        [("ringing", "Ringing"), ("talking", "Talking"), ("ended", "Ended")],
        required=True,
        readonly=True,
        default="ringing",
        group_expand=True,
    )
    outcome = fields.Selection(
        [
            ("answered", "Answered"),
            ("missed", "Missed"),
            ("busy", "Busy"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
        ],
        readonly=True,
    )
    reason = fields.Selection(
        [
            ("noanswer", "Nobody answered"),
            ("abandoned", "The caller hung up"),
            ("queue", "Gave up in the queue"),
            ("voicemail", "Voicemail"),
            ("menu", "Got no further than the menu"),
            ("busy", "Busy"),
            ("unreachable", "No telephone was reachable"),
            ("cancelled", "We hung up first"),
            ("phone", "Our own telephone did not answer"),
            ("failed", "The connection failed"),
        ],
        readonly=True,
    )
    # who
    number = fields.Char(readonly=True, help="Of the other side, in international form.")
    number_raw = fields.Char(string="Number as reported", readonly=True)
    anonymous = fields.Boolean(string="Number hidden", readonly=True)
    blocked = fields.Boolean(readonly=True)
    did = fields.Char(string="Dialled number", readonly=True)
    line_id = fields.Many2one(
        "miko.line", readonly=True, ondelete="set null", index="btree_not_null"
    )
    queue = fields.Char(readonly=True)
    extension = fields.Char(readonly=True, help="Which answered first, or which called.")
    last_extension = fields.Char(readonly=True, help="Which spoke last.")
    user_id = fields.Many2one(
        "res.users", string="Colleague", readonly=True, index="btree_not_null", ondelete="set null"
    )
    last_user_id = fields.Many2one(
        "res.users", string="Spoke last", readonly=True, ondelete="set null"
    )
    team_id = fields.Many2one("crm.team", string="Department", readonly=True, ondelete="set null")
    partner_id = fields.Many2one(
        "res.partner", string="Contact", check_company=True, index="btree_not_null"
    )
    commercial_partner_id = fields.Many2one(
        "res.partner",
        related="partner_id.commercial_partner_id",
        store=True,
        index="btree_not_null",
        string="Customer",
    )
    responsible_id = fields.Many2one(
        "res.users",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    inquiry_id = fields.Many2one(
        "crm.inquiry", readonly=True, index="btree_not_null", ondelete="set null"
    )
    lead_id = fields.Many2one("crm.lead", index="btree_not_null", ondelete="set null")
    transferred = fields.Boolean(readonly=True)
    intercepted = fields.Boolean(
        string="Fetched", readonly=True, help="The responsible took it out of the ringing."
    )
    # when
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    answer_date = fields.Datetime(string="Answered at", readonly=True)
    end_date = fields.Datetime(string="Ended at", readonly=True)
    wait_seconds = fields.Integer(string="Waited (s)", readonly=True, aggregator="avg")
    talk_seconds = fields.Integer(string="Talked (s)", readonly=True)
    # taken down by a person
    contact_name = fields.Char(string="Name")
    contact_company = fields.Char(string="Company name")
    contact_email = fields.Char(string="Mail address")
    note = fields.Text(string="What about")
    # of the exchange and of the listener
    external_channel = fields.Char(readonly=True)
    recording_paths = fields.Json(readonly=True)
    consent = fields.Boolean(
        string="Told of the recording", readonly=True, help="By the line's announcement."
    )
    consent_text = fields.Text(
        string="Words of the announcement", readonly=True, help="As they were at the time."
    )
    facts = fields.Json(readonly=True, prefetch=False, copy=False)
    cards = fields.Json(readonly=True, copy=False)
    forgotten = fields.Boolean(readonly=True, help="By the exchange's rule; the call still counts.")
    todo = fields.Boolean(readonly=True, copy=False)
    todo_date = fields.Datetime(readonly=True, copy=False)

    _by_day = models.Index("(company_id, date DESC, id DESC)")
    _by_number = models.Index("(number, company_id) WHERE number IS NOT NULL")
    _live = models.Index("(pbx_id) WHERE state != 'ended'")
    _to_do = models.Index("(todo_date) WHERE todo")
    _callback_open = models.Index("(company_id, number) WHERE callback_state = 'due'")

    @api.depends("number", "anonymous", "forgotten", "partner_id", "direction")
    def _compute_display_name(self):
        nobody = {False: self.env._("Hidden number"), True: self.env._("Forgotten caller")}
        for call in self:
            shown = call.number or call.number_raw or nobody[call.forgotten]
            # a caller whose name nobody has taken down yet is called by his number
            name = call.partner_id.name
            call.display_name = f"{name}, {shown}" if name and name != shown else shown

    @api.autovacuum
    def _gc_callers(self):
        """Take callers out of old calls, where the exchange's rule says so.

        :return: how many calls were changed, and whether there are more
        """
        done, more = 0, False
        rules = [("caller_days", ">", 0)]
        for pbx in self.env["miko.pbx"].with_context(active_test=False).search(rules):
            before = fields.Datetime.now() - timedelta(days=pbx.caller_days)
            domain = [
                ("pbx_id", "=", pbx.id),
                ("end_date", "<", before),
                ("forgotten", "=", False),
                ("callback_state", "!=", "due"),
            ]
            old = self.search(domain, order="date", limit=GC_BATCH)
            old.write({"forgotten": True, **dict.fromkeys(PERSONAL, False)})
            done, more = done + len(old), more or len(old) == GC_BATCH
        return done, more
