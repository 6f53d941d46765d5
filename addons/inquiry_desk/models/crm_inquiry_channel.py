import math
import secrets

from odoo import api, fields, models

from ..parsers.phone import normalise

KINDS = [
    ("mail", "Mailbox"),
    ("form", "Form of the site"),
    ("chat", "Chat"),
    ("telephone", "Telephone"),
    ("visit", "Walk-in"),
    ("api", "Programming interface"),
]
PER_MINUTE = 60  # calls of one webhook that are taken, unless the settings say otherwise


class CrmInquiryChannel(models.Model):
    """A door through which requests come: a mailbox, a chat account, a form, a telephone line."""

    _name = "crm.inquiry.channel"
    _description = "Inquiry Channel"
    _inherit = ["mail.alias.mixin.optional"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(KINDS, required=True, default="mail")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    team_id = fields.Many2one("crm.team", string="Department", check_company=True)
    head_id = fields.Many2one(
        "res.users",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Is told of each new lead and of what waits too long, "
        "besides the leader of the department.",
    )
    calendar_id = fields.Many2one(
        "resource.calendar",
        string="Working hours",
        check_company=True,
        help="Empty: those of the company.",
    )
    sla_hours = fields.Float(
        string="Answer within",
        default=4.0,
        help="Working hours until the first answer; nothing escalates with 0.",
    )
    line_numbers = fields.Char(
        string="Numbers of the line",
        help="Our numbers that are dialled to reach this line, separated by commas. They tell to "
        "which channel a call belongs, and are never taken for a customer's.",
    )
    mailbox = fields.Char(
        groups="base.group_system",
        help="Addresses of this mailbox where they differ from the alias: mail fetched from "
        "another server or forwarded. Separated by commas.",
    )
    fetchmail_server_id = fields.Many2one(
        "fetchmail.server",
        string="Fetched from",
        groups="base.group_system",
        help="What this server brings goes here, whoever it is addressed to.",
    )
    template_ids = fields.Many2many(
        "crm.inquiry.template",
        string="Templates",
        help="Tried in their order; empty: all. Last comes handwriting.",
    )
    acknowledge = fields.Boolean(
        default=True, help="Answer at once, in the sender's language, with the number."
    )
    ack_template_id = fields.Many2one(
        "mail.template",
        string="Acknowledgement",
        domain="[('model', '=', 'crm.inquiry')]",
        default=lambda self: self.env.ref(
            "inquiry_desk.mail_template_acknowledgement", raise_if_not_found=False
        ),
    )
    token = fields.Char(
        copy=False,
        readonly=True,
        groups="inquiry_desk.group_inquiry_manager",
        default=lambda self: secrets.token_urlsafe(32),
    )
    hook_url = fields.Char(
        "Webhook", compute="_compute_hook_url", groups="inquiry_desk.group_inquiry_manager"
    )
    widget = fields.Char(help="Number of the chat's widget; others are refused. Empty: any.")
    hook_limit = fields.Integer(
        "Taken in a minute",
        compute="_compute_hook_limit",
        groups="inquiry_desk.group_inquiry_manager",
        help="Set by the administrator of the system. What comes beyond is refused with 429 and "
        "counted here.",
    )
    hook_refused = fields.Integer(
        "Refused in 30 days",
        compute="_compute_hook_refused",
        groups="inquiry_desk.group_inquiry_manager",
    )
    hook_refused_date = fields.Datetime(
        "Last refused",
        compute="_compute_hook_refused",
        groups="inquiry_desk.group_inquiry_manager",
    )
    inquiry_count = fields.Integer(compute="_compute_inquiry_count")

    _token_uniq = models.UniqueIndex("(token)", "The webhook's token is taken.")

    @api.depends("token", "kind")
    def _compute_hook_url(self):
        for channel in self:
            hooked = channel.kind in ("chat", "form", "api") and channel.token
            channel.hook_url = (
                f"{channel.get_base_url()}/inquiry/{channel.token}" if hooked else False
            )

    def _compute_hook_limit(self):
        self.hook_limit = self._hook_limit()

    def _compute_hook_refused(self):
        groups = self.env["crm.inquiry.refusal"]._read_group(
            [("channel_id", "in", self.ids)], ["channel_id"], ["__count", "date:max"]
        )
        refused = {channel: facts for channel, *facts in groups}
        for channel in self:
            channel.hook_refused, channel.hook_refused_date = refused.get(channel, (0, False))

    def _compute_inquiry_count(self):
        groups = self.env["crm.inquiry"]._read_group(
            [("channel_id", "in", self.ids)], ["channel_id"], ["__count"]
        )
        counts = dict(groups)
        for channel in self:
            channel.inquiry_count = counts.get(channel, 0)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("alias_name") and not vals.get("alias_domain_id"):
                vals.pop("alias_domain_id", None)  # a form sends it empty: the company's is meant
        channels = super().create(vals_list)
        channels.company_id._inquiry_sequences()
        return channels

    def action_new_token(self):
        """Replace the webhook's token; what still uses the old one is refused from now on."""
        for channel in self:
            channel.token = secrets.token_urlsafe(32)
        return True

    def action_refusals(self):
        """Open the calls of the webhook that were refused."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "inquiry_desk.crm_inquiry_refusal_action"
        )
        action["domain"] = [("channel_id", "=", self.id)]
        return action

    def action_inquiries(self):
        """Open the inquiries that came by this channel."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("inquiry_desk.crm_inquiry_action")
        action["domain"] = [("channel_id", "=", self.id)]
        return action

    def _alias_get_creation_values(self):
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id("crm.inquiry")
        if self.id:
            values["alias_defaults"] = {"channel_id": self.id}
        return values

    # ------------------------------------------------------------------ services
    @api.model
    def _hook_limit(self):
        """Return how many calls of one webhook are taken in a minute."""
        parameters = self.env["ir.config_parameter"].sudo()
        written = parameters.get_param("inquiry_desk.hook_per_minute") or ""
        return int(written) if written.isdigit() and int(written) else PER_MINUTE

    def _hook_wait(self):
        """Return after how many seconds the webhook takes a call again, 0 when it does now.

        Counted in what was taken, so that all processes count together and none waits for another;
        calls that come at the very same time may be a few more.
        """
        self.ensure_one()
        by_hook = [("channel_id", "=", self.id), ("message_id", "=", False)]
        oldest = self.env["crm.inquiry"].search(
            by_hook, order="id desc", offset=self._hook_limit() - 1, limit=1
        )
        passed = (self.env.cr.now() - oldest.create_date).total_seconds() if oldest else 60
        return max(math.ceil(60 - passed), 0)

    @api.model
    def _for_mail(self, recipients):
        """Return the channels a mail is for, by its recipients, else by the server it was fetched
        from.
        """
        mailboxes = self.sudo().search(
            [("kind", "in", ("mail", "form", "chat")), ("mailbox", "!=", False)]
        )
        channels = mailboxes.filtered(lambda channel: channel._mailboxes() & set(recipients))
        channels |= self.sudo().search([("alias_id.alias_full_name", "in", list(recipients))])
        server = self.env.context.get("default_fetchmail_server_id")
        if not channels and server:
            channels = self.sudo().search([("fetchmail_server_id", "=", server)])
        return channels

    @api.model
    def _for_line(self, number, company):
        """Return the telephone channel of a company for the number that was dialled.

        :param str number: in any form; that of a line, an extension or a trunk
        :return: the channel that names the number, else the company's first of kind telephone
        """
        lines = self.sudo().search([("kind", "=", "telephone"), ("company_id", "=", company.id)])
        dialled = _line_key(number, company)
        named = lines.filtered(lambda line: dialled and dialled in line._line_keys())
        return (named or lines)[:1]

    def _line_keys(self):
        written = (self.line_numbers or "").split(",")
        return {_line_key(number, self.company_id) for number in written} - {""}

    def _address(self):
        """Return the address that mails of the channel come from and answers go to, or ""."""
        self.ensure_one()
        mailbox = (self.sudo().mailbox or "").split(",")[0].strip()
        return self.alias_email or mailbox

    def _mailboxes(self):
        return {
            address.strip().lower()
            for address in (self.mailbox or "").split(",")
            if address.strip()
        }

    def _specifications(self):
        """Return the templates of the channel as the readers take them."""
        self.ensure_one()
        templates = self.template_ids or self.env["crm.inquiry.template"].search(
            [("company_id", "in", [False, self.company_id.id])]
        )
        own_first = templates.sorted(
            lambda template: (not template.company_id, template.sequence, template.id)
        )
        return [template._specification() for template in own_first]

    def _calendar(self):
        """Return the working hours, which whoever answers need not be allowed to read."""
        self.ensure_one()
        self = self.sudo()
        return self.calendar_id or self.company_id.resource_calendar_id

    def _heads(self, team=None):
        """Return who is told of new leads: the head of the channel and the leader of the
        department.
        """
        self.ensure_one()
        heads = self.head_id | (team or self.team_id).user_id
        return heads.filtered(lambda user: user.active and self.company_id in user.company_ids)


def _line_key(number, company):
    """Return what two spellings of one number have in common; short ones as they are."""
    phone = normalise(number or "", company.country_id.code)
    return phone.number if phone else "".join(filter(str.isalnum, number or ""))
