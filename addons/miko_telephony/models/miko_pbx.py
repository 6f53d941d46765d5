from datetime import UTC, datetime

from odoo import api, fields, models

from odoo.addons.base.models.res_partner import _tz_get

from ..engine import Numbering
from ..rest import RestClient


class MikoPbx(models.Model):
    """A telephone exchange: how it is reached, how its numbers are made up."""

    _name = "miko.pbx"
    _description = "Telephone Exchange"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    # how it is reached
    host = fields.Char(required=True, help="Name or address, as the listener reaches it.")
    ami_port = fields.Integer(string="AMI port", required=True, default=5038)
    ami_user = fields.Char(
        string="AMI user",
        required=True,
        groups="miko_telephony.group_administrator",
        help="Made in the exchange under Asterisk Manager Interface users. Reads agent, call, "
        "cdr, user, "
        "system; writes system, call, originate, reporting.",
    )
    ami_secret = fields.Char(
        string="AMI password", groups="miko_telephony.group_administrator", copy=False
    )
    rest_url = fields.Char(
        string="Web interface", help="https://pbx.example; empty: there is no catching up."
    )
    rest_key = fields.Char(
        string="API key",
        groups="miko_telephony.group_administrator",
        copy=False,
        help="Made in the exchange under API keys, with the paths /pbxcore/api/v3/cdr.",
    )
    rest_verify = fields.Boolean(string="Check certificate", default=True)
    history = fields.Selection(
        [
            ("v3", "Complete (2026.1 and later)"),
            ("old", "Recordings only (before 2026.1)"),
            ("none", "None"),
        ],
        string="Call history",
        required=True,
        default="v3",
        help="Found out by the test. Without a complete history, calls made while nobody "
        "listened are lost.",
    )
    # numbering
    country_id = fields.Many2one(
        "res.country",
        string="Dials from",
        compute="_compute_country_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    tz = fields.Selection(
        _tz_get,
        string="Time zone",
        required=True,
        default=lambda self: self.env.user.tz or "UTC",
        help="In which the exchange writes its call history.",
    )
    internal_length = fields.Integer(
        string="Digits of an extension", required=True, default=3, help="At most."
    )
    channel_id = fields.Many2one(
        "crm.inquiry.channel",
        string="Inquiries to",
        domain="[('kind', '=', 'telephone')]",
        check_company=True,
        help="For lines without a channel of their own.",
    )
    duty_user_id = fields.Many2one(
        "res.users",
        string="On duty",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Gets missed calls nobody else is responsible for.",
    )
    keeper_id = fields.Many2one(
        "res.users",
        string="Looked after by",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        default=lambda self: self.env.user.filtered("active"),
        help="Is told when nobody listens to the exchange, or its call history cannot be read.",
    )
    caller_days = fields.Integer(
        string="Keep callers (days)",
        default=0,
        help="After that, numbers, names and notes are taken out of calls; the calls still count. "
        "0: they are kept.",
    )
    # names of contexts in the exchange's dial plan
    context_originate = fields.Char(required=True, default="internal-originate")
    context_dial = fields.Char(required=True, default="all_peers")
    context_transfer = fields.Char(required=True, default="internal-transfer")
    context_fetch = fields.Char(required=True, default="interception-bridge")
    auto_answer = fields.Boolean(
        string="Phone answers by itself", help="When a colleague clicks a number."
    )
    # what belongs to it
    line_ids = fields.One2many("miko.line", "pbx_id", string="Lines")
    extension_ids = fields.One2many("miko.extension", "pbx_id", string="Extensions")
    gap_ids = fields.One2many("miko.gap", "pbx_id", string="Gaps")
    health_ids = fields.One2many("miko.health", "pbx_id")
    state = fields.Selection(related="health_ids.shown_state", string="Listener")
    cause = fields.Selection(related="health_ids.cause")
    seen = fields.Datetime(related="health_ids.seen", string="Last sign of life")
    last_event = fields.Datetime(related="health_ids.last_event")
    lag_ms = fields.Integer(related="health_ids.lag_ms")
    skew = fields.Float(related="health_ids.skew")
    sweep_date = fields.Datetime(related="health_ids.sweep_date")
    sweep_message = fields.Char(compute="_compute_sweep_message")
    unstored_date = fields.Datetime(related="health_ids.unstored_date")
    test_report = fields.Html(readonly=True, copy=False, sanitize=True)
    call_count = fields.Integer(compute="_compute_call_count", string="Calls")

    _port_is_one = models.Constraint(
        "CHECK (ami_port BETWEEN 1 AND 65535)", "A port is a number from 1 to 65535."
    )
    _caller_days_positive = models.Constraint(
        "CHECK (caller_days >= 0)", "Callers are kept for a number of days, or for ever."
    )
    _length_positive = models.Constraint(
        "CHECK (internal_length BETWEEN 2 AND 9)", "An extension has 2 to 9 digits."
    )

    @api.depends("company_id")
    def _compute_country_id(self):
        for pbx in self:
            pbx.country_id = pbx.company_id.country_id

    @api.depends("health_ids.sweep_problem")
    def _compute_sweep_message(self):
        for pbx in self:
            problem = pbx._health().sweep_problem
            pbx.sweep_message = pbx._rest_words(problem) if problem else False

    def _compute_call_count(self):
        groups = self.env["miko.call"]._read_group(
            [("pbx_id", "in", self.ids)], ["pbx_id"], ["__count"]
        )
        counts = dict(groups)
        for pbx in self:
            pbx.call_count = counts.get(pbx, 0)

    @api.model_create_multi
    def create(self, vals_list):
        exchanges = super().create(vals_list)
        self.env["miko.health"].sudo().create([{"pbx_id": pbx.id} for pbx in exchanges])
        return exchanges

    def unlink(self):
        """Delete the calls, too, with what hangs on them: the database's own cascade would leave
        messages, tasks and files for ever.
        """
        self.check_access("unlink")
        # sudo: all of them, whoever took part; who may delete the exchange may delete its calls
        self.env["miko.call"].sudo().search([("pbx_id", "in", self.ids)]).unlink()
        return super().unlink()

    def action_calls(self):
        """Open the exchange's calls."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("miko_telephony.miko_call_action")
        action["domain"] = [("pbx_id", "=", self.id)]
        return action

    # ------------------------------------------------------------------ services
    def _health(self):
        self.ensure_one()
        return self.sudo().health_ids[:1]

    def _numbering(self):
        """Return the :class:`~..engine.Numbering` of the exchange."""
        self.ensure_one()
        extensions = self.sudo().extension_ids
        mobiles = {
            form: extension.number
            for extension in extensions
            for form in self._mobile_forms(extension.mobile)
        }
        return Numbering(self.internal_length, frozenset(extensions.mapped("number")), mobiles)

    def _mobile_forms(self, mobile):
        """Return the digits by which exchange and provider may name a mobile: written in the
        national form, it is reported in the international one, and the other way round.
        """
        return self.env["crm.contact.key"]._digits(mobile, self._region())

    def _number(self, raw, country=None):
        """Return a number as contacts are looked up by it: E.164, else its digits, or False.

        :param country: whose national form it may have; none: the one the exchange dials from
        """
        self.ensure_one()
        return self.env["crm.contact.key"]._number(raw, self._region(country))

    def _region(self, country=None):
        return (country or self.country_id or self.company_id.country_id).code

    def _channel(self):
        """Return the channel of inquiries, made when there is none yet."""
        self.ensure_one()
        pbx = self.sudo()
        if not pbx.channel_id:
            pbx.channel_id = (
                self.env["crm.inquiry.channel"]
                .sudo()
                .create({"name": pbx.name, "kind": "telephone", "company_id": pbx.company_id.id})
            )
        return pbx.channel_id

    def _rest(self):
        """Return a client of the web interface, None when there is none."""
        self.ensure_one()
        pbx = self.sudo()
        if pbx.history == "none" or not (pbx.rest_url and pbx.rest_key):
            return None
        return RestClient(pbx.rest_url, pbx.rest_key, pbx.rest_verify)

    def _account(self):
        """Return what a connection to the manager interface wants."""
        self.ensure_one()
        pbx = self.sudo()
        return pbx.host, pbx.ami_port, pbx.ami_user, pbx.ami_secret or ""

    @api.model
    def _naive(self, moment, skew=0.0):
        """Return seconds by the exchange's clock as a naive UTC datetime, or False."""
        if moment is None:
            return False
        return datetime.fromtimestamp(moment + skew, UTC).replace(tzinfo=None, microsecond=0)
