from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain


class DealerStaff(models.Model):
    """The life of a dealer's user: hired, moved to another dealer, left.

    Lines end and begin, nothing is overwritten: the history of a person stays.
    """

    _inherit = "dealer.staff"

    access_pending = fields.Boolean(
        string="Login from the first day",
        readonly=True,
        copy=False,
        help="The login is given on the day when the job begins.",
    )
    successor_id = fields.Many2one(
        "dealer.staff",
        string="Takes over the open work",
        copy=False,
        ondelete="set null",
        index="btree_not_null",
        domain="[('dealer_id', '=', dealer_id), ('state', '=', 'current')]",
        help="Gets what is still open when the job ends. Default is the principal.",
    )
    user_active = fields.Boolean(related="user_id.active", string="Login is open")
    second_factor_enrolled = fields.Boolean(
        compute="_compute_second_factor_enrolled",
        string="Authenticator app",
    )

    @api.depends("user_id")
    def _compute_second_factor_enrolled(self):
        for staff in self:
            staff.second_factor_enrolled = staff.sudo().user_id.totp_enabled

    @api.constrains("user_id")
    def _check_not_of_oem(self):
        """Who decides about a dealer's staff must not let himself in: a job makes a member of
        the dealer's company, past the consent, the log and the end of a support access.
        """
        for staff in self.sudo():
            if staff.user_id._has_group("dealer_network.group_network_user"):
                raise ValidationError(
                    self.env._(
                        "%(name)s works for the OEM and cannot have a job at a dealer. To look "
                        "into a dealer's data, ask for support access.",
                        name=staff.user_id.name,
                    )
                )

    # ---------------------------------------------------------------- actions
    def action_open_move(self):
        """Open the wizard that moves the person to another dealer."""
        return self._open_wizard("dealer.staff.move", self.env._("Move to another dealer"))

    def action_open_leave(self):
        """Open the wizard that ends the job."""
        return self._open_wizard("dealer.staff.leave", self.env._("Leaves the dealer"))

    def action_end_access(self):
        """End the access of these people at once, whatever their last day is."""
        self._check_may_manage()
        self._end_access()
        return True

    def action_grant_access(self):
        """Give, or give back, the login that the job entitles to."""
        self._check_may_manage()
        for staff in self.sudo():
            staff.dealer_id._check_sign_in_permitted()
        # sudo: what the line opens is decided by this button only
        self.sudo().access_closed = False
        self._grant_access()
        return True

    def _open_wizard(self, model, name):
        self.ensure_one()
        self._check_may_manage()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_staff_id": self.id},
        }

    # -------------------------------------------------------------- life steps
    def _check_may_manage(self):
        """Refuse everybody but the dealers' own principals and the OEM's managers.

        :raise AccessError: the user manages people of none or of other dealers
        """
        self.check_access("read")
        self.dealer_id._check_may_manage_staff()

    def _leave(self, date_end, successor=None, now=False):
        """End the jobs.

        :param date date_end: last day at work
        :param successor: dealer.staff who takes over what is open
        :param bool now: take the access away at once, before the last day is over
        """
        lines = self.sudo()
        for line in lines:
            if date_end < line.date_start:
                raise UserError(
                    self.env._(
                        "%(name)s began on %(start)s: the last day cannot be before.",
                        name=line.name,
                        start=line.date_start,
                    )
                )
        lines.write(
            {
                "date_end": date_end,
                "access_pending": False,
                "successor_id": successor.id if successor else False,
            }
        )
        for line in lines:
            self.env["dealer.access.event"]._log(
                "left", line.user_id, line.dealer_id, f"last day {date_end}"
            )
        if now or date_end < fields.Date.today():
            lines._end_access()

    def _move_to(self, dealer, role, outlet=None, date_start=None, successor=None):
        """End the job here and begin one at another dealer; the person stays one.

        :param dealer: dealer.dealer, another one
        :param role: dealer.role there
        :param outlet: dealer.outlet there
        :param date date_start: first day there, default today
        :param successor: dealer.staff who takes over here
        :return: dealer.staff, the new line
        :raise UserError: same dealer, or the job here begins later
        """
        self.ensure_one()
        line = self.sudo()
        date_start = date_start or fields.Date.today()
        if dealer == line.dealer_id:
            raise UserError(
                self.env._(
                    "%(name)s works at %(dealer)s already.",
                    name=line.name,
                    dealer=dealer.display_name,
                )
            )
        last_day = max(fields.Date.subtract(date_start, days=1), line.date_start)
        line.write(
            {
                "date_end": last_day,
                "successor_id": successor.id if successor else False,
            }
        )
        begun = line.create(
            {
                "person_id": line.person_id.id,
                "dealer_id": dealer.id,
                "role_id": role.id,
                "outlet_id": outlet.id if outlet else False,
                "date_start": date_start,
                "access_pending": True,
            }
        )
        self.env["dealer.access.event"]._log(
            "moved", line.user_id, line.dealer_id, f"to {dealer.code} from {date_start}"
        )
        if date_start <= fields.Date.today():
            line._end_access()
            begun._begin_access()
        return begun

    def _end_access(self):
        """Hand over what is open, then take the access of these jobs away.

        Whoever works nowhere else loses the login; others lose this dealer only, and who
        goes on there in another role keeps the work.
        """
        lines = self.sudo()
        for line in lines._parting():
            line._hand_over()
        lines.write({"access_pending": False, "access_closed": True})
        lines._revoke_access()
        gone = lines.user_id - lines.user_id._current_dealer_jobs().user_id
        gone.filtered("suspended_dealer_id").suspended_dealer_id = False

    def _hand_over(self):
        """Give the open work of one line to the colleague named, else to the principal."""
        self.ensure_one()
        successor = self.successor_id.user_id or self._default_successor().user_id
        if successor and successor != self.user_id:
            return self.env["dealer.access.handover"]._hand_over(
                self.user_id, self.dealer_id, successor
            )
        return []

    def _default_successor(self):
        """Return the line of another principal of the dealer who can sign in."""
        self.ensure_one()
        return self.sudo().search(
            [
                ("dealer_id", "=", self.dealer_id.id),
                ("state", "=", "current"),
                ("access_closed", "=", False),
                ("role_id.is_principal", "=", True),
                ("user_id.active", "=", True),
                ("person_id", "!=", self.person_id.id),
            ],
            limit=1,
        )

    def _begin_access(self):
        """Give the login of jobs that have begun, at dealers whose state permits it."""
        self._refresh_state()
        ready = self.sudo().filtered(
            lambda line: line.state == "current" and line.dealer_id.permits("sign_in")
        )
        ready._grant_access()
        ready.write({"access_pending": False})

    # ------------------------------------------------------------------- cron
    @api.model
    def _cron_sync_access(self):
        """Follow the calendar: close logins of those who left, open those of beginners.

        Also catches what no button did: dates written by import, and states whose
        permission to sign in was changed.
        """
        self._refresh_state()
        self._overdue()._end_access()
        self.sudo().search(
            [
                ("access_pending", "=", True),
                ("state", "=", "current"),
            ]
        )._begin_access()
        # those without a company, too: their people sign in to the lobby
        dealers = self.env["dealer.dealer"].sudo().with_context(active_test=False)
        dealers.search([])._sync_sign_in()

    @api.model
    def _overdue(self):
        """Return the ended lines whose user still has what only they opened.

        Who works on in another job keeps the login: such a line is seen to once.
        """
        current = self.sudo()._search([("state", "=", "current"), ("user_id", "!=", False)])
        working = Domain("user_id.dealer_staff_ids", "in", current)
        return self.sudo().search(
            Domain([("state", "=", "past"), ("user_id.active", "=", True)])
            & (Domain("access_closed", "=", False) | ~working)
        )

    @api.model
    def _check_person_free(self, person):
        """Refuse to hire somebody who works elsewhere, without saying where.

        :param person: dealer.person (sudo)
        :raise UserError: the person has a job today
        """
        if person.staff_ids.filtered(lambda line: line.state == "current"):
            raise UserError(
                self.env._(
                    "%(email)s: this address is in use in the network. If the person moves to you, "
                    "ask the OEM to move the job.",
                    email=person.email,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_without_login(self):
        if self.filtered("user_id") and not self.env.su:
            raise AccessError(
                self.env._("Jobs with a login are ended, not deleted: the history stays.")
            )
