import ast

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class DealerAuthorisationCondition(models.Model):
    """A condition of authorisations, set up without code.

    An add-on with a kind of its own (a competence, a standard) adds it to ``kind`` and defines
    ``_count_<kind>(authorisations)``, which returns the number found by id of the authorisation,
    and ``_explain_<kind>(check)``, which says what is missing.
    """

    _name = "dealer.authorisation.condition"
    _description = "Authorisation condition"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [
            ("agreement", "The agreement runs"),
            ("operation", "The outlet has the operation"),
            ("staff", "Staff in a role"),
            ("records", "Records of the dealer"),
        ],
        required=True,
        default="staff",
    )
    activity_ids = fields.Many2many(
        "dealer.activity", string="Activities", help="Empty: for all activities."
    )
    brand_ids = fields.Many2many("dealer.brand", string="Brands", help="Empty: for all brands.")
    type_ids = fields.Many2many(
        "dealer.type", string="Dealer types", help="Empty: for all types of dealers."
    )
    role_id = fields.Many2one("dealer.role", ondelete="restrict")
    at_outlet = fields.Boolean(
        "At the outlet", help="Count only what belongs to the outlet, not to the whole dealer."
    )
    model_name = fields.Selection(
        lambda self: self._selection_model_name(), "Records", help="Documents of the network."
    )
    domain = fields.Char(default="[]", help="Which records of the dealer count.")
    min_count = fields.Integer("At least", default=1, required=True)

    _min_count_check = models.Constraint(
        "CHECK (min_count > 0)", "A condition must ask for at least one."
    )

    @api.constrains("kind", "role_id", "model_name", "domain", "at_outlet")
    def _check_parameters(self):
        for condition in self:
            problem = condition._find_problem()
            if problem:
                raise ValidationError(
                    self.env._(
                        "Condition “%(name)s”: %(problem)s", name=condition.name, problem=problem
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        conditions = super().create(vals_list)
        self._recheck_all()
        return conditions

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() - {"name", "sequence"}:
            self._recheck_all()
        return result

    @api.model
    def _selection_model_name(self):
        """The countable models with their names; nobody needs access to the list of models."""
        models_ = self.env["ir.model"].sudo()
        found = models_.search_fetch([("model", "in", self._countable_models())], ["model", "name"])
        return sorted(((model.model, model.name) for model in found), key=lambda pair: pair[1])

    @api.model
    def _countable_models(self):
        """Names of the models whose records may be counted: documents of the network with a
        dealer. A dealer's own data is never counted behind its back."""
        return [
            name
            for name, model in self.env.registry.items()
            if name.startswith("dealer.")
            and not (model._abstract or model._transient or not model._auto)
            and "dealer_id" in model._fields
            and model._fields["dealer_id"].comodel_name == "dealer.dealer"
            and model._fields["dealer_id"].store
        ]

    @api.model
    def _recheck_all(self):
        """A changed rule changes verdicts: check soon, not in this transaction."""
        cron = self.env.ref("dealer_agreement.ir_cron_check_authorisations", False)
        if cron:
            cron.sudo()._trigger()

    def _find_problem(self):
        """What hinders the condition from being evaluated, or None."""
        if self.kind == "staff" and not self.role_id:
            return self.env._("choose the role of the staff.")
        if self.kind != "records":
            return None
        if self.model_name not in self._countable_models():
            return self.env._("choose which records of the dealer count.")
        if self.at_outlet and "outlet_id" not in self.env[self.model_name]._fields:
            return self.env._("these records belong to no outlet.")
        try:
            self._record_domain().validate(self.env[self.model_name])
        except (ValueError, SyntaxError, TypeError, KeyError) as error:
            return self.env._("the filter cannot be read: %(error)s", error=error)
        return None

    def _record_domain(self):
        return Domain(ast.literal_eval(self.domain or "[]"))

    def _concerns(self, authorisation):
        """Whether the condition is asked for this authorisation."""
        return (
            (not self.activity_ids or authorisation.activity_id in self.activity_ids)
            and (not self.brand_ids or authorisation.brand_id in self.brand_ids)
            and (not self.type_ids or authorisation.dealer_id.type_id in self.type_ids)
        )

    def _count(self, authorisations):
        """Count what the condition asks for, in one query for all.

        :return dict: number found by id of the authorisation; a missing one counts 0
        """
        return getattr(self, f"_count_{self.kind}")(authorisations)

    def _explain(self, check):
        """What is missing, in plain words and in the reader's language."""
        return getattr(self.sudo(), f"_explain_{self.kind}")(check)

    def _count_agreement(self, authorisations):
        return {
            authorisation.id: int(authorisation.agreement_id.state == "running")
            for authorisation in authorisations
        }

    def _explain_agreement(self, check):
        return self.env._(
            "Agreement %(number)s does not run.",
            number=check.authorisation_id.agreement_id.name,
        )

    def _count_operation(self, authorisations):
        groups = self.env["dealer.operation"]._read_group(
            [("outlet_id", "in", authorisations.outlet_id.ids)],
            ["outlet_id", "activity_id", "brand_id"],
        )
        present = set(groups)
        return {
            a.id: int((a.outlet_id, a.activity_id, a.brand_id) in present) for a in authorisations
        }

    def _explain_operation(self, check):
        authorisation = check.authorisation_id
        return self.env._(
            "%(outlet)s has no operation %(activity)s for %(brand)s.",
            outlet=authorisation.outlet_id.name,
            activity=authorisation.activity_id.name,
            brand=authorisation.brand_id.name,
        )

    def _count_staff(self, authorisations):
        today = fields.Date.context_today(self)
        domain = [
            ("role_id", "=", self.role_id.id),
            ("date_start", "<=", today),
            "|",
            ("date_end", "=", False),
            ("date_end", ">=", today),
        ]
        return self._count_by_place("dealer.staff", Domain(domain), authorisations)

    def _explain_staff(self, check):
        authorisation = check.authorisation_id
        return self.env._(
            "%(place)s has %(found)s of %(required)s in the role %(role)s.",
            place=self._place(authorisation).name,
            found=check.found,
            required=self.min_count,
            role=self.role_id.name,
        )

    def _count_records(self, authorisations):
        if self.model_name not in self.env:
            return {}  # the add-on was removed
        return self._count_by_place(self.model_name, self._record_domain(), authorisations)

    def _explain_records(self, check):
        return self.env._(
            "%(place)s has %(found)s of %(required)s: %(condition)s.",
            place=self._place(check.authorisation_id).name,
            found=check.found,
            required=self.min_count,
            condition=self.name,
        )

    def _place(self, authorisation):
        return authorisation.outlet_id if self.at_outlet else authorisation.dealer_id

    def _count_by_place(self, model, domain, authorisations):
        field = "outlet_id" if self.at_outlet else "dealer_id"
        groups = self.env[model]._read_group(
            domain & Domain(field, "in", authorisations[field].ids), [field], ["__count"]
        )
        counts = {place.id: count for place, count in groups}
        return {a.id: counts.get(self._place(a).id, 0) for a in authorisations}
