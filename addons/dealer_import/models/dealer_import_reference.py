from babel import Locale, UnknownLocaleError

from odoo import api, fields, models

from ..core import countries, formats
from ..core.plan import Known, Reference
from ..core.words import Lexicon

#: key of the import → field of dealer.dealer, where the text is stored as it is
TEXT_FIELDS = {
    "name": "name", "city": "city", "zip": "zip", "street": "street", "street2": "street2",
    "email": "email", "website": "website", "vat": "vat", "mode": "mode", "state": "state",
    "lang": "lang",
}  # fmt: skip


class DealerImportReference(models.AbstractModel):
    """Tells the checker, which knows no ORM, what is in the database.

    The number of queries does not depend on the number of dealers.
    """

    _name = "dealer.import.reference"
    _description = "Knowledge for the Check of a Network File"

    @api.model
    def _build(self, sheet, may_update=True):
        """Return the :class:`core.plan.Reference` to check *sheet* against."""
        codes = {cell.upper() for row in sheet.rows for cell in row if cell}
        types = self.env["dealer.type"].search([])
        return Reference(
            dealers=self._known_dealers(codes),
            columns=Lexicon(
                (column.name, column.key) for column in self.env["dealer.import.column"].search([])
            ),
            lexicons=self._lexicons(),
            child_types={
                kind.code: frozenset(kind.allowed_child_type_ids.mapped("code")) for kind in types
            },
            languages=frozenset(code for code, _name in self.env["res.lang"].get_installed()),
            may_update=may_update,
        )

    # --- words ---------------------------------------------------------------

    @api.model
    def _lexicons(self):
        lexicons = {
            "type": self._record_words("dealer.type"),
            "brand": self._record_words("dealer.brand"),
            "activity": self._record_words("dealer.activity"),
            "role": self._record_words("dealer.role", [("is_principal", "=", True)]),
            "mode": self._selection_words("mode"),
            "state": self._selection_words("state"),
            "country": self._country_words(),
            "region": self._region_words(),
            "currency": self._currency_words(),
            "lang": self._language_words(),
        }
        for value in self.env["dealer.import.value"].search([]):
            code = lexicons[value.kind].find(value.code)
            if code:  # the record may have been archived since
                lexicons[value.kind].add(value.name, code)
        return lexicons

    @api.model
    def _languages(self):
        return [code for code, _name in self.env["res.lang"].get_installed()]

    @api.model
    def _record_words(self, model, domain=()):
        """Codes, and names in every installed language."""
        records = self.env[model].search(list(domain))
        words = [(record.code, record.code) for record in records]
        languages = self._languages() if records._fields["name"].translate else [self.env.lang]
        for lang in languages:
            words += [(record.name, record.code) for record in records.with_context(lang=lang)]
        return Lexicon(words)

    @api.model
    def _selection_words(self, name):
        field = self.env["dealer.dealer"]._fields[name]
        words = []
        for lang in self._languages():
            env = self.with_context(lang=lang).env
            for key, label in field._description_selection(env):
                words += [(key, key), (label, key)]
        return Lexicon(words)

    @api.model
    def _country_words(self):
        records = self.env["res.country"].search([])
        known = set(records.mapped("code"))
        lexicon = Lexicon((word, code) for word, code in countries.names() if code in known)
        for lang in self._languages():
            for country in records.with_context(lang=lang):
                lexicon.add(country.name, country.code)
        return lexicon

    @api.model
    def _region_words(self):
        lexicon = Lexicon()
        for state in self.env["res.country.state"].search_fetch([], ["code", "name", "country_id"]):
            country = state.country_id.code
            code = f"{country}-{state.code}"
            for word in (state.code, state.name, code):
                lexicon.add(f"{country} {word}", code)
        return lexicon

    @api.model
    def _currency_words(self):
        currencies = self.env["res.currency"].with_context(active_test=False).search([])
        return Lexicon((currency.name, currency.name) for currency in currencies)

    @api.model
    def _language_words(self):
        """Codes and names; a language without country means the installed variant."""
        languages = self.env["res.lang"].with_context(active_test=False).search([])
        lexicon = Lexicon()
        spoken = {}
        for lang in languages.sorted(lambda lang: (not lang.active, "_" in lang.iso_code)):
            lexicon.add(lang.code, lang.code)
            lexicon.add(lang.name, lang.code)
            spoken.setdefault(lang.code.split("_")[0], lang.code)
        for short, code in spoken.items():
            lexicon.add(short, code)
            for name in self._spoken_names(short):
                lexicon.add(name, code)
        return lexicon

    @api.model
    def _spoken_names(self, short):
        try:
            own = Locale(short).get_display_name(short)
        except (UnknownLocaleError, ValueError):
            return []
        names = [Locale(lang).languages.get(short) for lang in countries.LANGUAGES]
        return [name for name in (own, *names) if name]

    # --- dealers ---------------------------------------------------------------

    @api.model
    def _known_dealers(self, codes):
        """Return the dealers by code, with all values for those that the file names.

        Read as superuser: a code is unique over all networks, and a code that
        the user may not see must be refused, not collide.
        """
        Dealer = self.env["dealer.dealer"].with_context(active_test=False)
        mine = set(Dealer.search([]).ids)
        dealers = Dealer.sudo().search_fetch([], ["code", "parent_id", "type_id", "state"])
        named = dealers.filtered(lambda dealer: dealer.code in codes and dealer.id in mine)
        values = self._dealer_values(named)
        return {
            dealer.code: Known(
                code=dealer.code,
                type=dealer.type_id.code or "",
                parent=dealer.parent_id.code or "",
                state=dealer.state,
                mine=dealer.id in mine,
                values=values.get(dealer.id, {}),
            )
            for dealer in dealers
        }

    @api.model
    def _dealer_values(self, dealers):
        """Return {dealer id: values in the words of the import}."""
        outlets = self._main_outlets(dealers)
        principals = self._principals(dealers)
        result = {}
        for dealer in dealers:
            country = dealer.country_id.code
            values = {key: dealer[field] or "" for key, field in TEXT_FIELDS.items()}
            values |= {
                "type": dealer.type_id.code,
                "parent": dealer.parent_id.code,
                "country": country,
                "region": dealer.state_id and f"{country}-{dealer.state_id.code}",
                "currency": dealer.currency_id.name,
                "phone": formats.phone(dealer.phone or "", country)[0],
                "email": (dealer.email or "").lower(),
                "vat": formats.vat(dealer.vat or ""),
                "latitude": dealer.latitude,
                "longitude": dealer.longitude,
                **self._outlet_values(outlets.get(dealer.id)),
                **self._principal_values(principals.get(dealer.id), country),
            }
            result[dealer.id] = values
        return result

    @api.model
    def _main_outlets(self, dealers):
        outlets = (
            self.env["dealer.outlet"]
            .sudo()
            .search([("dealer_id", "in", dealers.ids), ("is_main", "=", True)])
        )
        return {outlet.dealer_id.id: outlet for outlet in outlets}

    @api.model
    def _outlet_values(self, outlet):
        if not outlet:
            return {}
        operations = outlet.operation_ids
        return {
            "outlet": outlet.name,
            "brands": tuple(operations.brand_id.mapped("code")),
            "activities": tuple(operations.activity_id.mapped("code")),
        }

    @api.model
    def _principals(self, dealers):
        """Return {dealer id: the staff line of its principal today}."""
        today = fields.Date.context_today(self)
        staff = self.env["dealer.staff"].sudo().search(
            [
                ("dealer_id", "in", dealers.ids),
                ("role_id.is_principal", "=", True),
                ("date_start", "<=", today),
                "|", ("date_end", "=", False), ("date_end", ">=", today),
            ],
            order="date_start desc, id desc",
        )  # fmt: skip
        return {line.dealer_id.id: line for line in reversed(staff)}

    @api.model
    def _principal_values(self, line, country):
        if not line:
            return {}
        person = line.person_id
        return {
            "principal": person.name,
            "principal_email": (person.email or "").lower(),
            "principal_phone": formats.phone(person.phone or "", country)[0],
            "role": line.role_id.code,
        }
