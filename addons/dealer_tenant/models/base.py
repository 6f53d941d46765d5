from collections import defaultdict

from odoo import api, models
from odoo.exceptions import AccessError, MissingError
from odoo.fields import Command, Domain

# Classes whose records must not be named by someone who may not read them.
GUARDED_CLASSES = ("tenant", "network", "personal")
NOBODY = -1  # an id that no record has


class Base(models.AbstractModel):
    """The ORM's side of tenancy.

    Record rules decide which records a user reads. Three doors remain that no rule sees,
    and all are closed here for dealer users:

    * a many2one shows the name of its target with administrator's eyes, so whoever may
      write the id of a rival's record into his own learns its name;
    * a company may be left empty or set to a rival's, which shares or plants a record;
    * a rule is asked before a change only, so a page of one's own could be moved into
      somebody else's course.
    """

    _inherit = "base"

    @api.model
    def _tenant_domain(self, mode):
        """Return the domain that tenancy adds to the rules of this model for the current
        user; models with needs of their own extend it.

        The result is cached by user and allowed companies: build it from these only.
        """
        return Domain(self.env["dealer.tenant.policy"].sudo()._domain(self._name, mode))

    # Writing

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.user._is_tenant_user():
            vals_list = self._tenant_own(vals_list)
        if not self._tenant_watches():
            return super().create(vals_list)
        self._tenant_check_references(vals_list)
        records = super().create(vals_list)
        if self._transient:
            self._tenant_check_references(records.sudo()._tenant_chosen())
        return records

    def write(self, vals):
        if not self.env.su and self.env.user._is_tenant_user():
            vals = self._tenant_keep(vals)
        if self._tenant_watches():
            self._tenant_check_references([vals])
            result = super().write(vals)
            if self._tenant_parent_field() in vals:
                self.check_access("write")
            return result
        return super().write(vals)

    @api.model
    def default_get(self, fields):
        """A default of the context is the caller's choice like any other value, and so is one
        that a user has set for himself: the first is refused, the second left out.
        """
        if not self._tenant_watches():
            return super().default_get(fields)
        keys = {f"default_{name}": name for name in fields}
        chosen = {keys[k]: self.env.context[k] for k in keys.keys() & self.env.context.keys()}
        self._tenant_check_references([chosen], drafts=True)
        defaults = super().default_get(fields)
        for name in self.env["ir.default"]._get_model_defaults(self._name).keys() & defaults.keys():
            if not self._tenant_may_hold({name: defaults[name]}):
                del defaults[name]
        return defaults

    def onchange(self, values, field_names, fields_spec):
        """A draft on screen is a way to look, too; a wizard's shows what the context says is on
        screen, whatever its defaults have been made of.
        """
        if not self._tenant_watches():
            return super().onchange(values, field_names, fields_spec)
        self._tenant_check_references([values], drafts=True)
        result = super().onchange(values, field_names, fields_spec)
        if self._transient:
            self._tenant_check_references([result.get("value", {})], drafts=True)
        return result

    @api.model
    def _tenant_company_field(self):
        """Return the column of this model that a dealer's record must fill, or None."""
        policy = self.env["dealer.tenant.policy"].sudo()._policy(self._name)
        if policy is None or policy.tenancy_class != "tenant" or self._transient:
            return None
        field = self._fields.get(policy.company_field)
        if field is None or field.type != "many2one" or field.comodel_name != "res.company":
            return None
        if not field.store or field.related or (field.compute and field.readonly):
            return None
        return field.name

    @api.model
    def _tenant_parent_field(self):
        """Return the field by which a record belongs to the dealer of another one, or None."""
        policy = self.env["dealer.tenant.policy"].sudo()._policy(self._name)
        if policy is None or policy.tenancy_class != "tenant":
            return None
        head, _dot, rest = (policy.company_field or "").partition(".")
        related = self._fields[head].related if head in self._fields else None
        return head if rest else related and related.partition(".")[0]

    @api.model
    def _tenant_own(self, vals_list):
        """Return ``vals_list`` with the user's company where none is given.

        Code that acts for the user with administrator's rights may say "no company"
        on purpose; the user himself may not.
        """
        column = self._tenant_company_field()
        if not column:
            return vals_list
        company = self.env.company.id

        def lacks_company(vals):
            return column not in vals if self.env.su else not vals.get(column)

        return [{**vals, column: company} if lacks_company(vals) else vals for vals in vals_list]

    def _tenant_keep(self, vals):
        """Return ``vals`` such that the records stay in the user's companies."""
        column = self._tenant_company_field()
        if not column or column not in vals:
            return vals
        if not vals[column]:
            return {**vals, column: self.env.company.id}
        if vals[column] not in self.env.user._get_company_ids():
            raise AccessError(
                self.env._(
                    "%(model)s: the record cannot be given to another company.",
                    model=self._description,
                )
            )
        return vals

    # References

    @api.model
    def _tenant_watches(self):
        """Tell whether it is looked at what the user's records point at.

        For dealers' people all that is confidential; for those of the OEM what is a dealer's.
        """
        return not self.env.su and not self.env.user._is_system()

    @api.model
    def _tenant_check_references(self, vals_list, drafts=False):
        """Refuse ids of records which the user may not read.

        :param bool drafts: look into the lines that ``vals_list`` would make, too: where they
            are not made, nothing else does
        :raise AccessError: names the field, never the record
        """
        for (comodel_name, field_name), ids in self._tenant_references(vals_list, drafts).items():
            if NOBODY in ids or not self.env[comodel_name].browse(ids)._tenant_may_reference():
                raise AccessError(
                    self.env._(
                        "%(model)s, %(field)s: the chosen record does not exist, or belongs to "
                        "someone else.",
                        model=self._description,
                        field=self._fields[field_name].get_description(self.env, ["string"])[
                            "string"
                        ],
                    )
                )

    def _tenant_chosen(self):
        """Return for each of these records the ids that it was given, not those it computes."""
        names = [
            name
            for name, field in self._fields.items()
            if field.type == "many2one" and field.store and not field.compute
        ]
        return [{name: record[name].id for name in names} for record in self]

    @api.model
    def _tenant_may_hold(self, vals):
        """Tell whether the user may read all that ``vals`` points at."""
        return all(
            NOBODY not in ids and self.env[comodel_name].browse(ids)._tenant_may_reference()
            for (comodel_name, _name), ids in self._tenant_references([vals], drafts=True).items()
        )

    @api.model
    def _tenant_references(self, vals_list, drafts=False):
        """Return ``{(comodel, field): ids}`` of what ``vals_list`` newly points at."""
        references = defaultdict(set)
        for vals in vals_list:
            for name, value in vals.items():
                field = self._fields.get(name)
                if field is None or not value:
                    continue
                if field.type == "reference":
                    comodel_name, ids = _reference_target(value)
                elif field.relational:
                    comodel_name, ids = field.comodel_name, _referenced_ids(field, value)
                else:
                    continue
                if ids and self._tenant_is_guarded(comodel_name):
                    references[comodel_name, name].update(ids)
                lines = drafts and _drafted_lines(field, value)
                if lines:
                    inside = self.env[comodel_name]._tenant_references(lines, drafts)
                    for (line_comodel, _name), line_ids in inside.items():
                        references[line_comodel, name].update(line_ids)
        return references

    @api.model
    def _tenant_is_guarded(self, model_name):
        """Tell whether records of ``model_name`` may be confidential."""
        if model_name not in self.env:
            return False
        if model_name == "res.company":
            return True
        policy = self.env["dealer.tenant.policy"].sudo()._policy(model_name)
        if policy is not None and policy.tenancy_class != "denied":
            return policy.tenancy_class in GUARDED_CLASSES
        return "company_id" in self.env[model_name]._fields

    def _tenant_may_reference(self):
        """Tell whether the user may point at all of these records. The OEM's people may point
        at whatever is no dealer's, as in stock.

        A model that is closed to the user can still be the target of a default that code
        fills in: then it is enough that the record is not another company's.
        """
        records = self.filtered(lambda record: isinstance(record.id, int))
        if not self.env.user._is_tenant_user():
            records = records._tenant_of_dealers()
            return not records or records.has_access("read")
        if not self.env["ir.model.access"]._is_denied_to_tenant(self._name):
            return records._tenant_all_exist() and records.has_access("read")
        own = {False, *self.env.user._get_company_ids()}
        return "company_id" not in self._fields or all(
            record.company_id.id in own for record in records.sudo().exists()
        )

    def _tenant_of_dealers(self):
        """Return those of these records that belong to a dealer for whom the user does not work."""
        policy = self.env["dealer.tenant.policy"].sudo()._policy(self._name)
        if not policy or policy.tenancy_class != "tenant" or not policy.company_field:
            return self.browse()
        dealers = self.env["res.company"].sudo()._tenant_company_ids()
        dealers = dealers.difference(self.env.user._get_company_ids())
        return self.filtered(
            lambda record: not dealers.isdisjoint(record.sudo().mapped(policy.company_field).ids)
        )

    def _tenant_all_exist(self):
        """Tell whether all of these records exist.

        A column that is in memory proves it without a query; else the query that looks brings
        in what the rules look at next. Half of a write's references are in memory already.
        """
        names = ("company_id", "create_date", self._rec_name)
        fields = [self._fields[name] for name in names if name in self._fields]
        proof = next((field.name for field in fields if field.store and field.column_type), None)
        if proof is None:
            return len(self.exists()) == len(self)
        try:
            self.sudo().mapped(proof)
        except MissingError:
            return False
        return True

    # Reading

    def _fetch_query(self, query, fields):
        """A sub-list on a model that is closed to dealers reads as empty.

        Otherwise every screen that carries one would fail as a whole.
        """
        if self.env.su or not self.env.user._is_tenant_user():
            return super()._fetch_query(query, fields)
        closed = [field for field in fields if self._tenant_is_closed(field)]
        if not closed:
            return super()._fetch_query(query, fields)
        fetched = super()._fetch_query(query, [f for f in fields if f not in closed])
        for field in closed:
            field._insert_cache(fetched, [()] * len(fetched))
        return fetched

    @api.model
    def _tenant_is_closed(self, field):
        """Tell whether ``field`` is a sub-list on a model which the user may not read."""
        return field.type in ("one2many", "many2many") and self.env[
            "ir.model.access"
        ]._is_denied_to_tenant(field.comodel_name)


def _referenced_ids(field, value):
    """Return the ids that a value for ``field`` links, as create, write or onchange take it."""
    if isinstance(value, models.BaseModel):
        ids = value.ids
    elif field.type == "many2one":
        if isinstance(value, dict):  # onchange of the web client
            value = value.get("id")
        ids = [value[0] if isinstance(value, tuple) and value else value]
    else:
        ids = []
        for command in value:
            if not isinstance(command, (list, tuple)):
                ids.append(command)
            elif command and command[0] == Command.LINK:
                ids.append(command[1])
            elif command and command[0] == Command.SET:
                ids.extend(command[2] or ())
    return [_row_id(i) for i in ids if i and not isinstance(i, (bool, dict, api.NewId))]


def _drafted_lines(field, value):
    """Return the values of the lines that a value for ``field`` would make or change."""
    if field.type not in ("one2many", "many2many") or isinstance(value, models.BaseModel):
        return []
    commands = (command for command in value if isinstance(command, (list, tuple)) and command)
    return [
        command[2]
        for command in commands
        if command[0] in (Command.CREATE, Command.UPDATE) and isinstance(command[2], dict)
    ]


def _row_id(value):
    """Return the id that PostgreSQL reads in ``value``, else one that no record has.

    By RPC "7" and 7.0 come in as well as 7, and the ORM hands them on to the database as they
    are: what is no id for us must not be one there.
    """
    try:
        number = int(value)
    except (TypeError, ValueError):
        return NOBODY
    return number if str(value) in (str(number), f"{number}.0") else NOBODY


def _reference_target(value):
    """Split ``model,id``, the value of a reference field."""
    if isinstance(value, models.BaseModel):
        return value._name, value.ids
    model_name, _sep, record_id = str(value).partition(",")
    return model_name, [_row_id(record_id)] if record_id else []
