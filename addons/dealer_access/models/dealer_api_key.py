from psycopg2 import Error as DatabaseError

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.base.models.res_users import INDEX_SIZE

from ..door import current_call
from .res_users_apikeys import API_SCOPE

DEFAULT_MAX_DAYS = 180
DEFAULT_REMINDER_DAYS = 14


class DealerApiKey(models.Model):
    """A key by which a connected dealer's system calls the partner API.

    The secret itself is kept by Odoo as a hash and shown once. This is its card: for
    whom, for what, until when, and when it was last used.
    """

    _name = "dealer.api.key"
    _description = "Partner API Key"
    _inherit = ["dealer.two.party.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "active desc, expiration_date, id"
    _upstream_party = "oem_company_id"  # the OEM runs the region, whoever sells to the dealer

    name = fields.Char(required=True, tracking=True, help="The system that uses the key.")
    active = fields.Boolean(default=True, readonly=True, copy=False)
    user_id = fields.Many2one(
        "res.users",
        string="Technical user",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    api_model_ids = fields.Many2many(
        "dealer.api.model",
        string="Only these methods",
        readonly=True,
        help="Empty: everything that the partner API offers.",
    )
    expiration_date = fields.Datetime(string="Valid until", required=True, readonly=True)
    last_use = fields.Datetime(readonly=True, copy=False, help="Within a minute.")
    revoked_date = fields.Datetime(string="Revoked on", readonly=True, copy=False)
    state = fields.Selection(
        [("valid", "Valid"), ("expired", "Expired"), ("revoked", "Revoked")],
        compute="_compute_state",
    )
    apikey_id = fields.Many2one(
        "res.users.apikeys",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
        groups=fields.NO_ACCESS,
    )
    key_index = fields.Char(
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        help="First digits of the secret, by which it is found.",
    )

    _user_index_uniq = models.Constraint(
        "UNIQUE(user_id, key_index)", "Make the key again: by chance it looks like another."
    )
    _expiring_idx = models.Index("(expiration_date) WHERE active")

    @api.depends("active", "expiration_date")
    def _compute_state(self):
        now = fields.Datetime.now()
        for key in self:
            if not key.active:
                key.state = "revoked"
            else:
                key.state = "expired" if key.expiration_date < now else "valid"

    # ---------------------------------------------------------------- actions
    def action_revoke(self):
        """Make the keys worthless at once.

        :raise AccessError: for everybody but the dealer's principal and the OEM's administrators
        """
        self._check_may_manage(self.dealer_id)
        self._revoke()
        return True

    @api.model
    def action_create(self):
        """Open the wizard that makes a key."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New API key"),
            "res_model": "dealer.api.key.create",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_dealer_id": self.env.context.get("default_dealer_id")
                or self.env.user.sudo().dealer_id.id
            },
        }

    # --------------------------------------------------------------- business
    @api.model
    def _issue(self, dealer, name, expiration_date, api_models):
        """Make a key for a connected dealer's technical user.

        :param dealer: dealer.dealer
        :param str name: the system that will use it
        :param datetime expiration_date: end of its validity
        :param api_models: dealer.api.model it is limited to; empty for no limit
        :return: (dealer.api.key, the secret), the secret cannot be had again
        """
        self._check_may_manage(dealer)
        self._check_issue(dealer, expiration_date)
        dealer = dealer.sudo()
        user = dealer.api_user_id
        secret = (
            self.env["res.users.apikeys"]
            .with_user(user)
            .sudo()
            ._generate(API_SCOPE, name, expiration_date)
        )
        key = self.sudo().create(
            {
                "name": name,
                "dealer_id": dealer.id,
                "user_id": user.id,
                "api_model_ids": api_models.ids,
                "expiration_date": expiration_date,
                "key_index": secret[:INDEX_SIZE],
                "apikey_id": self._newest_apikey(user).id,
            }
        )
        self.env["dealer.access.event"]._log("key_created", user, dealer, name)
        return key.sudo(False), secret

    @api.model
    def _newest_apikey(self, user):
        return (
            self.env["res.users.apikeys"]
            .sudo()
            .search([("user_id", "=", user.id)], order="id desc", limit=1)
        )

    @api.model
    def _check_issue(self, dealer, expiration_date):
        if dealer.mode != "connected":
            raise UserError(
                self.env._(
                    "%(dealer)s works in this system: API keys are for connected dealers.",
                    dealer=dealer.display_name,
                )
            )
        dealer._check_sign_in_permitted()
        user = dealer.sudo().api_user_id
        if not user or not user.active:
            raise UserError(
                self.env._(
                    "%(dealer)s has no technical user yet: provision it first.",
                    dealer=dealer.display_name,
                )
            )
        now = fields.Datetime.now()
        latest = fields.Datetime.add(now, days=self._max_days(), hours=1)
        if not now < expiration_date <= latest:
            raise ValidationError(
                self.env._("A key is valid for one to %(days)d days.", days=self._max_days())
            )

    @api.model
    def _check_may_manage(self, dealers):
        """:raise AccessError: the user is neither principal there nor OEM administrator"""
        user = self.env.user
        if self.env.su or user.has_group("dealer_network.group_network_administrator"):
            dealers.check_access("read")
            return
        for dealer in dealers:
            if not dealer._is_principal(user):
                raise AccessError(
                    self.env._(
                        "Only the dealer's principal and the OEM's administrators manage its keys."
                    )
                )

    def _revoke(self):
        keys = self.sudo().filtered("active")
        keys.apikey_id.unlink()
        keys.activity_unlink(["dealer_access.mail_activity_key_expires"])
        keys.write({"active": False, "revoked_date": fields.Datetime.now()})
        # checked passwords are cached
        self.env.registry.clear_cache()

    @api.model
    def _max_days(self):
        value = self.env["ir.config_parameter"].sudo().get_param("dealer_access.api_key_max_days")
        return int(value or DEFAULT_MAX_DAYS)

    # ------------------------------------------------------------------- gate
    @api.model
    def _of_secret(self, user, secret):
        """Return the card of a key that was found good, by its first digits."""
        return self.search(
            [("user_id", "=", user.id), ("key_index", "=", (secret or "")[:INDEX_SIZE])], limit=1
        )

    @api.model
    def _of_request(self, user):
        """Return the card of the key by which the current request came, or an empty one."""
        secret = current_call().secret
        return self._of_secret(user, secret) if secret else self.browse()

    def _opens(self, api_model_id):
        """Tell whether this key may call a method of the list; a key without card may not."""
        return bool(self) and (not self.api_model_ids or api_model_id in self.api_model_ids.ids)

    def _touch(self):
        """Note the use, once a minute at most.

        Two calls at the same instant want to write the same row; which of them does is
        of no interest, so the loser goes on.
        """
        if self.env.cr.readonly:
            return
        try:
            with self.env.cr.savepoint(flush=False):
                self.env.cr.execute(
                    """UPDATE dealer_api_key SET last_use = now() AT TIME ZONE 'UTC'
                        WHERE id IN %s AND (last_use IS NULL OR
                              last_use < now() AT TIME ZONE 'UTC' - interval '1 minute')""",
                    [tuple(self.ids)],
                    log_exceptions=False,
                )
        except DatabaseError:
            return
        self.invalidate_recordset(["last_use"], flush=False)

    # ------------------------------------------------------------------- cron
    @api.model
    def _cron_remind(self):
        """Ask the dealers' principals in time to replace keys that run out."""
        days = int(
            self.env["ir.config_parameter"].sudo().get_param("dealer_access.key_reminder_days")
            or DEFAULT_REMINDER_DAYS
        )
        now = fields.Datetime.now()
        keys = self.search(
            [
                ("expiration_date", ">=", now),
                ("expiration_date", "<=", fields.Datetime.add(now, days=days)),
            ]
        )
        reminder = self.env.ref("dealer_access.mail_activity_key_expires")
        for key in keys.filtered(lambda key: reminder not in key.activity_ids.activity_type_id):
            key._remind()

    def _remind(self):
        self.ensure_one()
        responsible = self.dealer_id._principal_users()[:1] or self.create_uid
        key = self.with_context(lang=responsible.lang)
        key.activity_schedule(
            "dealer_access.mail_activity_key_expires",
            date_deadline=self.expiration_date.date(),
            summary=key.env._("Replace the API key %(name)s", name=self.name),
            user_id=responsible.id,
        )
