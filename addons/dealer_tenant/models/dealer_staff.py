from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize


class DealerStaff(models.Model):
    """A staff line opens access: a login in the dealer's tenant with the role's groups."""

    _inherit = "dealer.staff"

    access_closed = fields.Boolean(
        string="Login closed on purpose",
        readonly=True,
        copy=False,
        help="This job opens nothing until somebody gives the login back.",
    )

    def action_invite(self):
        """Mail the people on these lines the link by which they set their password.

        For those who have a login and never used it; a person who signed in
        before asks for a new password on the login page.
        """
        self.env["dealer.dealer"]._check_provisioner()
        users = self.sudo().user_id.filtered("active")
        if not users:
            raise UserError(
                self.env._("None of these people has a login yet: provision their dealer first.")
            )
        invited = users.filtered(lambda user: not user.login_date)
        invited._send_dealer_invitation()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if invited else "info",
                "message": self.env._(
                    "Invitations on their way: %(count)s. Signed in already: %(others)s.",
                    count=len(invited),
                    others=len(users - invited),
                ),
            },
        }

    def _grant_access(self, invite=True):
        """Give the holders of these lines a login, or bring theirs up to date.

        A person keeps one login over all jobs. Nothing is written for those who
        have all they need, and what was closed on purpose stays closed.

        :param bool invite: mail those who get a new login the link by which
            they set their password
        :return: res.users of the lines
        :raise UserError: somebody has no e-mail address, or another one's
        """
        lines = self.sudo().filtered(
            lambda line: (
                line.state == "current"
                and not line.access_closed
                and line.dealer_id.mode != "connected"
            )
        )
        lines._find_users()
        new = lines.filtered(lambda line: not line.user_id)
        users = new._create_users()
        (lines.user_id - users)._sync_dealer_access()
        if invite:
            users._send_dealer_invitation()
        return lines.user_id

    def _revoke_access(self):
        """Take back what these lines opened.

        Who works nowhere else any more is archived: sessions and API keys end
        with that, and what nobody took over of his tasks: the next dealer he works
        for is not to read them. Others keep what their remaining jobs open.
        Nobody goes on following what was the dealer's.

        :return: res.users that were archived
        """
        lines = self.sudo()
        users = lines.user_id
        remaining = users._current_dealer_jobs() - lines
        lines._unfollow_left(remaining)
        gone = users - remaining.user_id
        leavers = gone.filtered("active")
        # those whom a suspension has closed already, too
        gone.action_archive()
        (users - leavers).filtered("active")._sync_dealer_access(leaving=lines)
        return leavers

    def _parting(self):
        """Return those of these lines whose holder has no other job at the same dealer."""
        staying = self.user_id._current_dealer_jobs() - self
        kept = {(line.user_id, line.dealer_id) for line in staying}
        return self.filtered(
            lambda line: line.user_id and (line.user_id, line.dealer_id) not in kept
        )

    def _unfollow_left(self, remaining):
        """Let who parts from a dealer follow its records no longer.

        :param remaining: dealer.staff lines by which these people go on working
        """
        kept = {user: lines.dealer_id for user, lines in remaining.grouped("user_id").items()}
        nowhere = self.env["dealer.dealer"]
        parted = self._parting().grouped(
            lambda line: (line.dealer_id, kept.get(line.user_id, nowhere))
        )
        for (dealer, others), lines in parted.items():
            lines.user_id.partner_id._unfollow_dealer(dealer, others)

    # ----------------------------------------------------------------- logins
    def _find_users(self):
        """Connect lines to the login that their person has from another job."""
        for line in self.filtered(lambda line: not line.user_id):
            known = line.person_id.staff_ids.user_id
            if known:
                line.user_id = known[0]

    def _create_users(self):
        """Make one login per person of these lines, in one batch.

        :return: res.users that are new
        """
        if not self:
            return self.env["res.users"]
        self._check_logins()
        by_person = self.grouped("person_id")
        users = (
            self.env["res.users"]
            .with_context(no_reset_password=True, mail_create_nosubscribe=True)
            .create([lines._user_vals() for lines in by_person.values()])
        )
        for lines, user in zip(by_person.values(), users, strict=True):
            lines.write({"user_id": user.id})
        return users

    def _user_vals(self):
        """Values of the login of one person, whose lines these are."""
        person = self.person_id
        dealer = self[0].dealer_id
        access = self._access()
        roles = access["roles"]
        return {
            "name": person.name,
            "login": email_normalize(person.email),
            "email": person.email,
            "phone": person.phone,
            "lang": person.lang or dealer.lang,
            "tz": dealer.tz,
            "company_id": access["companies"][0].id,
            "company_ids": [fields.Command.set(access["companies"].ids)],
            "role_line_ids": [fields.Command.create({"role_id": role.id}) for role in roles],
            # what base_user_role would write after the creation, user by user
            "group_ids": [fields.Command.set(roles.all_implied_ids.ids)],
        }

    def _access(self):
        """What these lines of one person open together.

        :return: dict of ``companies`` (the first is the default) and ``roles``
        """
        lobby = self.env.ref("dealer_tenant.company_lobby")
        companies = self.env["res.company"]
        roles = self.env["res.users.role"]
        for line in self.sorted(lambda line: (line.date_start, line.id)):
            dealer = line.dealer_id
            tenant = dealer.company_id if dealer.mode == "full" else lobby
            companies |= tenant or lobby
            roles |= line.role_id._access_role(dealer.mode if tenant else "light")
        return {"companies": companies, "roles": roles}

    # ----------------------------------------------------------------- checks
    def _check_logins(self):
        """Every person needs an address of its own that nobody else signs in with."""
        self._check_emails()
        persons = defaultdict(self.env["dealer.person"].browse)
        for person in self.person_id:
            persons[email_normalize(person.email)] |= person
        for login, namesakes in persons.items():
            if len(namesakes) > 1:
                self._refuse_login(login, namesakes)
        taken = (
            self.env["res.users"]
            .with_context(active_test=False)
            .search([("login", "in", list(persons))], limit=1)
        )
        if taken:
            self._refuse_login(taken.login, persons[taken.login])

    def _check_emails(self):
        missing = self.person_id.filtered(lambda person: not email_normalize(person.email))
        if missing:
            raise UserError(
                self.env._(
                    "%(people)s: a login needs a valid e-mail address.",
                    people=", ".join(missing.mapped("name")),
                )
            )

    def _refuse_login(self, login, persons):
        raise UserError(
            self.env._(
                "%(people)s: the address %(login)s belongs to somebody else's login. "
                "Enter the person's own e-mail address.",
                people=", ".join(persons.mapped("name")),
                login=login,
            )
        )
