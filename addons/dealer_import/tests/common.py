import csv
from pathlib import Path

from odoo.addons.dealer_network.tests.common import DealerNetworkCase

from ..core import countries
from ..core.plan import FIELDS, Reference
from ..core.words import Lexicon

ADDON = Path(__file__).resolve().parents[1]
DATA = ADDON.parents[1] / "tests" / "data"

TYPES = {
    "importer": {"distributor", "dealer", "subdealer", "service_point"},
    "dealer": {"subdealer", "service_point"},
    "subdealer": {"service_point"},
    "service_point": set(),
}
WORDS = {
    "type": TYPES,
    "mode": ("full", "light", "connected"),
    "state": ("prospect", "candidate", "active", "suspended", "terminated"),
    "brand": ("aquila", "boreas"),
    "activity": ("sales", "service", "parts", "rental"),
    "role": ("principal",),
    "currency": ("EUR", "CHF", "CAD", "GBP", "RUB", "BYN"),
}


def reference(**values):
    """Return what the checker needs to know, without a database."""
    lexicons = {kind: Lexicon((word, word) for word in words) for kind, words in WORDS.items()}
    lexicons["country"] = Lexicon(countries.names())
    lexicons["region"] = Lexicon([("CA Québec", "CA-QC")])
    lexicons["lang"] = Lexicon([("French", "fr_FR"), ("English", "en_US"), ("German", "de_DE")])
    columns = Lexicon((row["name"], row["key"]) for row in data_rows("dealer.import.column.csv"))
    for key in FIELDS:
        columns.add(key, key)
    return Reference(
        **{
            "columns": columns,
            "lexicons": lexicons,
            "child_types": TYPES,
            "languages": frozenset(("en_US", "fr_FR")),
            **values,
        }
    )


def data_rows(name):
    """Return the rows of one of the add-on's CSV data files."""
    with (ADDON / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def as_csv(rows, delimiter=";"):
    """Return rows of text as a CSV file in UTF-8."""
    return "\n".join(delimiter.join(row) for row in rows).encode()


class ImportCase(DealerNetworkCase):
    """Brands, languages and currencies that the files of tests/data speak of."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["dealer.brand"].search([("name", "in", ("Aquila", "Boreas"))]).active = False
        cls.env["dealer.brand"].create(
            [
                {"name": "Aquila", "code": "T-AQ"},
                {"name": "Boreas", "code": "T-BO"},
            ]
        )
        for lang in ("fr_FR", "ru_RU"):
            cls.env["res.lang"]._activate_lang(lang)
        cls.Run = cls.env["dealer.import.run"].with_user(cls.oem_manager)

    def _read(self, name):
        return (DATA / name).read_bytes()

    def _start(self, content, **options):
        """Dry run of bytes, or of rows of text, as the OEM's network manager."""
        if not isinstance(content, bytes):
            content = as_csv(content)
        return self.Run._start(content, "test.csv", **options)

    def _load(self, content, **options):
        """Load bytes or rows of text; fail with the problems when it is refused."""
        run, report = self._start(content, **options)
        self.assertEqual(run.state, "checked", report.errors)
        run.action_load()
        self.assertEqual(run.state, "loaded", run.failure)
        return run

    def _dealer(self, code):
        return self.env["dealer.dealer"].search([("code", "=", code)])

    def assertProblems(self, report, expected):
        """Compare (row, column, code) of every problem."""
        found = [(problem.row, problem.column, problem.code) for problem in report.problems]
        self.assertCountEqual(found, expected)
