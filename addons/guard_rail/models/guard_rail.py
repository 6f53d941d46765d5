import ast
import functools
import logging
from typing import NamedTuple

from odoo import api, fields, models, tools
from odoo.exceptions import RedirectWarning, UserError, ValidationError
from odoo.fields import Domain

from ..tools.passes import has_passed, passing
from ..tools.watching import WATCHES


class Rail(NamedTuple):
    """A guard rail in the form that the checks want, free of the database."""

    id: int
    action_id: int
    model: str
    kind: str
    methods: tuple
    field_names: frozenset
    values: tuple
    on_create: bool
    domain: str
    domain_names: frozenset
    leaving_names: frozenset
    competence_id: int
    progress: int
    role_ids: frozenset

    def touches(self, vals):
        """Tell whether writing these values is the guarded action."""
        for name, wanted in self.values:
            # None and an empty text are stored as False
            if name in vals and (vals[name] or False) in wanted:
                return True
        return self.kind == "write" and not self.values and not self.field_names.isdisjoint(vals)

    def is_made_by(self, record):
        """Tell whether a new record is the guarded action: an order that is born confirmed."""
        return self.on_create or any(record[name] in wanted for name, wanted in self.values)

    def may_be_left_by(self, vals):
        """Tell whether these values may take a record out of the filter."""
        return not self.leaving_names.isdisjoint(vals)


class GuardRail(models.Model):
    """An action that asks for a competence, at dealers. Who lacks it prepares; a holder confirms.

    It is enforced where the action happens on the server, so that every door is the same. Code
    that runs with all rights, and people of the OEM, are not bound.
    """

    _name = "guard.rail"
    _description = "Guard Rail"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    action_id = fields.Many2one("guard.rail.action", required=True, index=True, ondelete="cascade")
    model = fields.Char(related="action_id.model", store=True)
    domain = fields.Char(
        string="Only for", default="[]", help="Filter: a discount above a limit, a large amount."
    )
    guards_leaving = fields.Boolean(
        string="Leaving the filter counts",
        default=True,
        help="Changing the record first, so that the filter does not find it any more, is stopped "
        "as well. For a filter on what a record is, a company or a refund; not for one on a status "
        "that ordinary work changes.",
    )
    competence_id = fields.Many2one(
        "dealer.competence", required=True, index=True, ondelete="restrict"
    )
    skill_type_id = fields.Many2one(related="competence_id.skill_type_id")
    skill_level_id = fields.Many2one(
        "hr.skill.level",
        string="Level of at least",
        required=True,
        ondelete="restrict",
        domain="[('skill_type_id', '=', skill_type_id)]",
    )
    role_ids = fields.Many2many(
        "dealer.role", string="Binds", help="Roles; empty binds everybody at a dealer."
    )
    hours = fields.Integer(
        string="Answer within (hours)", default=4, help="Then it becomes a task of the principal."
    )
    help = fields.Char(translate=True, help="One sentence for who is stopped.")
    active = fields.Boolean(default=True)

    _hours_positive = models.Constraint("CHECK(hours > 0)", "A request needs an hour at least.")

    @api.constrains("domain", "action_id", "competence_id", "skill_level_id")
    def _check_rail(self):
        for rail in self:
            if rail.skill_level_id not in rail.competence_id._levels():
                raise ValidationError(
                    self.env._(
                        "%(rail)s: choose a level of %(competence)s.",
                        rail=rail.name,
                        competence=rail.competence_id.name,
                    )
                )
            try:
                domain = Domain(ast.literal_eval(rail.domain or "[]"))
                if rail.action_id.installed:
                    domain.validate(self.env[rail.model])
            except (ValueError, SyntaxError, TypeError, KeyError) as error:
                raise ValidationError(
                    self.env._(
                        "%(rail)s: the filter cannot be read: %(error)s",
                        rail=rail.name,
                        error=error,
                    )
                ) from error

    @api.model_create_multi
    def create(self, vals_list):
        rails = super().create(vals_list)
        self._update_registry()
        return rails

    def write(self, vals):
        result = super().write(vals)
        self._update_registry()
        return result

    def unlink(self):
        result = super().unlink()
        self._update_registry()
        return result

    # ------------------------------------------------------------------ caches
    @api.model
    @tools.ormcache(cache="stable")
    def _rails(self):
        """Return {model: tuple of Rail} of what is in force."""
        self.env["guard.rail.action"].flush_model()
        result = {}
        for rail in self.sudo().search([]):
            action = rail.action_id
            if action.installed:
                names = rail._domain_names()
                result.setdefault(action.model, []).append(
                    Rail(
                        id=rail.id,
                        action_id=action.id,
                        model=action.model,
                        kind=action.kind,
                        methods=tuple(action._names("method")),
                        field_names=frozenset(action._names("field_names")),
                        values=tuple(
                            (name, tuple(found)) for name, found in action._values().items()
                        ),
                        on_create=action.on_create,
                        domain=rail.domain or "[]",
                        domain_names=names,
                        leaving_names=rail._leaving_names(names),
                        competence_id=rail.competence_id.id,
                        progress=rail.skill_level_id.level_progress,
                        role_ids=frozenset(rail.role_ids.ids),
                    )
                )
        return {model: tuple(rails) for model, rails in result.items()}

    def _domain_names(self):
        """Return the fields of the model itself that the filter speaks of."""
        domain = Domain(ast.literal_eval(self.domain or "[]"))
        return frozenset(
            condition.field_expr.partition(".")[0] for condition in domain.iter_conditions()
        )

    def _leaving_names(self, domain_names):
        """Return the fields by which a record itself can be taken out of the filter.

        What stands in its lines is how much it is, not what: who obeys changes it.
        """
        if not self.guards_leaving:
            return frozenset()
        known = [self.env[self.model]._fields[name] for name in domain_names]
        return frozenset(
            field.related.partition(".")[0] if field.related else field.name
            for field in known
            if field.type != "one2many"
        )

    @api.model
    @tools.ormcache(cache="stable")
    def _undo_fields(self):
        """Return {model: frozenset of fields} whose change can be undone."""
        result = {}
        for action in self.env["guard.rail.action"].sudo().search([("undo", "=", True)]):
            if action.installed:
                result[action.model] = result.get(action.model, frozenset()) | set(
                    action._names("field_names")
                )
        return result

    @api.model
    @tools.ormcache(cache="stable")
    def _watched_models(self):
        """Return the names of models whose writing and deleting is looked at."""
        return frozenset(self._rails()) | frozenset(self._undo_fields())

    # ------------------------------------------------------------------ checks
    @api.model
    def _check_create(self, records):
        """Check new records that are born as the guarded action would have left them."""
        for rail in self._binding(records):
            made = records.filtered(rail.is_made_by)
            if made:
                self._check(rail, made, None)

    @api.model
    def _check_write(self, records, vals):
        """Check the records as they are before these values are written.

        :return: [(Rail, records)] of what a filter finds now and these values may take out of it
        """
        inside = []
        for rail in self._binding(records):
            if rail.touches(vals):
                self._check(rail, records, {"values": vals})
            elif rail.may_be_left_by(vals) and self._asks(rail, records):
                inside.append((rail, self._found(rail, records)))
        return inside

    @api.model
    def _check_written(self, records, vals, inside):
        """Check the records as they have become.

        :param inside: what ``_check_write`` returned
        """
        for rail in self._binding(records):
            if rail.touches(vals):
                self._check(rail, records, {"values": vals})
        for rail, found in inside:
            left = self._undecided(rail, found - self._found(rail, found))
            if left:
                self._stop_leaving(rail, left)

    @api.model
    def _check_unlink(self, records):
        for rail in self._binding(records):
            if rail.kind == "unlink":
                self._check(rail, records, {})

    @api.model
    def _check_call(self, records, method):
        """Check a call of a guarded method.

        :return: ids of the actions that were looked at
        """
        looked_at = []
        for rail in self._binding(records):
            if method in rail.methods:
                self._check(rail, records, {})
                looked_at.append(rail.action_id)
        return looked_at

    @api.model
    def _binding(self, records):
        """Return the rails of the records' model that bind the current user."""
        if self.env.su or not records:
            return ()
        rails = self._rails().get(records._name, ())
        if not rails or not self.env.user.is_dealer_user:
            return ()
        return rails

    @api.model
    def _check(self, rail, records, payload):
        """Stop the user unless the rail does not bind, or he holds what it asks for.

        :param payload: what a holder would carry out, None where there is nothing to keep
        :raise RedirectWarning: with the way to ask a holder
        """
        if self._asks(rail, records):
            stopped = self._undecided(rail, self._found(rail, records))
            if stopped:
                self._stop(rail, stopped, records, payload)

    @api.model
    def _asks(self, rail, records):
        """Tell whether the rail asks the user for what he lacks, where its filter finds it."""
        if has_passed("action", rail.action_id, records.ids):
            return False
        if has_passed("rail", rail.id, records.ids):
            return False
        dealer_id = self.env.user._dealer_at_work(records).id
        held, roles = self._standing(self.env.uid, fields.Date.context_today(self), dealer_id)
        if rail.role_ids and rail.role_ids.isdisjoint(roles):
            return False
        return held.get(rail.competence_id, -1) < rail.progress

    @api.model
    def _found(self, rail, records):
        """Return those of the records that the filter finds.

        They are judged in memory: what was read before a change serves after it as well, so that
        both together cost at most one query for any number of records.
        """
        domain = Domain(ast.literal_eval(rail.domain))
        if domain.is_true():
            return records
        seen = records.sudo().with_context(active_test=False)
        seen.fetch(rail.domain_names)
        return records.browse(seen.filtered_domain(domain).ids)

    @api.model
    def _undecided(self, rail, records):
        """Return the records without those on which the user has just decided in an emergency."""
        return records and records - self._overridden(rail, records)

    @api.model
    def _overridden(self, rail, records):
        """Return the records on which the user has just decided in an emergency.

        What the action opens then, the question about a rest to deliver, is part of it.
        """
        requests = (
            self.env["guard.rail.request"]
            .sudo()
            .search(
                [
                    ("rail_id", "=", rail.id),
                    ("is_emergency", "=", True),
                    ("answered_by_id", "=", self.env.uid),
                    ("answer_date", ">", fields.Datetime.subtract(fields.Datetime.now(), hours=1)),
                ]
            )
        )
        return records.browse({record.id for line in requests for record in line._records()})

    @api.model
    @tools.ormcache("uid", "day", "dealer_id")
    def _standing(self, uid, day, dealer_id):
        """Return ({competence id: progress held}, ids of roles) of a user at a dealer on a day."""
        user = self.env["res.users"].sudo().browse(uid)
        person = self.env["dealer.person"].sudo().search([("user_id", "=", uid)], limit=1)
        jobs = user.dealer_staff_ids.filtered(
            lambda job: job.state == "current" and job.dealer_id.id == dealer_id
        )
        held = {}
        if jobs:
            held = self.env["dealer.competence"]._in_force(person, jobs.dealer_id)
        progress = {competence: line.level_progress for (_person, competence), line in held.items()}
        return progress, frozenset(jobs.role_id.ids)

    @api.model
    def _stop(self, rail, stopped, records, payload):
        """Refuse, say why, and offer to ask for a confirmation."""
        records.check_access("read")  # the warning names them, to whoever tries
        guard = self.sudo().browse(rail.id)
        self.env["guard.rail.event"]._log_stop(guard, stopped)
        if payload is None:
            self._stop_new(guard, stopped)
        request = self.env["guard.rail.request"]._proposal(guard, records, payload)
        message = self.env._(
            "%(records)s: %(action)s asks for the competence “%(competence)s”, which you do not "
            "hold. Prepare it, and a colleague who holds it confirms in one click.",
            records=self._named(stopped),
            action=guard.action_id.name,
            competence=guard.competence_id.name,
        )
        if guard.help:
            message = f"{message}\n{guard.help}"
        stop = RedirectWarning(
            message,
            {
                "type": "ir.actions.act_window",
                "name": self.env._("Ask for a confirmation"),
                "res_model": "guard.rail.request",
                "views": [(False, "form")],
                "view_mode": "form",
                "target": "new",
            },
            self.env._("Ask for a confirmation"),
            {f"default_{name}": value for name, value in request.items()},
        )
        # no fault of the server, and its message names people: the event has its own line
        stop.loglevel = logging.DEBUG
        raise stop

    def _stop_new(self, guard, stopped):
        """Refuse to make a record with what is guarded: nothing of it is left to confirm."""
        raise UserError(
            self.env._(
                "%(records)s: %(action)s asks for the competence “%(competence)s”, which you do "
                "not hold, and what is not saved yet cannot wait for a confirmation. Save it "
                "without that and do it then, or let a colleague enter it who holds the "
                "competence.",
                records=self._named(stopped),
                action=guard.action_id.name,
                competence=guard.competence_id.name,
            )
        )

    @api.model
    def _stop_leaving(self, rail, stopped):
        """Refuse a change after which the guarded action would ask for nothing any more."""
        stopped.check_access("read")  # the message names them, to whoever tries
        guard = self.sudo().browse(rail.id)
        self.env["guard.rail.event"]._log_stop(guard, stopped)
        raise UserError(
            self.env._(
                "%(records)s: after this change %(action)s would not ask for the competence "
                "“%(competence)s” any more (guard rail “%(rail)s”). Let a colleague change it who "
                "holds the competence.",
                records=self._named(stopped),
                action=guard.action_id.name,
                competence=guard.competence_id.name,
                rail=guard.name,
            )
        )

    def _describe(self, records):
        """Return what is done to which records, in a few words."""
        return self.env._(
            "%(action)s: %(records)s",
            action=self.action_id.name,
            records=self._named(records),
        )

    @api.model
    def _named(self, records):
        """Return the names of the first records, and how many there are beside them."""
        names = ", ".join(records.sudo()[:3].mapped("display_name"))
        more = len(records) - 3
        if more <= 0:
            return names
        return self.env._("%(names)s and %(count)s more", names=names, count=more)

    @api.model
    def _holds(self, user, rail, dealer):
        """Tell whether a user holds today at a dealer what a guard rail asks for."""
        held, _roles = self._standing(user.id, fields.Date.context_today(self), dealer.id)
        return held.get(rail.competence_id.id, -1) >= rail.skill_level_id.level_progress

    # ----------------------------------------------------------------- patches
    @api.model
    def _update_registry(self):
        """Put what has changed into force, here and in the other workers."""
        self.env.registry.clear_cache("stable")
        self.env.registry.clear_cache()
        if self.env.registry.ready:
            self._unregister_hook()
            self._register_hook()
            self.env.registry.registry_invalidated = True

    def _register_hook(self):
        """Stand before the guarded methods, whoever calls them."""
        result = super()._register_hook()
        for model, rails in self._rails().items():
            for method in {name for rail in rails for name in rail.methods}:
                self._guard(type(self.env[model]), method)
        for model in self._watched_models():
            for method, watch in WATCHES.items():
                self._stand_before(type(self.env[model]), method, watch)
        return result

    def _unregister_hook(self):
        result = super()._unregister_hook()
        for model_class in self.env.registry.values():
            for name, method in list(vars(model_class).items()):
                if getattr(method, "is_guard_rail", False):
                    delattr(model_class, name)
        return result

    @api.model
    def _guard(self, model_class, name):
        def watch(origin):
            def guarded(self, *args, **kwargs):
                actions = self.env["guard.rail"]._check_call(self, name)
                if not actions:
                    return origin(self, *args, **kwargs)
                # what the method writes on its way is part of the same action
                with passing("action", actions[0], self.ids):
                    return origin(self, *args, **kwargs)

            return guarded

        self._stand_before(model_class, name, watch)

    @api.model
    def _stand_before(self, model_class, name, watch):
        """Put ``watch(method)`` in the place of a method, once."""
        origin = getattr(model_class, name)
        if not getattr(origin, "is_guard_rail", False):
            guarded = functools.wraps(origin)(watch(origin))
            guarded.is_guard_rail = True
            setattr(model_class, name, guarded)
