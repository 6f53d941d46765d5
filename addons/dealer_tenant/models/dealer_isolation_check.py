import contextlib
import logging
import time
import uuid

from psycopg2 import OperationalError

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..tools.isolation_maker import Maker, NotMade
from ..tools.isolation_prober import ERROR, LEAK, NOT_APPLICABLE, Prober

_logger = logging.getLogger(__name__)

PROGRESS_STEP = 10  # kinds of record between two signs of life


class DealerIsolationCheck(models.Model):
    """Proof that a rival gets nothing: one record of every kind, and every door tried.

    A rival's user makes the records with the defaults of the forms; a user of the dealer,
    with every right a dealer can be given, then tries to get at them by ORM and through the
    RPC dispatcher. All of it happens in a savepoint: only the result remains.
    """

    _name = "dealer.isolation.check"
    _description = "Isolation Check"
    _order = "id desc"
    _rec_name = "headline"

    dealer_id = fields.Many2one("dealer.dealer", readonly=True, index=True, ondelete="cascade")
    network_company_id = fields.Many2one(
        "res.company", string="Upstream company", readonly=True, index=True
    )
    rival_name = fields.Char(string="Rival", readonly=True)
    date = fields.Datetime(default=fields.Datetime.now, readonly=True)
    duration = fields.Float(string="Seconds", readonly=True)
    state = fields.Selection(
        [
            ("running", "In progress"),
            ("tight", "Tight"),
            ("leak", "Leak"),
            ("failed", "Not finished"),
        ],
        readonly=True,
        index=True,
    )
    progress = fields.Integer(string="Progress (%)", readonly=True, aggregator="avg")
    message = fields.Text(readonly=True, help="Why the check did not come to its end.")
    kind_count = fields.Integer(string="Kinds of record", readonly=True)
    door_count = fields.Integer(string="Doors tried", readonly=True)
    leak_count = fields.Integer(string="Leaks", readonly=True)
    problem_count = fields.Integer(string="Unclear", readonly=True)
    headline = fields.Char(compute="_compute_headline")
    line_ids = fields.One2many("dealer.isolation.check.line", "check_id", readonly=True)

    @api.depends("state", "kind_count", "door_count", "leak_count", "problem_count", "rival_name")
    def _compute_headline(self):
        for check in self:
            check.headline = check._headline()

    def _headline(self):
        if self.state == "running":
            return self.env._(
                "%(rival)s is trying every door. You may leave this page: the result will be here.",
                rival=self.rival_name or "",
            )
        values = {
            "rival": self.rival_name or "",
            "doors": self.door_count,
            "kinds": self.kind_count,
            "leaks": self.leak_count,
            "unclear": self.problem_count,
        }
        if self.leak_count:
            return self.env._(
                "%(rival)s tried %(doors)s doors on %(kinds)s kinds of record and %(leaks)s "
                "opened. Tell the administrator of the region.",
                **values,
            )
        if self.problem_count:
            return self.env._(
                "%(rival)s tried %(doors)s doors on %(kinds)s kinds of record and got nothing, "
                "but at %(unclear)s it is not clear why.",
                **values,
            )
        return self.env._(
            "%(rival)s tried %(doors)s doors on %(kinds)s kinds of record and got nothing.",
            **values,
        )

    # Entry points

    @api.model
    @api.private
    def run(self, dealer_a, dealer_b):
        """Let a user of ``dealer_a`` try to get at the records of ``dealer_b``.

        :param dealer_a: dealer.dealer, the intruder
        :param dealer_b: dealer.dealer, the owner
        :return: the check with one line per model that the registry classifies
        """
        start = time.monotonic()
        with self._traceless():
            rows = self._try(dealer_a, dealer_b)
        check = self.sudo().create(
            {
                "dealer_id": dealer_a.id,
                "network_company_id": dealer_a.oem_company_id.id,
                "rival_name": dealer_b.name,
                **self._result_values(rows, time.monotonic() - start),
            }
        )
        check._log()
        return check

    @api.model
    def _queue(self, dealer):
        """Let a job check ``dealer``; a check that is underway is joined, not doubled.

        :return: the check, in progress
        :raise AccessError: for anybody but its principal and the OEM's administrators
        :raise UserError: when the dealer has no tenant
        """
        self._check_may_run(dealer)
        underway = self.sudo().search(
            [("dealer_id", "=", dealer.id), ("state", "=", "running")], limit=1
        )
        check = underway or self._start(dealer)
        check._enqueue()
        return check.with_env(self.env)

    @api.model
    def _check_dealer(self, dealer):
        """Check ``dealer`` against a synthetic rival at once, in the caller's transaction.

        :raise AccessError: for anybody but its principal and the OEM's administrators
        :raise UserError: when the dealer has no tenant
        """
        check = self._start(dealer)
        check._run_job()
        return check.with_env(self.env)

    @api.model
    def _start(self, dealer):
        self._check_may_run(dealer)
        if not dealer.company_id:
            raise UserError(
                self.env._(
                    "%(dealer)s has no tenant yet: provision it first.", dealer=dealer.display_name
                )
            )
        # who may press the button has no right to write a result by hand
        return self.sudo().create(
            {
                "dealer_id": dealer.id,
                "network_company_id": dealer.sudo().oem_company_id.id,
                "rival_name": self.env._("A synthetic rival"),
                "state": "running",
            }
        )

    def _enqueue(self):
        """Hand the check to the queue."""
        self.with_delay(
            identity_key=f"dealer-isolation-check-{self.dealer_id.id}",
            description=self.env._("Check isolation of %(dealer)s", dealer=self.dealer_id.name),
        )._run_job()

    def _run_job(self):
        """Check the dealer against a synthetic rival that exists only meanwhile.

        The roles are those of :meth:`run`: the rival is the intruder, the dealer the owner.
        """
        self.ensure_one()
        start = time.monotonic()
        # not the principal with more rights: nobody at all, in the OEM's company
        context = {key: self.env.context[key] for key in ("job_uuid",) if key in self.env.context}
        system = self.with_env(self.env(user=SUPERUSER_ID, su=True, context=context))
        try:
            with system._traceless():
                rows = system._try(system._synthetic_rival(system.dealer_id), system.dealer_id)
        except OperationalError:
            raise  # the queue tries again: two transactions met
        except Exception as error:
            _logger.exception("isolation check %s did not finish", self.id)
            result = {"state": "failed", "message": str(error)}
        else:
            result = self._result_values(rows, time.monotonic() - start)
        system._checkpoint()
        system.write(result)
        system._log()

    def _checkpoint(self):
        """End the job's transaction: the next one sees the progress that was written beside it."""
        if self.env.context.get("job_uuid"):
            self.env.cr.commit()  # pylint: disable=invalid-commit

    def _note_progress(self, percent):
        """Show how far the job is; the trial's own transaction leaves no trace, so beside it."""
        if self and self.env.context.get("job_uuid"):
            with self.env.registry.cursor() as cr:
                cr.execute(
                    "UPDATE dealer_isolation_check SET progress = %s WHERE id = %s",
                    [percent, self.id],
                )

    @api.model
    def _check_may_run(self, dealer):
        user = self.env.user
        if self.env.su or user.has_group("dealer_network.group_network_administrator"):
            return
        if user.has_group("dealer_network.group_dealer_manager") and dealer == user.dealer_id:
            return
        dealer.check_access("read")  # who may not know the dealer is not told its name
        raise AccessError(
            self.env._(
                "%(dealer)s: only its principal and the network's administrators may run the "
                "isolation check.",
                dealer=dealer.display_name,
            )
        )

    def _action_open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Isolation check"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }

    # The trial

    @api.model
    def _try(self, intruder, owner):
        """Make the owner's records, and try each as the intruder.

        :return: values of lines
        """
        system = self.sudo()
        thief = system._synthetic_user(intruder, "intruder")
        makers = system._makers(owner)
        kinds = system._kinds()
        records = {}
        for number, name in enumerate(kinds, start=1):
            records[name] = system._owned_record(makers, name)
            if number % PROGRESS_STEP == 0:
                self._note_progress(50 * number // len(kinds))
        self.env.flush_all()
        prober = Prober(thief, makers["form"].env)
        rows = []
        for number, name in enumerate(kinds, start=1):
            rows.append(system._line_values(prober, name, *records[name]))
            if number % PROGRESS_STEP == 0:
                self._note_progress(50 + 50 * number // len(kinds))
        return rows

    @api.model
    def _makers(self, owner):
        """Return who makes the owner's records: a user of the dealer, by its forms, and the
        OEM, which writes what is between it and the dealer.
        """
        recipes = self.env["dealer.isolation.recipe"]
        env = self._synthetic_user(owner, "owner")
        form = Maker(env, recipes._recipe, self._links)
        oem = Maker(self.env(user=SUPERUSER_ID, context={}), recipes._recipe_oem, self._links)
        oem.made["dealer.dealer"] = owner.with_env(oem.env)
        return {"form": form, "oem": oem}

    @api.model
    def _links(self, model_name):
        """Names of the fields that lead a record of the kind to its owner."""
        policy = self.env["dealer.tenant.policy"]._policy(model_name)
        links = {"dealer_id"} & set(self.env[model_name]._fields)
        if policy and "." in policy.company_field:
            links.add(policy.company_field.split(".")[0])
        company = self.env[model_name]._fields.get("company_id")
        if company is not None and company.related:
            links.add(company.related.split(".")[0])
        return links

    @api.model
    def _kinds(self):
        """Return the names of the installed models that hold records of somebody."""
        skipped = self.env["dealer.isolation.recipe"]._skipped_models()
        return [
            policy.model
            for policy in self.env["dealer.tenant.policy"].search(
                [("tenancy_class", "in", ("tenant", "network", "personal", "technical"))]
            )
            if policy.model in self.env
            and not self.env[policy.model]._abstract
            and policy.model not in skipped
        ]

    @api.model
    def _owned_record(self, makers, model_name):
        """Return ``(record or None, how it was made, reason)``."""
        policy = self.env["dealer.tenant.policy"]._policy(model_name)
        ways = ["form", "oem"] if policy.tenancy_class == "network" else ["form"]
        for way in ways:
            try:
                return makers[way].record(model_name), way, False
            except NotMade as refusal:
                reason = str(refusal)
        record = self._found_record(makers["form"], model_name, policy)
        return (record, "process", False) if record else (None, "no", reason)

    @api.model
    def _found_record(self, maker, model_name, policy):
        """A record that came to be as part of others: a move of a delivery, a tracked value."""
        model = self.env[model_name].sudo().with_context(active_test=False)
        if policy.tenancy_class == "tenant" and policy.company_field:
            return model.search([(policy.company_field, "=", maker.env.company.id)], limit=1)
        if "create_uid" in model._fields:
            return model.search([("create_uid", "=", maker.env.uid)], limit=1)
        return model

    @api.model
    def _line_values(self, prober, model_name, record, made, reason):
        policy = self.env["dealer.tenant.policy"]._policy(model_name)
        values = {
            "model": model_name,
            "tenancy_class": policy.tenancy_class,
            "made": made,
            "reason": reason,
            "verdict": "none",
        }
        if not record or not record.sudo().exists():
            return {**values, "made": "no"}
        verdicts = prober.probe(model_name, record.id)
        tried = set(verdicts.values()) - {NOT_APPLICABLE}
        values["owner_sees"] = prober.owner.sees(model_name, record.id)
        values["doors"] = {f"{door}.{way}": verdict for (door, way), verdict in verdicts.items()}
        values["verdict"] = "leak" if LEAK in tried else "error" if ERROR in tried else "tight"
        values["problem"] = "\n".join(
            f"{door} ({way}): {text}"
            for (name, door, way), text in prober.problems.items()
            if name == model_name
        )
        return values

    # The pair

    @api.model
    def _synthetic_rival(self, dealer):
        """Make a dealer of the same kind beside ``dealer``, with a tenant of its own."""
        # whatever is there already has another name: a check must not fail on a namesake
        token = uuid.uuid4().hex[:12]
        company = self.env["res.company"].create(
            {"name": f"Synthetic rival {token}", "currency_id": dealer.company_id.currency_id.id}
        )
        return self.env["dealer.dealer"].create(
            {
                "code": f"RIVAL-{token}",
                "name": f"Synthetic rival {token}",
                "type_id": dealer.type_id.id,
                "parent_id": dealer.parent_id.id,
                "oem_company_id": dealer.oem_company_id.id,
                "state": dealer.state,
                "mode": dealer.mode,
                "company_id": company.id,
            }
        )

    @api.model
    def _synthetic_user(self, dealer, kind):
        """Make a user of ``dealer`` with every right that dealers can be given.

        :return: the user's environment
        """
        company = dealer.company_id or self.env.ref("dealer_tenant.company_lobby")
        login = f"isolation-{kind}-{uuid.uuid4().hex}@check.invalid"
        user = (
            self.env["res.users"]
            .with_context(no_reset_password=True, mail_create_nosubscribe=True)
            .create(
                {
                    "name": f"Isolation check {kind}",
                    "login": login,
                    "email": login,
                    "company_id": company.id,
                    "company_ids": [Command.set(company.ids)],
                    "group_ids": [Command.set(self._widest_groups().ids)],
                }
            )
        )
        self._employ(user, dealer)
        self.env.flush_all()
        return self.env(user=user.id, su=False, context={"lang": "en_US"})

    @api.model
    def _employ(self, user, dealer):
        """Give the user a job, so that the scope of the dealer is its own."""
        role = self.env["dealer.role"].search([("is_principal", "=", True)], limit=1)
        person = self.env["dealer.person"].create(
            {
                "name": user.name,
                "email": user.email,
                "oem_company_id": dealer.oem_company_id.id,
            }
        )
        self.env["dealer.staff"].create(
            {
                "person_id": person.id,
                "dealer_id": dealer.id,
                "role_id": (role or self.env["dealer.role"].search([], limit=1)).id,
                "user_id": user.id,
            }
        )

    @api.model
    def _widest_groups(self):
        """Return the groups of the strongest intruder: all but those that no dealer gets."""
        foreign = self.env["dealer.tenant.policy"]._foreign_group_ids()
        # a technical user reaches only the partner API: weaker than any person
        foreign.append(self.env.ref("dealer_network.group_dealer_api").id)
        groups = self.env["res.groups"].search([("id", "not in", foreign)])
        return groups.filtered(lambda group: not set(group.all_implied_ids.ids) & set(foreign))

    # Without a trace

    @contextlib.contextmanager
    def _traceless(self):
        """Undo everything that happens inside, mails and notifications included."""
        cr = self.env.cr
        self.env.flush_all()
        hooks = [cr.precommit, cr.postcommit, cr.prerollback, cr.postrollback]
        kept = [(list(hook._funcs), dict(hook.data)) for hook in hooks]
        savepoint = cr.savepoint(flush=False)
        try:
            with savepoint:
                yield
                savepoint.rollback()
        finally:
            for hook, (functions, data) in zip(hooks, kept, strict=True):
                hook.clear()
                hook._funcs.extend(functions)
                hook.data.update(data)
            self.env.transaction.clear()
            # caches hold companies and users that never were
            self.env.registry.clear_cache()

    @api.model
    def _result_values(self, rows, seconds):
        """Return the values of a finished check.

        :param list rows: values of its lines
        :param float seconds: how long it took
        """
        verdicts = [verdict for row in rows for verdict in (row.get("doors") or {}).values()]
        leaks = verdicts.count(LEAK)
        return {
            "duration": round(seconds, 1),
            "state": "leak" if leaks else "tight",
            "progress": 100,
            "kind_count": sum(row["made"] != "no" for row in rows),
            "door_count": len(verdicts) - verdicts.count(NOT_APPLICABLE),
            "leak_count": leaks,
            "problem_count": verdicts.count(ERROR),
            "line_ids": [Command.create(row) for row in rows],
        }

    def _log(self):
        _logger.info(
            "isolation check %s: %s, %s kinds, %s doors, %s leaks, %s unclear, %.1f s",
            self.id,
            self.state,
            self.kind_count,
            self.door_count,
            self.leak_count,
            self.problem_count,
            self.duration,
        )
