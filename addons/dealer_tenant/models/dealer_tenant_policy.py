from typing import NamedTuple

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.fields import Domain

# Groups whose members administer the region. What only they reach needs no class.
ADMINISTRATOR_GROUPS = (
    "base.group_system",
    "base.group_erp_manager",
    "dealer_network.group_network_user",
    "dealer_network.group_network_manager",
    "dealer_network.group_network_administrator",
)
# Groups whose members are no dealer users.
OUTSIDER_GROUPS = ("base.group_portal", "base.group_public")


class Policy(NamedTuple):
    """What the registry says of one model, in the form the hot paths want."""

    tenancy_class: str
    company_field: str
    owner_field: str
    shared_read: bool
    binds_network: bool


class DealerTenantPolicy(models.Model):
    """Tenancy class of every model a dealer user may meet.

    One row per technical model name. A model without a row is denied to dealer users
    (see ``ir.model.access._get_allowed_models``); a row of class *tenant* or *personal*
    also adds a record rule (see ``ir.rule._compute_domain``). Rows for models that are
    not installed are allowed and do nothing.
    """

    _name = "dealer.tenant.policy"
    _description = "Tenancy Policy"
    _order = "model"
    _rec_name = "model"

    model = fields.Char(string="Technical model", required=True, index=True)
    name = fields.Char(string="Model", compute="_compute_name")
    installed = fields.Boolean(compute="_compute_name", search="_search_installed")
    tenancy_class = fields.Selection(
        [
            ("tenant", "Tenant: belongs to one dealer"),
            ("network", "Network: between a dealer and its upstream party"),
            ("shared", "Shared: read only for dealers"),
            ("personal", "Personal: belongs to one user"),
            ("technical", "Technical: as the access rights say"),
            ("denied", "Denied: known, and closed to dealers"),
        ],
        string="Class",
        required=True,
    )
    shared_read = fields.Boolean(
        string="OEM records readable",
        help="Dealers read, but never change, the records that belong to no company: "
        "those of the OEM.",
    )
    company_field = fields.Char(
        default="company_id",
        help="Field, or path of fields, that leads to the company which owns the record.",
    )
    owner_field = fields.Char(
        default="create_uid",
        help="Field, or path of fields, that leads to the user to whom a personal record belongs.",
    )
    binds_network = fields.Boolean(
        string="Binds the OEM too",
        help="Stock Odoo has no company rule for this model, so users of the OEM are kept from "
        "the dealers' records by this registry as well.",
    )
    note = fields.Char()

    _model_uniq = models.Constraint(
        "UNIQUE(model)", "A model has one tenancy class: the model is listed twice."
    )

    @api.depends("model")
    def _compute_name(self):
        for policy in self:
            policy.installed = policy.model in self.env
            policy.name = self.env[policy.model]._description if policy.installed else policy.model

    def _search_installed(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("model", "in", list(self.env.registry))]

    @api.constrains("model", "tenancy_class", "company_field", "owner_field")
    def _check_paths(self):
        """A path that leads nowhere would break the model for dealers: refuse it.

        Not while data is loaded: the add-on that brings the field may come later.
        """
        if self.env.context.get("install_mode"):
            return
        for policy in self._with_broken_path():
            raise ValidationError(
                self.env._(
                    "Tenancy policy of %(model)s: %(path)s does not lead to a company or user.",
                    model=policy.model,
                    path=policy._owning_path(),
                )
            )

    def _with_broken_path(self):
        """Return the policies whose path of fields does not exist."""
        return self.filtered(
            lambda policy: policy._owning_path()
            and policy.model in self.env
            and not self.env[policy.model]._abstract
            and not policy._path_target(policy._owning_path())
        )

    @api.model_create_multi
    def create(self, vals_list):
        policies = super().create(vals_list)
        self._forget()
        return policies

    def write(self, vals):
        result = super().write(vals)
        self._forget()
        return result

    def unlink(self):
        result = super().unlink()
        self._forget()
        return result

    # Look-up, cached: these are asked on every access check

    @api.model
    @tools.ormcache(cache="stable")
    def _policies(self):
        """Return ``{model name: Policy}`` of the whole registry."""
        self.flush_model()
        rows = self.env.execute_query(
            tools.SQL(
                "SELECT model, tenancy_class, company_field, owner_field, shared_read,"
                " binds_network FROM dealer_tenant_policy"
            )
        )
        return {
            model: Policy(kind, company or "", owner or "", bool(shared), bool(binds))
            for model, kind, company, owner, shared, binds in rows
        }

    @api.model
    def _policy(self, model_name):
        """Return the :class:`Policy` of a model, or None when nobody has classified it."""
        return self._policies().get(model_name)

    @api.model
    @tools.ormcache("mode", cache="stable")
    def _permitted_models(self, mode):
        """Return the names of models that dealer users may access in ``mode`` at all."""
        refused = {"denied"} if mode == "read" else {"denied", "shared"}
        return frozenset(
            name for name, policy in self._policies().items() if policy.tenancy_class not in refused
        )

    @api.model
    def _domain(self, model_name, mode):
        """Return the domain that the class of ``model_name`` adds for the current user.

        :param str mode: read, write, create or unlink
        :return: a Domain; TRUE where the class adds nothing
        """
        policy = self._policy(model_name)
        if policy is None:
            return Domain.TRUE
        is_tenant = self.env.user._is_tenant_user()
        if policy.tenancy_class == "personal":
            return self._personal_domain(policy, mode) if is_tenant else Domain.TRUE
        if policy.tenancy_class != "tenant" or not policy.company_field:
            return Domain.TRUE
        if is_tenant:
            return self._owned_domain(model_name, policy, mode)
        if policy.binds_network:
            return _along(policy.company_field, [*self.env.companies.ids, False])
        return Domain.TRUE

    @api.model
    def _owned_domain(self, model_name, policy, mode):
        """Domain of a tenant model for a dealer user.

        Users in the lobby share a company that is nobody's: there each sees only what
        he made himself.
        """
        owned = _along(policy.company_field, self.env.companies.ids)
        if self.env.user._is_lobby_user():
            owned &= self._lobby_domain(model_name, policy, mode)
        if policy.shared_read and mode == "read":
            owned |= _along(policy.company_field, [False])
        return owned

    @api.model
    def _lobby_domain(self, model_name, policy, mode):
        """Domain of what a user in the lobby made himself; where Odoo does not note who made a
        record, of what hangs on something that he may see.
        """
        model = self.env[model_name]
        if "create_uid" in model._fields:
            return Domain("create_uid", "=", self.env.uid)
        head, _dot, rest = policy.company_field.partition(".")
        if not rest:
            return Domain.FALSE
        return Domain(head, "any", self.env[model._fields[head].comodel_name]._tenant_domain(mode))

    @api.model
    def _personal_domain(self, policy, mode):
        """Domain of a personal model: one's own, and to read what belongs to nobody."""
        owners = [self.env.uid]
        if policy.shared_read and mode == "read":
            owners.append(False)
        return _along(policy.owner_field, owners)

    # What nobody has classified

    @api.model
    def _unclassified_models(self):
        """Return the sorted names of models that a dealer user could be given by some
        group, and that the registry does not know.

        They are denied to dealers until someone decides. Groups of administrators are
        left out: dealers never get those.
        """
        rows = self.env.execute_query(
            tools.SQL(
                """
                SELECT DISTINCT m.model
                  FROM ir_model_access a JOIN ir_model m ON m.id = a.model_id
                 WHERE a.active
                   AND (a.perm_read OR a.perm_write OR a.perm_create OR a.perm_unlink)
                   AND (a.group_id IS NULL OR a.group_id NOT IN %s)
                """,
                tuple(self._foreign_group_ids()),
            )
        )
        known = self._policies()
        return sorted(
            name
            for (name,) in rows
            if name not in known and name in self.env and not self.env[name]._abstract
        )

    @api.model
    def _foreign_group_ids(self):
        """Ids of the groups that a dealer user can never have."""
        names = ADMINISTRATOR_GROUPS + OUTSIDER_GROUPS
        groups = (self.env.ref(name, raise_if_not_found=False) for name in names)
        return [group.id for group in groups if group]

    @api.model
    def action_unclassified(self):
        """Open the models that wait for a class."""
        names = self._unclassified_models()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Models without tenancy class"),
            "res_model": "ir.model",
            "view_mode": "list,form",
            "domain": [("model", "in", names)],
            "help": self.env._("Every model that dealers could reach has its class."),
        }

    # Helpers

    def _owning_path(self):
        """Field path that decides whose a record is; empty where the class needs none."""
        if self.tenancy_class == "tenant":
            return self.company_field
        return self.owner_field if self.tenancy_class == "personal" else ""

    def _path_target(self, path):
        """Return the model at the end of ``path``, or None when it is no such path."""
        model = self.env[self.model]
        for name in path.split("."):
            field = model._fields.get(name)
            if not field or not field.relational:
                return None
            model = self.env[field.comodel_name]
        return model._name if model._name in ("res.company", "res.users") else None

    def _forget(self):
        """The class of a model is baked into cached access rights and rules."""
        self.env.registry.clear_cache("stable")


def _along(path, ids):
    """Domain: the record at the end of ``path`` is one of ``ids``, False being none.

    Only the end may be empty. A record whose way to its owner is broken is nobody's, and
    must not pass for the OEM's.
    """
    head, _dot, rest = path.partition(".")
    return Domain(head, "any", _along(rest, ids)) if rest else Domain(head, "in", ids)
