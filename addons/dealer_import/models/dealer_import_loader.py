from odoo import api, models

from ..core.checker import STATE_STEPS
from ..core.plan import CREATE
from ..core.words import fold
from .dealer_import_reference import TEXT_FIELDS

#: key of the import → (field of dealer.dealer, model that its code is looked up in)
LINK_FIELDS = {
    "type": ("type_id", "dealer.type"),
    "country": ("country_id", "res.country"),
    "currency": ("currency_id", "res.currency"),
}
#: what the main outlet has in common with its dealer
SHARED_FIELDS = (
    "street", "street2", "zip", "city", "state_id", "country_id", "phone", "email",
    "latitude", "longitude",
)  # fmt: skip
PERSON_FIELDS = {"principal": "name", "principal_email": "email", "principal_phone": "phone"}


class DealerImportLoader(models.AbstractModel):
    """Writes a checked file, level by level from the root of the network down.

    New records of a level are created in one batch per model, so that the
    number of queries depends on the number of levels, not of dealers.
    """

    _name = "dealer.import.loader"
    _description = "Loader of a Network File"

    @api.model
    def _load(self, report, reason):
        """Write what *report* found to be new or changed.

        :param core.plan.Report report: a report without errors
        :param str reason: told in the history of dealers whose state or parent changes
        :return: the dealers created and changed
        """
        links = self._links()
        dealers = self.env["dealer.dealer"]
        parents = {
            dealer.code: dealer.id
            for dealer in dealers.with_context(active_test=False).search_fetch(
                [("code", "in", sorted(self._parent_codes(report)))], ["code"]
            )
        }
        for rows in report.levels():
            new = [row for row in rows if row.action == CREATE]
            changed = [row for row in rows if row.action != CREATE]
            created = self._create_dealers(new, parents, links)
            parents.update((dealer.code, dealer.id) for dealer in created)
            dealers |= created
            dealers |= self._update_dealers(changed, parents, links, reason)
        return dealers

    @api.model
    def _parent_codes(self, report):
        return {row.changes["parent"] for row in report.rows if row.changes.get("parent")}

    @api.model
    def _links(self):
        """Return {model: {code: id}} of everything that a file may refer to."""
        env = self.with_context(active_test=False).env
        links = {
            model: {record.code: record.id for record in env[model].search([])}
            for model in (
                "dealer.type", "dealer.brand", "dealer.activity", "dealer.role", "res.country",
            )
        }  # fmt: skip
        links["res.currency"] = {
            record.name: record.id for record in env["res.currency"].search([])
        }
        links["res.country.state"] = {
            f"{state.country_id.code}-{state.code}": state.id
            for state in env["res.country.state"].search_fetch([], ["code", "country_id"])
        }
        principal = self.env["dealer.role"].search([("is_principal", "=", True)], limit=1)
        links["principal"] = principal.id
        return links

    # --- dealers ---------------------------------------------------------------

    @api.model
    def _dealer_values(self, changes, parents, links):
        """Return the values of dealer.dealer for the changes of a row."""
        values = {field: changes[key] for key, field in TEXT_FIELDS.items() if key in changes}
        for key, (field, model) in LINK_FIELDS.items():
            if key in changes:
                values[field] = links[model][changes[key]]
        for key in ("code", "phone", "latitude", "longitude"):
            if key in changes:
                values[key] = changes[key]
        if "region" in changes:
            values["state_id"] = links["res.country.state"][changes["region"]]
        if "parent" in changes:
            values["parent_id"] = parents[changes["parent"]]
        return values

    @api.model
    def _create_dealers(self, rows, parents, links):
        if not rows:
            return self.env["dealer.dealer"]
        values = [self._dealer_values(row.changes, parents, links) for row in rows]
        dealers = self.env["dealer.dealer"].create(values)
        outlets = self.env["dealer.outlet"].create(
            [self._outlet_values(row, dealer) for row, dealer in zip(rows, dealers, strict=True)]
        )
        self._create_operations(rows, outlets, links)
        self._create_principals(rows, outlets, links)
        return dealers

    @api.model
    def _update_dealers(self, rows, parents, links, reason):
        codes = [row.code for row in rows]
        dealers = (
            self.env["dealer.dealer"]
            .with_context(active_test=False)
            .search([("code", "in", codes)])
            .with_env(self.env)
        )
        by_code = {dealer.code: dealer for dealer in dealers}
        outlets = self._outlets_of(rows, dealers, by_code)
        for row in rows:
            self._update_dealer(row, by_code[row.code], outlets[row.code], parents, links, reason)
        self._create_operations(rows, [outlets[row.code] for row in rows], links)
        self._update_principals(rows, [outlets[row.code] for row in rows], dealers, links)
        return dealers

    @api.model
    def _update_dealer(self, row, dealer, outlet, parents, links, reason):
        values = self._dealer_values(row.changes, parents, links)
        state = values.pop("state", None)
        parent_id = values.pop("parent_id", None)
        shared = {
            name: value
            for name, value in values.items()
            if name in SHARED_FIELDS and outlet[name] == dealer[name]
        }
        if "outlet" in row.changes:
            shared["name"] = row.changes["outlet"]
        if parent_id and "type_id" in values:
            self._promote(dealer, values.pop("type_id"), parent_id, reason)
        elif parent_id:
            dealer._reparent(dealer.browse(parent_id), reason)
        if values:
            dealer.write(values)
        if shared:
            outlet.write(shared)
        for step in STATE_STEPS.get((dealer.state, state), ()):
            dealer._set_state(step, reason)

    @api.model
    def _promote(self, dealer, type_id, parent_id, reason):
        """Change type and parent at once: neither goes with what the other was before."""
        dealer.write({"type_id": type_id, "parent_id": parent_id})
        # sudo: the history follows from the move, nobody writes it by hand
        dealer.sudo().affiliation_ids.filtered(lambda line: not line.date_to).reason = reason

    # --- outlets and operations --------------------------------------------------

    @api.model
    def _outlets_of(self, rows, dealers, by_code):
        """Return {code: main outlet}; dealers without one get it."""
        outlets = self.env["dealer.import.reference"]._main_outlets(dealers)
        outlets = {key: outlet.with_env(self.env) for key, outlet in outlets.items()}
        lacking = [row for row in rows if by_code[row.code].id not in outlets]
        created = self.env["dealer.outlet"].create(
            [self._outlet_values(row, by_code[row.code]) for row in lacking]
        )
        outlets.update((outlet.dealer_id.id, outlet) for outlet in created)
        return {code: outlets[dealer.id] for code, dealer in by_code.items()}

    @api.model
    def _outlet_values(self, row, dealer):
        values = {"dealer_id": dealer.id, "is_main": True}
        values["name"] = row.values.get("outlet") or dealer.name
        for name in SHARED_FIELDS:
            value = dealer[name]
            values[name] = value.id if isinstance(value, models.BaseModel) else value
        return values

    @api.model
    def _create_operations(self, rows, outlets, links):
        """Add the operations that the rows name, or take up archived ones; none is ever taken
        away."""
        brands, activities = links["dealer.brand"], links["dealer.activity"]
        values = []
        archived = self.env["dealer.operation"]
        for row, outlet in zip(rows, outlets, strict=True):
            if not {"brands", "activities"} & row.changes.keys():
                continue
            operations = outlet.with_context(active_test=False).operation_ids
            known = {(line.activity_id.id, line.brand_id.id): line for line in operations}
            named = [
                (activities[activity], brands[brand])
                for activity in row.values.get("activities", ())
                for brand in row.values.get("brands", ())
            ]
            values += [
                {"outlet_id": outlet.id, "activity_id": pair[0], "brand_id": pair[1]}
                for pair in named
                if pair not in known
            ]
            again = [known[pair] for pair in named if pair in known]
            archived |= archived.concat(*again).filtered(lambda line: not line.active)
        self.env["dealer.operation"].create(values)
        archived.action_unarchive()

    # --- principals ----------------------------------------------------------------

    @api.model
    def _create_principals(self, rows, outlets, links):
        """Make the person, and a staff line from today, for each row that names one."""
        named = [
            (row, outlet)
            for row, outlet in zip(rows, outlets, strict=True)
            if row.values.get("principal")
        ]
        persons = self._persons([row for row, _outlet in named])
        self.env["dealer.staff"].create(
            [
                {
                    "person_id": person.id,
                    "dealer_id": outlet.dealer_id.id,
                    "outlet_id": outlet.id,
                    "role_id": links["dealer.role"].get(row.values.get("role"), links["principal"]),
                }
                for (row, outlet), person in zip(named, persons, strict=True)
            ]
        )

    @api.model
    def _persons(self, rows):
        """Return a person for each row: who has its e-mail already, or a new one."""
        Person = self.env["dealer.person"]
        emails = [email for row in rows if (email := row.values.get("principal_email"))]
        found = {
            email: person.with_env(self.env) for email, person in Person._match(emails).items()
        }
        fresh = {}
        for row in rows:
            key = row.values.get("principal_email") or row.number
            if key in found:
                self._correct_person(found[key], row.values)
            else:
                fresh.setdefault(key, self._person_values(row.values))
        found.update(zip(fresh, Person.create(list(fresh.values())), strict=True))
        return [found[row.values.get("principal_email") or row.number] for row in rows]

    @api.model
    def _person_values(self, values):
        return {field: values[key] for key, field in PERSON_FIELDS.items() if values.get(key)}

    @api.model
    def _correct_person(self, person, values):
        wanted = self._person_values(values)
        changed = {name: value for name, value in wanted.items() if person[name] != value}
        if changed:
            person.write(changed)

    @api.model
    def _update_principals(self, rows, outlets, dealers, links):
        """Correct the principal, or end his line and begin one for the successor."""
        lines = self.env["dealer.import.reference"]._principals(dealers)
        successors = []
        for row, outlet in zip(rows, outlets, strict=True):
            if not {*PERSON_FIELDS, "role"} & row.changes.keys():
                continue
            line = lines.get(outlet.dealer_id.id)
            if line and self._is_same_person(line.person_id, row.values):
                self._correct_principal(line.with_env(self.env), row.changes, links)
                continue
            if line:
                line.with_env(self.env).action_leave()
            successors.append((row, outlet))
        self._create_principals(
            [row for row, _outlet in successors], [outlet for _row, outlet in successors], links
        )

    @api.model
    def _is_same_person(self, person, values):
        email, name = values.get("principal_email"), values.get("principal")
        same_email = bool(email) and (person.email or "").lower() == email
        return same_email or not name or fold(person.name) == fold(name)

    @api.model
    def _correct_principal(self, line, changes, links):
        self._correct_person(line.person_id, changes)
        if changes.get("role"):
            line.role_id = links["dealer.role"][changes["role"]]
