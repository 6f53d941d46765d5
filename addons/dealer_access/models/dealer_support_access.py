import logging
from collections import Counter
from typing import NamedTuple

from markupsafe import Markup

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain

_logger = logging.getLogger(__name__)

DEFAULT_MAX_HOURS = 24
# What follows from the buttons. The company is that of which the asker becomes a member: to
# name another would hide the membership from the log, from read only and from its end.
DECIDED = frozenset(
    {
        "name",
        "state",
        "date_start",
        "date_end",
        "user_id",
        "decided_by_id",
        "decline_reason",
        "dealer_company_id",
        "network_company_id",
    }
)
BUFFER = "dealer_access.support_log"
# what shows the log itself, and the frame around every screen
UNLOGGED = frozenset(
    {
        "dealer.support.access",
        "dealer.support.access.log",
        "dealer.access.event",
        "res.company",
        "res.users",
        "bus.bus",
        "ir.filters",
    }
)


class Running(NamedTuple):
    """A support access that is open now."""

    id: int
    company_id: int
    access_mode: str


class DealerSupportAccess(models.Model):
    """A person of the OEM looks into a dealer's own data, as the dealer allows.

    Asked for with reason and time, decided by the dealer's principal, open for the time
    agreed and no longer, ended by either side at any moment, and logged for the dealer.
    """

    _name = "dealer.support.access"
    _description = "Support Access"
    _inherit = ["dealer.two.party.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _mail_post_access = "read"
    _upstream_party = "oem_company_id"  # the OEM's support steps in, whoever sells to the dealer

    name = fields.Char(
        string="Number",
        readonly=True,
        copy=False,
        default=lambda self: self.env._("New"),
    )
    user_id = fields.Many2one(
        "res.users",
        string="For",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
        tracking=True,
    )
    reason = fields.Text(required=True, tracking=True)
    access_mode = fields.Selection(
        [("read", "Read only"), ("write", "Read and write")],
        required=True,
        default="read",
        tracking=True,
    )
    hours = fields.Float(
        string="Duration",
        required=True,
        default=2.0,
        tracking=True,
        help="Hours from the moment of approval.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("requested", "Asked for"),
            ("open", "Open"),
            ("declined", "Declined"),
            ("ended", "Ended"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    date_start = fields.Datetime(string="Opened", readonly=True, copy=False)
    date_end = fields.Datetime(string="Until", readonly=True, copy=False)
    decided_by_id = fields.Many2one("res.users", string="Decided by", readonly=True, copy=False)
    decline_reason = fields.Char(string="Reason of the refusal", readonly=True, copy=False)
    log_ids = fields.One2many("dealer.support.access.log", "access_id", readonly=True)
    log_count = fields.Integer(string="Records opened", compute="_compute_log_count")
    can_decide = fields.Boolean(compute="_compute_can_decide")
    can_end = fields.Boolean(compute="_compute_can_decide")

    _hours_positive = models.Constraint("CHECK(hours > 0)", "A support access needs some time.")
    _open_idx = models.Index("(user_id, date_end) WHERE state = 'open'")
    _open_uniq = models.UniqueIndex(
        "(user_id, dealer_id) WHERE state IN ('requested', 'open')",
        "There is a support access of this person to this dealer already.",
    )

    @api.depends("log_ids")
    def _compute_log_count(self):
        groups = self.env["dealer.support.access.log"]._read_group(
            [("access_id", "in", self.ids)], ["access_id"], ["__count"]
        )
        counts = {access.id: count for access, count in groups}
        for access in self:
            access.log_count = counts.get(access.id, 0)

    @api.depends("dealer_id", "user_id", "state")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        user = self.env.user
        for access in self:
            principal = access.dealer_id._is_principal(user) if access.dealer_id else False
            access.can_decide = principal and access.state == "requested"
            access.can_end = access.state == "open" and (
                principal or access._is_asker() or self._is_administrator()
            )

    # ------------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not self.env.su:
                self._check_untouched(vals)
                vals["user_id"] = self.env.uid
            vals["name"] = self.env["ir.sequence"].sudo().next_by_code("dealer.support.access")
        accesses = super().create(vals_list)
        for access in accesses:
            access._check_hours()
        return accesses

    def write(self, vals):
        if not self.env.su:
            self._check_untouched(vals)
            if {"dealer_id", "reason", "access_mode", "hours"} & vals.keys():
                self._check_is_draft()
        result = super().write(vals)
        if "hours" in vals:
            self._check_hours()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_draft_only(self):
        self._check_is_draft()

    def _check_untouched(self, vals):
        """State, times, person and company follow from the buttons, whoever writes."""
        if DECIDED & vals.keys():
            raise AccessError(
                self.env._("A support access is opened and ended by its buttons only.")
            )

    def _check_is_draft(self):
        for access in self:
            if access.state != "draft":
                raise UserError(
                    self.env._(
                        "%(name)s was asked for already: it stays as it is. Ask for another one.",
                        name=access.name,
                    )
                )

    def _check_hours(self):
        most = self._max_hours()
        for access in self:
            if access.hours > most:
                raise UserError(
                    self.env._(
                        "%(name)s: a support access lasts %(hours)g hours at most.",
                        name=access.name,
                        hours=most,
                    )
                )

    @api.model
    def _max_hours(self):
        value = self.env["ir.config_parameter"].sudo().get_param("dealer_access.support_max_hours")
        return float(value or DEFAULT_MAX_HOURS)

    # ---------------------------------------------------------------- actions
    def action_request(self):
        """Ask the dealer's principal, by activity and mail."""
        for access in self:
            access._check_is_draft()
            access._check_askable()
            access.sudo().state = "requested"
            access.sudo().flush_recordset()
            # from now on the dealer sees the contact of who asks
            self.env.registry.clear_cache()
            access._ask_principals()
            access._log("support_requested", access._summary())
        return True

    def action_approve(self):
        """Open the access from now on; for the dealer's principal."""
        for access in self:
            access._check_decide()
            access._open()
        return True

    def action_decline(self, reason=None):
        """Refuse; for the dealer's principal."""
        for access in self:
            access._check_decide()
            access.sudo().write(
                {
                    "state": "declined",
                    "decided_by_id": self.env.uid,
                    "decline_reason": reason,
                }
            )
            access._close_activities()
            access._tell_asker(self.env._("Declined."))
            access._log("support_declined")
        return True

    def action_end(self):
        """End an open access before its time; for either side."""
        for access in self:
            if access.state != "open":
                raise UserError(self.env._("%(name)s is not open.", name=access.name))
            if not access.can_end:
                raise AccessError(
                    self.env._(
                        "%(name)s: ended by the dealer's principal, by who asked for it, or by the "
                        "OEM's administrators.",
                        name=access.name,
                    )
                )
        self._end("stopped")
        return True

    def action_view_log(self):
        """Show what was opened."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_access.dealer_support_access_log_action"
        )
        action["domain"] = [("access_id", "=", self.id)]
        return action

    # --------------------------------------------------------------- business
    def _check_askable(self):
        self.ensure_one()
        if not self._is_asker() and not self.env.su:
            raise AccessError(self.env._("Everybody asks for access of his own."))
        if not self.dealer_id.sudo().company_id:
            raise UserError(
                self.env._(
                    "%(dealer)s has no data of its own in this system: there is nothing to look "
                    "into.",
                    dealer=self.dealer_id.display_name,
                )
            )
        if not self.dealer_id._principal_users():
            raise UserError(
                self.env._(
                    "%(dealer)s has no principal who could decide.",
                    dealer=self.dealer_id.display_name,
                )
            )

    def _check_decide(self):
        self.ensure_one()
        if self.state != "requested":
            raise UserError(self.env._("%(name)s does not wait for an answer.", name=self.name))
        if not self.dealer_id._is_principal(self.env.user):
            raise AccessError(
                self.env._(
                    "%(name)s: only the principal of %(dealer)s decides.",
                    name=self.name,
                    dealer=self.dealer_id.display_name,
                )
            )

    def _is_asker(self):
        return self.user_id == self.env.user

    @api.model
    def _is_administrator(self):
        return self.env.user.has_group("dealer_network.group_network_administrator")

    def _summary(self):
        return f"{self.name}, {self.access_mode}, {self.hours:g} h"

    def _ask_principals(self):
        access = self.sudo()
        for principal in access.dealer_id._principal_users():
            localized = access.with_context(lang=principal.lang)
            localized.activity_schedule(
                "dealer_access.mail_activity_support_access",
                user_id=principal.id,
                summary=localized.env._(
                    "%(name)s asks to look into your data", name=access.user_id.name
                ),
                note=access.reason,
            )
            localized.message_notify(
                partner_ids=principal.partner_id.ids,
                subject=localized.env._("The OEM asks for support access"),
                body=Markup("<p>%s</p><p>%s</p>")
                % (
                    localized.env._(
                        "%(name)s asks to look into your data for %(hours)g hours. Nothing is "
                        "open before you approve.",
                        name=access.user_id.name,
                        hours=access.hours,
                    ),
                    access.reason,
                ),
            )

    def _close_activities(self):
        self.sudo().activity_unlink(["dealer_access.mail_activity_support_access"])

    def _tell_asker(self, body):
        access = self.sudo()
        access.message_post(body=body, partner_ids=access.user_id.partner_id.ids)

    def _open(self):
        """Make the asker a member of the dealer's company, for the time agreed."""
        self.ensure_one()
        access = self.sudo()
        company = access.dealer_id.company_id
        now = fields.Datetime.now()
        access.write(
            {
                "state": "open",
                "decided_by_id": self.env.uid,
                "date_start": now,
                "date_end": fields.Datetime.add(now, seconds=round(access.hours * 3600)),
                "dealer_company_id": company.id,
            }
        )
        access.flush_recordset()
        access.user_id.write({"company_ids": [Command.link(company.id)]})
        self.env.registry.clear_cache()
        access._close_activities()
        access._tell_asker(
            self.env._("Approved. Choose the dealer's company at the top of the screen.")
        )
        access._log("support_opened", access._summary())

    def _end(self, why):
        """Take the membership back.

        :param str why: ``stopped``, ``expired``: technical, for the audit trail
        """
        for access in self.sudo().filtered(lambda access: access.state == "open"):
            end = min(access.date_end, fields.Datetime.now())
            access.write({"state": "ended", "date_end": end})
            access.flush_recordset()
            access._leave_company()
            access._log("support_closed", f"{access.name}, {why}")
        self.env.registry.clear_cache()

    def _leave_company(self):
        """End the membership, and with it what the user himself hung on it: the choice of the
        company as his default, and mails about its records that he followed."""
        self.ensure_one()
        user, company = self.user_id, self.dealer_company_id
        values = {"company_ids": [Command.unlink(company.id)]}
        if user.company_id == company:
            others = user.company_ids - company
            values["company_id"] = (others & self.dealer_id.oem_company_id or others)[:1].id
        user.write(values)
        user.partner_id._unfollow_company(company)

    def _log(self, event, detail=""):
        self.ensure_one()
        self.env["dealer.access.event"]._log(
            event, self.sudo().user_id, self.sudo().dealer_id, detail
        )

    @api.model
    def _cron_end_expired(self):
        """End what is over, and remind nobody of what was never answered for a week."""
        now = fields.Datetime.now()
        for access in self.search([("state", "=", "open"), ("date_end", "<=", now)]):
            access._end_expired()
        stale = self.search(
            [
                ("state", "=", "requested"),
                ("write_date", "<", fields.Datetime.subtract(now, days=7)),
            ]
        )
        for access in stale:
            access.write({"state": "ended"})
            access._close_activities()
            access._log("support_closed", f"{access.name}, unanswered")

    def _end_expired(self):
        """End an access; when that fails, the others end all the same."""
        try:
            with self.env.cr.savepoint():
                self._end("expired")
        except Exception:
            _logger.exception("support access %s did not end", self.ids)

    # -------------------------------------------------------- on every request
    @api.model
    @tools.ormcache("uid")
    def _granted(self, uid):
        """Return (id, company, mode, end) of the accesses that a user was given and that
        nobody has ended, whatever the clock says."""
        self.flush_model(["user_id", "state", "dealer_company_id", "access_mode", "date_end"])
        self.env.cr.execute(
            """SELECT id, dealer_company_id, access_mode, date_end
                 FROM dealer_support_access
                WHERE user_id = %s AND state = 'open' ORDER BY id""",
            [uid or 0],
        )
        return tuple(self.env.cr.fetchall())

    @api.model
    def _running(self, uid):
        """Return a tuple of :class:`Running`: what a user may look into at this moment."""
        granted = self._granted(uid) if self.env.registry.ready else ()
        if not granted:
            return ()
        now = fields.Datetime.now()
        return tuple(Running(i, company, mode) for i, company, mode, end in granted if now < end)

    @api.model
    def _over_company_ids(self, uid):
        """Return the companies whose time is over although the membership is still there."""
        granted = self._granted(uid) if self.env.registry.ready else ()
        if not granted:
            return ()
        running = {access.company_id for access in self._running(uid)}
        return {company for _id, company, _mode, _end in granted} - running

    @api.model
    def _read_only_company_ids(self, uid):
        return [access.company_id for access in self._running(uid) if access.access_mode == "read"]

    @api.model
    def _company_path(self, model):
        """Return the field that tells to which company a record of a model belongs."""
        if model._name == "res.company":
            return "id"
        policy = self.env["dealer.tenant.policy"].sudo()._policy(model._name)
        path = policy.company_field if policy and policy.company_field else "company_id"
        field = model._fields.get(path.split(".")[0])
        return path if field is not None and field._description_searchable else ""

    @api.model
    def _noted(self, model):
        """Return the accesses by which the user may see records of a model, and the field that
        tells whose they are; none when nothing of this is logged."""
        running = () if self.env.su else self._running(self.env.uid)
        if not running or model._transient or model._abstract or model._name in UNLOGGED:
            return (), ""
        path = self._company_path(model)
        return (running if path else ()), path

    @api.model
    def _note(self, records, operation):
        """Note that the user handles records of a dealer that he supports.

        Costs one look-up in a cache while no support access is open. What is noted is
        written in one statement at the end of the transaction.
        """
        running, path = self._noted(records)
        if not running or not records:
            return
        by_company = {access.company_id: access.id for access in running}
        real = records.sudo().filtered(lambda record: isinstance(record.id, int))
        buffer = self._buffer()
        for record in real.exists():
            access_id = by_company.get(record.mapped(path)[:1].id)
            if access_id:
                buffer[access_id, record._name, record.id, operation] += 1

    @api.model
    def _note_group(self, model, domain):
        """Note that the user counts or sums up records of a dealer that he supports.

        Groups tell of records that nobody opens: a line for each kind, without a record.
        """
        running, path = self._noted(model)
        for access in running:
            of_dealer = Domain(domain) & Domain(path, "in", [access.company_id])
            if model.search_count(of_dealer, limit=1):
                self._buffer()[access.id, model._name, 0, "group"] += 1

    @api.model
    def _note_file(self, file):
        """Note that the user downloads a file: the file, and the record that it belongs to.

        :param file: ir.attachment or the record that holds a picture, with whatever rights
        """
        self._note(file.sudo(False), "read")
        if file._name == "ir.attachment" and file.sudo().res_model in self.env:
            owner = self.env[file.sudo().res_model].browse(file.sudo().res_id)
            self._note(owner, "read")

    @api.model
    def _buffer(self):
        precommit = self.env.cr.precommit
        if BUFFER not in precommit.data:
            precommit.data[BUFFER] = Counter()
            precommit.add(self._write_log)
        return precommit.data[BUFFER]

    @api.model
    def _write_log(self):
        lines = self.env.cr.precommit.data.pop(BUFFER, {})
        log = self.env["dealer.support.access.log"].sudo()
        if not lines:
            return
        if self.env.cr.readonly:
            with self.env.registry.cursor() as cr:
                log._upsert(cr, lines)
        else:
            log._upsert(self.env.cr, lines)
            log.invalidate_model()
