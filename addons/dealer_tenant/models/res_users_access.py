from odoo import api, fields, models
from odoo.tools import SQL


class ResUsers(models.Model):
    """Access of a dealer's people follows from their jobs.

    The API user of a connected dealer has no job there, yet works for it.
    """

    _inherit = "res.users"

    api_dealer_ids = fields.One2many(
        "dealer.dealer", "api_user_id", string="Calls the API for", readonly=True
    )

    @api.depends("api_dealer_ids", "dealer_staff_ids.access_closed")
    def _compute_dealer_id(self):
        technical = self.filtered("api_dealer_ids")
        super(ResUsers, self - technical)._compute_dealer_id()
        for user in technical:
            user.dealer_id = user.api_dealer_ids[:1]
        for user in self - technical:
            user._pass_over_closed_job()

    def _pass_over_closed_job(self):
        """Who works elsewhere by now does not work where the login was closed on purpose."""
        jobs = self.dealer_staff_ids.filtered(lambda line: line.state == "current")
        still = jobs.filtered(lambda line: not line.access_closed)
        if still and still != jobs:
            self.dealer_id = still.sorted(lambda line: (line.date_start, line.id))[0].dealer_id

    def _write_dealer_scope(self):
        super()._write_dealer_scope()
        self.env["dealer.dealer"].flush_model(["api_user_id"])
        self.env.cr.execute(
            SQL(
                """INSERT INTO dealer_dealer_user_scope_rel (user_id, dealer_id)
                   SELECT api_user_id, id FROM dealer_dealer WHERE api_user_id IN %s
                   ON CONFLICT DO NOTHING""",
                tuple(self.ids),
            )
        )

    def _current_dealer_jobs(self):
        """Staff lines by which these users work today; none that was closed on purpose."""
        return (
            self.env["dealer.staff"]
            .sudo()
            .search(
                [
                    ("user_id", "in", self.ids),
                    ("state", "=", "current"),
                    ("access_closed", "=", False),
                ]
            )
        )

    def _sync_dealer_access(self, leaving=None):
        """Bring company and roles of the users to what their jobs open.

        :param leaving: dealer.staff lines that no longer count although their
            dates still do
        """
        jobs = self._current_dealer_jobs() - (leaving or self.env["dealer.staff"])
        by_user = jobs.grouped("user_id")
        # roles of an archived user count as archived themselves
        users = self.with_context(active_test=False)
        for user in users.filtered(lambda user: user in by_user):
            values = user._dealer_access_changes(by_user[user]._access())
            if values:
                user.write(values)

    def _dealer_access_changes(self, access):
        """Values that differ from the access wanted; empty when nothing does."""
        self.ensure_one()
        values = {}
        if not self.active:
            values["active"] = True
        if self.company_ids != access["companies"]:
            values["company_ids"] = [fields.Command.set(access["companies"].ids)]
        if self.company_id not in access["companies"]:
            values["company_id"] = access["companies"][0].id
        gone = self.role_line_ids.filtered(lambda line: line.role_id not in access["roles"])
        added = access["roles"] - self.role_line_ids.role_id
        if gone or added:
            values["role_line_ids"] = [
                # first the new ones: nobody is without groups in between
                *(fields.Command.create({"role_id": role.id}) for role in added),
                *(fields.Command.delete(line.id) for line in gone),
            ]
        return values

    def _send_dealer_invitation(self):
        """Mail users the link by which they set their password.

        Through the mail queue, in one batch: a mail server that does not answer
        does not stop a provisioning, and a job that starts again mails nobody twice.
        Nobody is invited while data is installed or imported.
        """
        users = self.filtered("email")
        if not users or {"install_mode", "import_file"} & self.env.context.keys():
            return
        users.partner_id.signup_prepare(signup_type="signup")
        self.env.ref("auth_signup.set_password_email").send_mail_batch(
            users.ids,
            force_send=False,
            email_values={"auto_delete": True, "message_type": "user_notification"},
        )
