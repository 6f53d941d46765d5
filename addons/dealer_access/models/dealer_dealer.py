from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class DealerDealer(models.Model):
    """Who may sign in for the dealer, and who decides it."""

    _inherit = "dealer.dealer"

    support_access_ids = fields.One2many("dealer.support.access", "dealer_id")
    api_key_ids = fields.One2many("dealer.api.key", "dealer_id", string="API keys")
    suspended_user_ids = fields.One2many(
        "res.users",
        "suspended_dealer_id",
        string="Logins closed by suspension",
        context={"active_test": False},
        readonly=True,
    )
    api_key_count = fields.Integer(string="API keys in use", compute="_compute_access_counts")
    support_open_count = fields.Integer(string="Support accesses", compute="_compute_access_counts")
    login_count = fields.Integer(string="Open logins", compute="_compute_login_count")
    can_manage_staff = fields.Boolean(compute="_compute_can_manage_staff")

    def _compute_access_counts(self):
        keys = self._count_by_dealer("dealer.api.key", [("active", "=", True)])
        supports = self._count_by_dealer(
            "dealer.support.access", [("state", "in", ("requested", "open"))]
        )
        for dealer in self:
            dealer.api_key_count = keys.get(dealer.id, 0)
            dealer.support_open_count = supports.get(dealer.id, 0)

    def _count_by_dealer(self, model, domain):
        """Count what the user may see; a model closed to the user counts nothing."""
        if not self.env[model].has_access("read"):
            return {}
        groups = self.env[model]._read_group(
            [("dealer_id", "in", self.ids), *domain], ["dealer_id"], ["__count"]
        )
        return {dealer.id: count for dealer, count in groups}

    def _compute_login_count(self):
        groups = (
            self.env["dealer.staff"]
            .sudo()
            ._read_group(
                [
                    ("dealer_id", "in", self.ids),
                    ("state", "=", "current"),
                    ("user_id.active", "=", True),
                ],
                ["dealer_id"],
                ["user_id:count_distinct"],
            )
        )
        counts = {dealer.id: count for dealer, count in groups}
        for dealer in self:
            dealer.login_count = counts.get(dealer.id, 0)

    @api.depends_context("uid")
    def _compute_can_manage_staff(self):
        for dealer in self:
            dealer.can_manage_staff = dealer._may_manage_staff()

    # ---------------------------------------------------------------- actions
    def action_hire(self):
        """Open the wizard that takes on a person."""
        self.ensure_one()
        self._check_may_manage_staff()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Hire"),
            "res_model": "dealer.staff.hire",
            "view_mode": "form",
            "target": "new",
            "context": {"default_dealer_id": self.id},
        }

    def action_view_access_events(self):
        """Show the audit trail of the dealer."""
        return self._open_related("dealer_access.dealer_access_event_action")

    def action_view_api_keys(self):
        """Show the API keys of the dealer."""
        return self._open_related("dealer_access.dealer_api_key_action")

    def action_view_support_access(self):
        """Show who of the OEM asked to look into the dealer's data, and when."""
        return self._open_related("dealer_access.dealer_support_access_action")

    def _open_related(self, xmlid):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        action["domain"] = [("dealer_id", "=", self.id)]
        action["context"] = {"default_dealer_id": self.id}
        return action

    # ----------------------------------------------------------------- rights
    def _may_manage_staff(self):
        """Tell whether the user manages the people of this dealer."""
        self.ensure_one()
        user = self.env.user
        if self.env.su or user.has_group("dealer_network.group_network_manager"):
            return True
        return self._is_principal(user)

    def _is_principal(self, user):
        """Tell whether a user leads this dealer today."""
        self.ensure_one()
        return (
            user.has_group("dealer_network.group_dealer_manager")
            and user.sudo().dealer_id == self.sudo()
        )

    def _check_may_manage_staff(self):
        """:raise AccessError: the user manages people of none or of other dealers"""
        for dealer in self:
            dealer.check_access("read")
            if not dealer._may_manage_staff():
                raise AccessError(
                    self.env._(
                        "%(dealer)s: only its principal and the OEM's network managers decide who "
                        "works there.",
                        dealer=dealer.display_name,
                    )
                )

    def _check_sign_in_permitted(self):
        """:raise UserError: the state of the dealer lets nobody sign in"""
        self.ensure_one()
        if not self.sudo().permits("sign_in"):
            raise UserError(
                self.env._(
                    "%(dealer)s is %(state)s: nobody signs in for it.",
                    dealer=self.display_name,
                    state=dict(self._fields["state"]._description_selection(self.env))[self.state],
                )
            )

    def _principal_users(self):
        """Return the active users who lead the dealers today."""
        return (
            self.env["dealer.staff"]
            .sudo()
            .search(
                [
                    ("dealer_id", "in", self.ids),
                    ("state", "=", "current"),
                    ("access_closed", "=", False),
                    ("role_id.is_principal", "=", True),
                    ("user_id.active", "=", True),
                ]
            )
            .user_id
        )

    # ------------------------------------------------- mode, state and sign-in
    def _change_mode(self, mode):
        """A dealer that leaves connected mode leaves its keys behind."""
        before = {dealer: dealer.mode for dealer in self.filtered(lambda d: d.mode != mode)}
        result = super()._change_mode(mode)
        for dealer, old in before.items():
            self.env["dealer.access.event"]._log(
                "mode_changed", dealer=dealer, detail=f"{old} → {mode}"
            )
            if old == "connected":
                dealer.sudo().api_key_ids._revoke()
        return result

    def _set_state(self, state, reason=None):
        before = {dealer: dealer.state for dealer in self}
        result = super()._set_state(state, reason)
        for dealer in self.filtered(lambda dealer: dealer.state != before[dealer]):
            self.env["dealer.access.event"]._log(
                "state_changed", dealer=dealer, detail=f"{before[dealer]} → {dealer.state}"
            )
        if state == "terminated":
            self._close_for_good()
        else:
            self._sync_sign_in()
        return result

    def _sync_sign_in(self):
        """Close the logins of dealers whose state lets nobody sign in; reopen the others'.

        Only what a suspension closed is reopened: who was archived before stays so. Who
        works for another dealer, too, loses and regains the one dealer only.
        """
        closed = self.sudo().filtered(lambda dealer: not dealer.permits("sign_in"))
        closed._suspend_users()
        (self.sudo() - closed)._resume_users()
        self._users_of_several()._sync_dealer_access()

    def _users_of_several(self):
        """Return the users with an open login who work here and for another dealer, too."""
        groups = (
            self.env["dealer.staff"]
            .sudo()
            ._read_group(
                [
                    ("state", "=", "current"),
                    ("access_closed", "=", False),
                    ("user_id.active", "=", True),
                ],
                ["user_id"],
                ["dealer_id:recordset"],
                having=[("dealer_id:count_distinct", ">", 1)],
            )
        )
        concerned = [user for user, dealers in groups if dealers & self]
        return self.env["res.users"].sudo().concat(*concerned)

    def _suspend_users(self):
        """Archive everybody who works for these dealers and nowhere else.

        Sessions, websockets and API keys end with that (see ``res.users.write``). The button
        of stock would also delete their tasks and end their memberships, for good.
        """
        working = self._working_users()
        users = self.env["res.users"].concat(*working).filtered("active")
        for user in users:
            user.suspended_dealer_id = working[user]
        users.write({"active": False})
        return users

    def _working_users(self):
        """Return users whose every job is at these dealers, and the dealers' API users.

        :return: dict of res.users (sudo) to the dealer.dealer they work for
        """
        if not self:
            return {}
        jobs = (
            self.env["dealer.staff"]
            .sudo()
            .search(
                [("dealer_id", "in", self.ids), ("state", "=", "current"), ("user_id", "!=", False)]
            )
        )
        elsewhere = (
            self.env["dealer.staff"]
            .sudo()
            .search(
                [
                    ("user_id", "in", jobs.user_id.ids),
                    ("state", "=", "current"),
                    ("access_closed", "=", False),
                    ("dealer_id", "not in", self.ids),
                ]
            )
            .filtered(lambda job: job.dealer_id.permits("sign_in"))
        )
        working = {
            job.user_id: job.dealer_id for job in jobs if job.user_id not in elsewhere.user_id
        }
        for dealer in self.sudo().filtered("api_user_id"):
            working[dealer.api_user_id] = dealer
        return working

    def _resume_users(self):
        """Reopen the logins that a suspension closed: of these dealers, or of another one
        for which their people work, too."""
        jobs = (
            self.env["dealer.staff"]
            .sudo()
            ._search(
                [
                    ("dealer_id", "in", self.ids),
                    ("state", "=", "current"),
                    ("access_closed", "=", False),
                ]
            )
        )
        users = (
            self.env["res.users"]
            .sudo()
            .with_context(active_test=False)
            .search(
                Domain("suspended_dealer_id", "in", self.ids)
                | (
                    Domain("suspended_dealer_id", "!=", False)
                    & Domain("dealer_staff_ids", "in", jobs)
                )
            )
        )
        if users:
            users.write({"suspended_dealer_id": False})
            users.filtered(lambda user: not user.active).action_unarchive()
            users.filtered(lambda user: len(user.dealer_staff_ids) > 1)._sync_dealer_access()
        return users

    def _close_for_good(self):
        """Close every login of terminated dealers and remove their keys.

        Nothing is left to reopen: should the dealer return, its people are hired again.
        """
        dealers = self.sudo()
        users = dealers.suspended_user_ids.concat(*dealers._working_users())
        users.action_archive()
        users.write({"suspended_dealer_id": False})
        dealers.api_key_ids._revoke()
        # those of ended jobs, too: the tenant's closing has archived them
        users |= dealers.staff_ids.user_id.filtered(
            lambda user: not (user.active or user.suspended_dealer_id)
        )
        users._remove_api_keys()
        dealers.support_access_ids._end("terminated")
