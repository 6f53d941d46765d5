"""The records of a database that a region describes, compared first and written only if needed."""

import base64

from .spec import COMPANY_FIELDS, RegionError


class Records:
    """Brings the settings of an installed database to a region.

    :param env: superuser environment
    :param region: `spec.Region`
    :param fresh: the database has just been made, so personal preferences may be set
    :param dry_run: only find out what would change
    """

    def __init__(self, env, region, *, fresh=False, dry_run=False):
        self.env = env
        self.region = region
        self.fresh = fresh
        self.dry_run = dry_run
        self.changes = []

    def apply_before_modules(self):
        """Do what modules look at when they are installed; return the changes as text."""
        self._languages()
        self._currencies()
        self._company()
        self._defaults()
        return self.changes

    def apply(self):
        """Do every step; return the changes as lines of text."""
        self.apply_before_modules()
        self._features()
        self._parameters()
        self._archive()
        return self.changes

    # -- steps --------------------------------------------------------------------------------

    def _languages(self):
        wanted = self._find("res.lang", "code", self.region.languages, "language")
        missing = wanted.filtered(lambda lang: not lang.active)
        if not missing:
            return
        self._note(f"languages: add {', '.join(missing.mapped('code'))}")
        if not self.dry_run:
            wizard = self.env["base.language.install"].create({"lang_ids": missing.ids})
            wizard.lang_install()

    def _currencies(self):
        codes = (self.region.currency, *self.region.currencies)
        wanted = self._find("res.currency", "name", codes, "currency")
        missing = wanted.filtered(lambda currency: not currency.active)
        if missing:
            self._note(f"currencies: add {', '.join(missing.mapped('name'))}")
            if not self.dry_run:
                missing.active = True

    def _company(self):
        company = self.env.ref("base.main_company")
        spec = self.region.company
        country = self._find("res.country", "code", (self.region.country,), "country")
        values = {name: getattr(spec, name) for name in COMPANY_FIELDS if getattr(spec, name)}
        values["country_id"] = country.id
        values["state_id"] = self._state(country, spec.state)
        currency = self._find("res.currency", "name", (self.region.currency,), "currency")
        self._write(company, {"currency_id": currency.id}, "company")
        self._write(company, values, "company")
        self._write(
            company.partner_id,
            {"lang": self.region.languages[0], "tz": self.region.time_zone},
            "company's contact",
        )
        self._logo(company, spec.logo)

    def _state(self, country, code):
        if not code:
            return False
        state = self.env["res.country.state"].search(
            [("country_id", "=", country.id), ("code", "=", code)], limit=1
        )
        if not state:
            raise RegionError(
                f"{self.region.name}: company.state {code!r} is not in {country.code}"
            )
        return state.id

    def _logo(self, company, name):
        if not name:
            return
        content = base64.b64encode((self.region.folder / name).read_bytes())
        # pictures are stored resized: the file's digest tells whether it is the one taken last
        key = "region.company_logo"
        digest = self.env["ir.attachment"]._compute_checksum(content)
        if self.env["ir.config_parameter"].get_param(key) != digest:
            self._note(f"company: logo {name}")
            if not self.dry_run:
                company.logo = content
                self.env["ir.config_parameter"].set_param(key, digest)

    def _defaults(self):
        defaults = self.env["ir.default"]
        for field, value in (("lang", self.region.languages[0]), ("tz", self.region.time_zone)):
            if defaults._get("res.partner", field) != value:
                self._note(f"default {field} of contacts: {value}")
                if not self.dry_run:
                    defaults.set("res.partner", field, value)
        if self.fresh:
            admin = self.env.ref("base.user_admin")
            self._write(
                admin,
                {"lang": self.region.languages[0], "tz": self.region.time_zone},
                "administrator",
            )

    def _features(self):
        """Switch optional features on, as the settings screen does: by a group of all users."""
        everyone = self.env.ref("base.group_user")
        for name in self.region.features:
            group = self.env.ref(name, raise_if_not_found=False)
            if not group:
                raise RegionError(f"{self.region.name}: there is no group {name!r} for features")
            if group not in everyone.implied_ids:
                self._note(f"feature {name}: on")
                if not self.dry_run:
                    everyone.implied_ids |= group

    def _parameters(self):
        parameters = self.env["ir.config_parameter"]
        for key, value in self.region.parameters.items():
            if parameters.get_param(key) != value:
                self._note(f"parameter {key}: {value}")
                if not self.dry_run:
                    parameters.set_param(key, value)

    def _archive(self):
        for model, modules in self.region.archive.items():
            if model not in self.env:
                raise RegionError(f"{self.region.name}: there is no model {model!r} for archive")
            named = self.env["ir.model.data"].search_fetch(
                [("model", "=", model), ("module", "in", modules)], ["res_id"]
            )
            records = self.env[model].browse(named.mapped("res_id")).exists().filtered("active")
            if records:
                self._note(f"archive {len(records)} {model}")
                if not self.dry_run:
                    records.action_archive()

    # -- tools --------------------------------------------------------------------------------

    def _find(self, model, field, values, label):
        """Records of `model` by code, archived ones too, each of them found."""
        records = self.env[model].with_context(active_test=False).search([(field, "in", values)])
        unknown = set(values) - set(records.mapped(field))
        if unknown:
            raise RegionError(f"{self.region.name}: unknown {label} {', '.join(sorted(unknown))}")
        return records

    def _write(self, record, values, label):
        """Write what differs."""
        present = record.read(list(values), load=None)[0]
        changed = {name: value for name, value in values.items() if present[name] != value}
        if not changed:
            return
        for name, value in changed.items():
            self._note(f"{label}: {name} = {self._text(record, name, value)}")
        if not self.dry_run:
            record.write(changed)

    @staticmethod
    def _text(record, name, value):
        comodel = record._fields[name].comodel_name
        return record.env[comodel].browse(value).display_name if comodel and value else value

    def _note(self, line):
        self.changes.append(line)
