import threading

from odoo import api, fields, models
from odoo.exceptions import AccessDenied, UserError

from ..door import current_call

CUT_OFF_MESSAGE = "dealer_access.signed_out"
TRACKED = "dealer_access.groups"


class ResUsers(models.Model):
    """Cut-off, hygiene and audit of logins."""

    _inherit = "res.users"

    suspended_dealer_id = fields.Many2one(
        "dealer.dealer",
        string="Closed by the suspension of",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
        help="The login is reopened when this dealer's suspension ends.",
    )

    # ------------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        users._audit("user_created")
        return users

    def write(self, vals):
        if "group_ids" in vals:
            self._track_groups()
        if "active" not in vals:
            return super().write(vals)
        changed = self.filtered(lambda user: user.active != bool(vals["active"]))
        result = super().write(vals)
        if changed:
            changed._audit("user_restored" if vals["active"] else "user_archived")
            if not vals["active"]:
                changed._close_websockets()
            if not self.env.su:
                changed._keep_decision(closed=not vals["active"])
        return result

    def _keep_decision(self, closed):
        """Note on today's jobs that an administrator closed or reopened logins by hand: no
        provisioning undoes it. What follows from jobs and states is written by the system.
        """
        # sudo: who administers logins need not see the dealers' staff
        jobs = self.sudo().dealer_staff_ids.filtered(lambda line: line.state == "current")
        jobs.access_closed = closed

    def set_groups_from_roles(self, force=False):
        """Roles write groups past :meth:`write`: look before they do."""
        self.filtered(lambda user: user.role_line_ids or force)._track_groups()
        return super().set_groups_from_roles(force=force)

    # ---------------------------------------------------------------- cut-off
    def _close_websockets(self):
        """Make every process look again at the sockets of these users.

        A socket that gets a message checks its session first and closes when the
        session has ended: the message itself is never delivered. See
        :meth:`_compute_session_token` for why that check is right in each process.
        """
        for user in self.sudo():
            user._bus_send(CUT_OFF_MESSAGE, {})

    def _compute_session_token(self, sid):
        """Never trust the cache in a websocket, and give API users no session at all.

        An HTTP request compares the caches with other processes' first; the dispatch to
        an open websocket does not (``bus/websocket.py``), so a user archived elsewhere
        would go on receiving messages. One look-up by primary key per dispatch it costs.
        """
        if self._is_dealer_api():
            return False
        if getattr(threading.current_thread(), "type", None) == "websocket":
            return self._session_token_hash_compute(sid, self._session_token_get_values())
        return super()._compute_session_token(sid)

    def _legacy_session_token_hash_compute(self, sid):
        return False if self._is_dealer_api() else super()._legacy_session_token_hash_compute(sid)

    def _is_shut_out(self):
        """Tell whether the user works for dealers of which none lets anybody sign in."""
        user = self.sudo()
        dealers = user._current_dealer_jobs().dealer_id or user.dealer_id
        return bool(dealers) and not any(dealer.permits("sign_in") for dealer in dealers)

    def _sync_dealer_access(self, leaving=None):
        """A job at a dealer for which nobody signs in opens nothing beside another one."""
        jobs = self._current_dealer_jobs()
        shut = jobs.filtered(lambda line: not line.dealer_id.permits("sign_in"))
        return super()._sync_dealer_access(leaving=shut | leaving if leaving else shut)

    def _remove_api_keys(self):
        """Delete every API key of these users."""
        self.sudo().api_key_ids.unlink()

    # --------------------------------------------------------------- sign-in
    def _is_dealer_api(self):
        """Tell whether this is a technical user of a connected dealer."""
        return (
            len(self) == 1
            and bool(self.id)
            and self.sudo()._has_group("dealer_network.group_dealer_api")
        )

    def _login(self, credential, user_agent_env):
        try:
            auth_info = super()._login(credential, user_agent_env)
        except AccessDenied:
            if credential.get("login"):
                self.env["dealer.access.event"]._log_refusal(credential["login"])
            raise
        user = self.with_user(auth_info["uid"]).browse(auth_info["uid"])
        user._audit("login_ok", auth_info["auth_method"])
        return auth_info

    def _check_credentials(self, credential, env):
        """API users sign in by key and from programs; nobody signs in for a dealer whose
        state does not permit it."""
        user = self.env.user
        if user._is_dealer_api() and (env or {}).get("interactive", True):
            raise AccessDenied()
        if user._is_shut_out():
            raise AccessDenied()
        return super()._check_credentials(credential, env)

    def _rpc_api_keys_only(self):
        return self._is_dealer_api() or super()._rpc_api_keys_only()

    @api.model
    def _check_uid_passwd(self, uid, passwd):
        """The last place that every call of XML-RPC and JSON-RPC passes.

        A technical user gets through for a call that the facade allows, and no other.
        """
        result = super()._check_uid_passwd(uid, passwd)
        user = self.browse(uid)
        if user._is_dealer_api():
            call = current_call()
            self.env["dealer.api"]._enter(user, passwd, call.model, call.method)
        return result

    # ---------------------------------------------------------------- hygiene
    def _current_roles(self):
        """Return the roles in which these users work today."""
        return (
            self.env["dealer.staff"]
            .sudo()
            .search([("user_id", "in", self.ids), ("state", "=", "current")])
            .role_id
        )

    def _mfa_type(self):
        """Roles may ask for a second factor where neither user nor region does."""
        kind = super()._mfa_type()
        if kind is None and any(self._current_roles().mapped("require_second_factor")):
            return "totp_mail"
        return kind

    def _check_password_policy(self, passwords):
        super()._check_password_policy(passwords)
        minimum = max(self._current_roles().mapped("password_min_length"), default=0)
        if any(password and len(password) < minimum for password in passwords):
            raise UserError(
                self.env._(
                    "Your role asks for a password of at least %(length)d characters.",
                    length=minimum,
                )
            )

    @api.model
    def get_password_policy(self):
        policy = super().get_password_policy()
        roles = self.env.user._current_roles()
        policy["minlength"] = max([policy["minlength"], *roles.mapped("password_min_length")])
        return policy

    # --------------------------------------------------------- support access
    def _get_company_ids(self):
        """A support access ends on the minute, whether or not a cron has come by."""
        company_ids = super()._get_company_ids()
        over = self.env["dealer.support.access"]._over_company_ids(self.id)
        return tuple(i for i in company_ids if i not in over) if over else company_ids

    # ------------------------------------------------------------------ audit
    def _is_audited(self):
        """Tell whether access of this user belongs in the trail: people of dealers and of
        the OEM, not visitors of a shop or portal."""
        return len(self) == 1 and (
            self.sudo()._has_group("base.group_user")
            or self.sudo()._has_group("dealer_network.group_dealer_user")
            or self._is_dealer_api()
        )

    def _audit(self, event, detail=""):
        users = self.filtered(lambda user: user._is_audited())
        if users and self.env.registry.ready:
            self.env["dealer.access.event"]._log(event, users, detail=detail)

    def _track_groups(self):
        """Remember the groups of these users; at the end of the transaction the trail gets
        one line per user with what has changed, by whatever way it did."""
        precommit = self.env.cr.precommit
        if not self.env.registry.ready:
            return
        if TRACKED not in precommit.data:
            precommit.data[TRACKED] = {}
            precommit.add(self.env["res.users"]._audit_groups)
        known = precommit.data[TRACKED]
        for user in self.sudo():
            known.setdefault(user.id, (user.group_ids, user._is_audited()))

    def _audit_groups(self):
        known = self.env.cr.precommit.data.pop(TRACKED, {})
        for user in self.sudo().browse(list(known)).exists():
            before, was_audited = known[user.id]
            given, taken = user.group_ids - before, before - user.group_ids
            if (given or taken) and (was_audited or user._is_audited()):
                self.env["dealer.access.event"]._log(
                    "groups_changed", user, detail=_groups_detail(given, taken)
                )


def _groups_detail(given, taken):
    """Say in one line which groups came and which went."""
    plain = given.with_context(lang=None), taken.with_context(lang=None)
    signs = [f"+ {group.full_name}" for group in plain[0]]
    signs += [f"− {group.full_name}" for group in plain[1]]
    return ", ".join(signs)
