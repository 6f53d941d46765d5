import logging

from odoo import api, fields, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)

EVENTS = [
    ("login_ok", "Signed in"),
    ("login_failed", "Sign-in refused"),
    ("user_created", "Login created"),
    ("user_archived", "Login closed"),
    ("user_restored", "Login restored"),
    ("groups_changed", "Rights changed"),
    ("hired", "Hired"),
    ("moved", "Moved to another dealer"),
    ("left", "Left"),
    ("handed_over", "Open work handed over"),
    ("key_created", "API key created"),
    ("key_revoked", "API key revoked"),
    ("support_requested", "Support access asked for"),
    ("support_opened", "Support access opened"),
    ("support_declined", "Support access declined"),
    ("support_closed", "Support access ended"),
    ("state_changed", "State of the dealer changed"),
    ("mode_changed", "Working mode changed"),
]
# A second refusal of the same user within this time is not written down again, so that
# guessing passwords does not fill the table.
REFUSAL_PAUSE_SECONDS = 10


class DealerAccessEvent(models.Model):
    """One line of the audit trail of access: who did what to whose access, and when.

    Lines are added by code and by nothing else; nobody changes or deletes one through
    the ORM, the superuser included.
    """

    _name = "dealer.access.event"
    _description = "Access Event"
    _order = "id desc"
    _rec_name = "event"
    _log_access = True

    event = fields.Selection(EVENTS, required=True, readonly=True, index=True)
    create_date = fields.Datetime(string="When", readonly=True, index=True)
    actor_id = fields.Many2one(
        "res.users",
        string="By",
        readonly=True,
        ondelete="set null",
        help="Who did it; empty where the system did.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="User concerned",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    dealer_id = fields.Many2one(
        "dealer.dealer",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    network_company_id = fields.Many2one(
        "res.company",
        string="Upstream company",
        readonly=True,
        required=True,
        index=True,
        ondelete="restrict",
    )
    detail = fields.Char(readonly=True)

    _user_event_idx = models.Index("(user_id, event, create_date)")

    def write(self, vals):
        """:raise UserError: always"""
        if self:
            raise UserError(self.env._("The audit trail is never changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The audit trail is never deleted."))

    @api.model
    def _log(self, event, users=None, dealer=None, detail=""):
        """Add one line per user, or one for the dealer when there is no user.

        :param str event: one of :data:`EVENTS`
        :param users: res.users concerned, possibly archived
        :param dealer: dealer.dealer; default is each user's own
        :param str detail: technical, in English, without names of people
        """
        log = self.sudo()
        subjects = [user.sudo() for user in users] if users else [self.env["res.users"]]
        return log.create(
            [log._line_values(event, user, dealer or user.dealer_id, detail) for user in subjects]
        )

    @api.model
    def _line_values(self, event, user, dealer, detail):
        company = dealer.sudo().oem_company_id or user.company_id or self.env.company
        return {
            "event": event,
            "actor_id": self.env.uid if self._has_human_actor() else False,
            "user_id": user.id,
            "dealer_id": dealer.id,
            "network_company_id": company.id,
            "detail": detail,
        }

    @api.model
    def _has_human_actor(self):
        return bool(self.env.uid) and not self.env.user._is_superuser()

    @api.model
    def _log_refusal(self, login):
        """Write down that a login was refused.

        The transaction of a refused sign-in is rolled back, so the line is written in
        one of its own. Logins that do not exist leave no trace: what was typed there
        is often a password.
        """
        try:
            with self.env.registry.cursor() as cr:
                env = api.Environment(cr, api.SUPERUSER_ID, {})
                user = (
                    env["res.users"]
                    .with_context(active_test=False)
                    .search([("login", "=", login)], limit=1)
                )
                if user._is_audited() and not env[self._name]._refused_lately(user):
                    env[self._name]._log("login_failed", user)
        except Exception:
            _logger.exception("A refused sign-in could not be written to the audit trail")

    @api.model
    def _refused_lately(self, user):
        since = fields.Datetime.subtract(fields.Datetime.now(), seconds=REFUSAL_PAUSE_SECONDS)
        return bool(
            self.search_count(
                [
                    ("user_id", "=", user.id),
                    ("event", "=", "login_failed"),
                    ("create_date", ">=", since),
                ],
                limit=1,
            )
        )
