"""Reading and checking of `config/regions/<name>/region.toml`."""

import os
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path

from suite import ROOT, manifests, stock_modules

#: An operator may keep the regions in a repository of its own.
REGIONS = Path(os.environ.get("SUITE_REGIONS") or ROOT / "config" / "regions")
COMPANY_FIELDS = (
    "name",
    "street",
    "street2",
    "zip",
    "city",
    "phone",
    "email",
    "website",
    "vat",
    "company_registry",
)


class RegionError(Exception):
    """The region is unknown, its file is wrong, or the database cannot follow it."""


@dataclass(frozen=True)
class Company:
    """The OEM's regional company. `logo` is a file beside `region.toml`."""

    name: str
    street: str = ""
    street2: str = ""
    zip: str = ""
    city: str = ""
    state: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    vat: str = ""
    company_registry: str = ""
    logo: str = ""


@dataclass(frozen=True)
class Region:
    """One region. The first of `languages` is the default of new contacts and users.

    `archive` tells by model whose records are put out of sight: those that came with these modules.
    """

    name: str
    title: str
    languages: tuple[str, ...]
    country: str
    time_zone: str
    currency: str
    company: Company
    currencies: tuple[str, ...] = ()
    demo_data: bool = False
    stock: tuple[str, ...] = ()
    ours: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    parameters: dict[str, str] = field(default_factory=dict)
    archive: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def folder(self):
        """Where the region's files are."""
        return REGIONS / self.name

    @property
    def modules(self):
        """Names of all modules to be installed."""
        return tuple(sorted({*self.stock, *self.ours}))

    @property
    def database(self):
        """Name of the region's database when none is given."""
        return self.name.replace("-", "_")


def names():
    """Names of the regions that the checkout describes."""
    return sorted(path.parent.name for path in REGIONS.glob("*/region.toml"))


def load(name):
    """Read a region.

    :raises RegionError: naming the file and the key that is missing, unknown or wrong
    """
    path = REGIONS / name / "region.toml"
    if not path.is_file():
        raise RegionError(f"there is no region {name!r}; known are {', '.join(names())}")
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        return _region(name, values)
    except (tomllib.TOMLDecodeError, TypeError, ValueError) as error:
        raise RegionError(f"{path}: {error}") from error


def _region(name, values):
    modules = values.pop("modules", {})
    company = _checked(Company, values.pop("company", {}), "company")
    values["parameters"] = {key: str(value) for key, value in values.get("parameters", {}).items()}
    values["archive"] = {model: tuple(names) for model, names in values.get("archive", {}).items()}
    for key in ("languages", "currencies", "features"):
        values[key] = tuple(values.get(key, ()))
    values["stock"] = _choice(modules.pop("stock", "all"), stock_modules(), "modules.stock")
    values["ours"] = _choice(modules.pop("ours", "all"), manifests(), "modules.ours")
    if modules:
        raise ValueError(f"unknown key modules.{next(iter(modules))}")
    region = _checked(Region, {**values, "name": name, "company": company}, "the region")
    if not region.languages:
        raise ValueError("languages is empty")
    if company.logo and not (REGIONS / name / company.logo).is_file():
        raise ValueError(f"company.logo: there is no file {company.logo}")
    return region


def _checked(kind, values, where):
    unknown = set(values) - {item.name for item in fields(kind)}
    if unknown:
        raise ValueError(f"unknown key {sorted(unknown)[0]!r} in {where}")
    return kind(**values)


def _choice(wanted, known, where):
    """A list of modules out of the known ones, or all of them."""
    if wanted == "all":
        return tuple(known)
    for module in wanted:
        if module not in known:
            raise ValueError(f"{where}: unknown module {module!r}")
    return tuple(wanted)


def secrets(region):
    """Yield (file name, kind, explanation) of a region's secrets.

    The template has one line per secret: name, `random` or `given`, explanation.
    """
    template = Path(region.folder / "secrets.template")
    for line in template.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            name, kind, explanation = line.split(None, 2)
            yield name, kind, explanation
