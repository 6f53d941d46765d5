import logging
import traceback
from collections import Counter
from contextlib import nullcontext

from psycopg2 import Error as DatabaseError
from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.api import SUPERUSER_ID
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)

CHANNEL = "root.provisioning"


class DealerDealer(models.Model):
    """Provisioning: gives dealers their place of work.

    One job per dealer runs the steps in order and commits after each, so that
    the screen shows how far it is and a killed server continues where it was.
    Every step looks first at what is there: running it again changes nothing.
    Steps work on many dealers at once; scripts and tests call ``_provision()``
    on all of them in their own transaction.
    """

    _inherit = "dealer.dealer"

    provisioning_state = fields.Selection(
        [
            ("none", "Not provisioned"),
            ("queued", "Waiting"),
            ("running", "In progress"),
            ("done", "Done"),
            ("failed", "Failed"),
        ],
        string="Provisioning",
        default="none",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    provisioning_progress = fields.Integer(
        string="Progress (%)", readonly=True, copy=False, aggregator="avg"
    )
    provisioning_message = fields.Text(
        string="Message",
        readonly=True,
        copy=False,
        help="What went wrong, or what is left for a person to do.",
    )
    provisioning_date = fields.Datetime(string="Provisioned on", readonly=True, copy=False)
    provision_chart = fields.Boolean(
        string="Load a chart of accounts",
        help="Only for a dealer that keeps its books here: a chart takes longer than all "
        "the rest of the provisioning together.",
    )
    provision_invite = fields.Boolean(
        string="Invite people by e-mail",
        default=lambda self: not {"import_file", "install_mode"} & self.env.context.keys(),
        help="Those who get a login receive the link by which they set their password.",
    )

    # --------------------------------------------------------------- actions
    def action_provision(self):
        """Queue one job per dealer and open the progress screen.

        Pressing it again is harmless: a dealer whose job waits keeps that job,
        and a finished dealer is only looked over again.

        :return: action of the progress screen, limited to these dealers
        :raise UserError: for dealers that have not been taken on yet or have left
        """
        self._check_provisioner()
        self._check_can_be_provisioned()
        dealers = self.sudo()
        dealers._note_provisioning(provisioning_state="queued", provisioning_message=False)
        for dealer in dealers:
            dealer.with_delay(
                channel=CHANNEL,
                identity_key=f"dealer-provisioning-{dealer.id}",
                description=self.env._("Provision %(dealer)s", dealer=dealer.display_name),
            )._provision_job()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_tenant.dealer_provisioning_action"
        )
        action["domain"] = [("id", "in", self.ids)]
        return action

    def action_open_provisioning(self):
        """Open the progress screen of these dealers."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_tenant.dealer_provisioning_action"
        )
        return {**action, "domain": [("id", "in", self.ids)]}

    # ---------------------------------------------------------- the two ways
    def _provision_job(self):
        """Provision one dealer as a job: commits by step, notes a failure for people."""
        dealer = self.sudo()
        dealer._note_provisioning(provisioning_state="running")
        dealer._provisioning_checkpoint()
        try:
            with dealer._provisioning_scope():
                dealer._provision()
            dealer._provisioning_checkpoint()
        except OperationalError:
            raise  # the queue tries again: two transactions met
        except Exception as error:
            dealer._provisioning_failed(error)
            if self.env.context.get("job_uuid"):
                raise
        return dealer.provisioning_message or self.env._("Done")

    def _provision(self):
        """Run all steps for these dealers within the caller's transaction.

        Idempotent: for dealers that have everything already no row is written.
        """
        dealers = self.with_user(SUPERUSER_ID)
        dealers._check_can_be_provisioned()
        steps = sorted(dealers._provisioning_steps())
        for number, (_sequence, method_name) in enumerate(steps, start=1):
            getattr(dealers, method_name)()
            if number < len(steps):
                dealers._note_progress(100 * number // len(steps))
                dealers._provisioning_checkpoint()
        for message, group in dealers.grouped(lambda d: d._provisioning_remarks()).items():
            group._note_provisioning(
                provisioning_state="done",
                provisioning_progress=100,
                provisioning_message=message,
            )
        dealers.filtered(
            lambda d: not d.provisioning_date
        ).provisioning_date = fields.Datetime.now()

    @api.model
    def _provisioning_steps(self):
        """Steps as (sequence, name of a method on many dealers); capabilities add theirs."""
        return [(10, "_provision_company"), (80, "_provision_users")]

    def _provisioning_checkpoint(self):
        """Commit what is done so far, if this is a job of its own.

        Its job function has ``allow_commit``: it runs on its own cursor. Called
        from a script or test, the transaction is the caller's.
        """
        if self.env.context.get("job_uuid"):
            self.env.cr.commit()  # pylint: disable=invalid-commit

    def _provisioning_scope(self):
        """What a failure undoes: the step of a job, all of it in another's transaction."""
        return nullcontext() if self.env.context.get("job_uuid") else self.env.cr.savepoint()

    # ----------------------------------------------------------------- steps
    def _provision_company(self):
        """Full mode: a flat root company of its own, made in one batch.

        The superuser makes it, so that no OEM user becomes a member.
        """
        dealers = self.filtered(lambda d: d.mode == "full" and not d.company_id)
        for dealer in self.filtered(lambda d: d.company_id and not d.company_id.active):
            dealer._unarchive_tenant(dealer.company_id)
        returning = dealers.filtered("former_company_id")
        for dealer in returning:
            dealer._unarchive_tenant(dealer.former_company_id)
            dealer.write({"company_id": dealer.former_company_id.id, "former_company_id": False})
        new = dealers - returning
        companies = self.env["res.company"].create(new._tenant_company_vals_list())
        for dealer, company in zip(new, companies, strict=True):
            dealer.company_id = company

    def _provision_users(self):
        """A login for everybody on the staff, or one API user in connected mode."""
        connected = self.filtered(lambda d: d.mode == "connected")
        connected._provision_api_user()
        lines = (self - connected)._current_staff()
        lines = lines.filtered("person_id.email")
        for invite, group in lines.grouped(lambda line: line.dealer_id.provision_invite).items():
            group._grant_access(invite=invite)

    def _provision_api_user(self):
        """Connected mode: the technical user of the dealer's own system.

        Its keys are made by the dealer's principal or the OEM (``dealer_access``);
        it has no password and no way into the web client.
        """
        archived = self.api_user_id.filtered(lambda user: not user.active)
        if archived:
            archived.action_unarchive()
        dealers = self.filtered(lambda d: not d.api_user_id)
        users = (
            self.env["res.users"]
            .with_context(no_reset_password=True)
            .create([dealer._api_user_vals() for dealer in dealers])
        )
        for dealer, user in zip(dealers, users, strict=True):
            dealer.api_user_id = user
        (users | archived)._sync_dealer_scope()

    # ---------------------------------------------------------------- values
    def _tenant_company_vals_list(self):
        names = self._tenant_names()
        return [dealer._tenant_company_vals(names[dealer.id]) for dealer in self]

    def _tenant_company_vals(self, name):
        """Values of the dealer's company; its legal entity is the dealer's contact."""
        self.ensure_one()
        values = {
            "name": name,
            "partner_id": self.partner_id.id,
            "currency_id": (self.currency_id or self.oem_company_id.currency_id).id,
            "network_company_id": (self.network_company_id or self.oem_company_id).id,
        }
        if "iap_enrich_auto_done" in self.env["res.company"]._fields:
            # a dealer's domain is not asked for at a third party, and no step waits for one
            values["iap_enrich_auto_done"] = True
        return values

    def _tenant_names(self):
        """Company names are unique: namesakes carry their dealer code.

        :return: dict, dealer id to name
        """
        names = {dealer.id: dealer.partner_id.name for dealer in self}
        taken = Counter(names.values())
        taken.update(
            self.env["res.company"]
            .with_context(active_test=False)
            .search([("name", "in", list(names.values()))])
            .mapped("name")
        )
        return {
            dealer.id: names[dealer.id]
            if taken[names[dealer.id]] == 1
            else f"{names[dealer.id]} ({dealer.code})"
            for dealer in self
        }

    def _api_user_vals(self):
        self.ensure_one()
        lobby = self.env.ref("dealer_tenant.company_lobby")
        return {
            "name": self.env._("API of %(dealer)s", dealer=self.name),
            "login": f"api.{self.code.lower()}",
            "company_id": lobby.id,
            "company_ids": [fields.Command.set(lobby.ids)],
            "group_ids": [fields.Command.set(self.env.ref("dealer_network.group_dealer_api").ids)],
            "lang": self.lang or self.env.lang,
            "tz": self.tz,
        }

    # -------------------------------------------------------------- messages
    def _provisioning_remarks(self):
        """What a person still has to do for one dealer, or False."""
        self.ensure_one()
        if self.mode == "connected":
            return False
        missing = self._current_staff().filtered(
            lambda line: not line.user_id and not line.person_id.email
        )
        if not missing:
            return False
        return self.env._(
            "No login for %(people)s: the e-mail address is missing.",
            people=", ".join(missing.person_id.mapped("name")),
        )

    def _provisioning_failed(self, error):
        """Leave the failed step's work behind and say what a person can do."""
        _logger.warning("provisioning failed for dealer %s", self.ids, exc_info=True)
        if self.env.context.get("job_uuid"):
            self.env.cr.rollback()
        self._note_provisioning(
            provisioning_state="failed",
            provisioning_message=self._failure_message(error),
        )
        self._provisioning_checkpoint()

    def _failure_message(self, error):
        """Words for a person: Odoo's own for a refusal, else where to look."""
        if isinstance(error, UserError):
            return str(error)
        if isinstance(error, DatabaseError):
            detail = (error.diag.message_primary or str(error)) if error.diag else str(error)
        else:
            detail = traceback.format_exception_only(error)[-1].strip()
        return self.env._(
            "An unexpected error stopped the provisioning: %(detail)s. What was done is kept. "
            "Try again; if it comes back, give the log of this job to your integrator.",
            detail=detail,
        )

    # --------------------------------------------------------------- helpers
    def _check_can_be_provisioned(self):
        """Only dealers that the network has taken on get a place of work."""
        refused = self.filtered(lambda d: d.state not in ("candidate", "active"))
        if refused:
            raise UserError(
                self.env._(
                    "Only candidates and active dealers can be provisioned, not: %(dealers)s.",
                    dealers=", ".join(refused.mapped("display_name")),
                )
            )

    def _note_progress(self, percent):
        """Progress never runs backwards: a finished dealer that is looked over stays at 100."""
        self.filtered(lambda d: d.provisioning_progress < percent)._note_provisioning(
            provisioning_progress=percent
        )

    def _note_provisioning(self, **values):
        """Write the values on those dealers that do not have them yet."""
        changed = self.filtered(lambda d: any(d[name] != value for name, value in values.items()))
        if changed:
            changed.with_context(tracking_disable=True).write(values)
