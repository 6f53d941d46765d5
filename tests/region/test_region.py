"""A region's description becomes a database, once; said again, nothing is written."""

import os
import subprocess
import time
import uuid

import pytest

import template_db
from region import spec
from suite import ROOT

SMALL = """
title = "Small"
languages = ["fr_CA"]
time_zone = "America/Toronto"
country = "CA"
currency = "CAD"
currencies = ["EUR"]
features = ["base.group_multi_currency"]
[company]
name = "Machines (essai)"
city = "Montréal"
state = "QC"
[modules]
stock = ["contacts"]
ours = []
[parameters]
"web.base.url.freeze" = "True"
"""


def script(*arguments, **environment):
    command = [str(ROOT / "script" / "region"), *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, **environment}
    )


def rows_written(database):
    """Rows inserted, updated and deleted in a database so far."""
    query = "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_user_tables"
    time.sleep(1.2)  # a session that has ended reports its figures within a second
    return int(template_db.psql(query, database)[0])


def value(database, query):
    return template_db.psql(query, database)[0]


@pytest.fixture
def database():
    name = f"reg_{uuid.uuid4().hex[:8]}"
    yield name
    template_db.drop(name)


@pytest.fixture
def regions(tmp_path):
    """A folder of regions outside the checkout, as an operator may keep it."""

    def write(name, text):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        (folder / "region.toml").write_text(text, encoding="utf-8")
        return str(tmp_path)

    return write


def assert_settled(name, database, **environment):
    """The second time there is nothing to do, and nothing is done."""
    before = rows_written(database)
    check = script("check", name, "--db", database, **environment)
    again = script("apply", name, "--db", database, **environment)
    assert (check.returncode, check.stdout) == (0, "nothing to do\n"), check.stdout + check.stderr
    assert (again.returncode, again.stdout) == (0, "nothing to do\n"), again.stderr
    assert rows_written(database) == before


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A database made from a small description: its name, the folder, what apply printed."""
    folder = tmp_path_factory.mktemp("regions")
    (folder / "small").mkdir()
    (folder / "small" / "region.toml").write_text(SMALL, encoding="utf-8")
    name = f"reg_{uuid.uuid4().hex[:8]}"
    environment = {"SUITE_REGIONS": str(folder)}
    assert script("check", "small", "--db", name, **environment).returncode == 1
    assert not template_db.exists(name)
    made = script("apply", "small", "--db", name, **environment)
    assert made.returncode == 0, made.stderr
    yield name, folder, made.stdout
    template_db.drop(name)


def test_new_database(small):
    database, folder, printed = small
    company = (
        "SELECT c.name, p.city, k.code, s.code, u.name, p.tz, p.lang FROM res_company c"
        " JOIN res_partner p ON p.id = c.partner_id JOIN res_country k ON k.id = p.country_id"
        " JOIN res_country_state s ON s.id = p.state_id JOIN res_currency u ON u.id = c.currency_id"
    )
    assert value(database, company) == "Machines (essai)|Montréal|CA|QC|CAD|America/Toronto|fr_CA"
    active = "SELECT string_agg(name, ',' ORDER BY name) FROM res_currency WHERE active"
    assert set(value(database, active).split(",")) >= {"CAD", "EUR"}
    translated = (
        "SELECT count(*) FROM ir_model WHERE name ? 'fr_CA' AND name->>'fr_CA' <> name->>'en_US'"
    )
    assert int(value(database, translated)) > 20
    parameter = "SELECT value FROM ir_config_parameter WHERE key = 'web.base.url.freeze'"
    assert value(database, parameter) == "True"
    assert "password of the login admin" in printed
    assert_settled("small", database, SUITE_REGIONS=str(folder))


def test_changed_description_is_followed(small):
    database, folder, _printed = small
    changed = SMALL.replace('city = "Montréal"', 'city = "Laval"').replace(
        '["EUR"]', '["EUR", "GBP"]'
    )
    changed += '[archive]\n"res.partner.industry" = ["base"]\n'
    industries = value(database, "SELECT count(*) FROM res_partner_industry WHERE active")
    file = folder / "small" / "region.toml"
    file.write_text(changed, encoding="utf-8")
    done = script("apply", "small", "--db", database, SUITE_REGIONS=str(folder))
    assert done.stdout.splitlines() == [
        "currencies: add GBP",
        "company: city = Laval",
        f"archive {industries} res.partner.industry",
    ], done.stderr
    assert value(database, "SELECT count(*) FROM res_partner_industry WHERE active") == "0"
    assert_settled("small", database, SUITE_REGIONS=str(folder))


@pytest.mark.parametrize("name", ["ca-qc", "eu-east"])
def test_shipped_regions(name, database):
    """The shipped descriptions, on a database with all add-ons."""
    template_db.clone(template_db.test_template(list(template_db.manifests())), database)
    done = script("apply", name, "--db", database)
    assert done.returncode == 0, done.stderr
    region = spec.load(name)
    languages = value(database, "SELECT string_agg(code, ',') FROM res_lang WHERE active").split(
        ","
    )
    assert set(languages) >= set(region.languages)
    currencies = value(database, "SELECT string_agg(name, ',') FROM res_currency WHERE active")
    assert set(currencies.split(",")) >= {region.currency, *region.currencies}
    assert (
        value(database, "SELECT name FROM res_company ORDER BY id LIMIT 1") == region.company.name
    )
    assert_settled(name, database)


def test_demo_region(database):
    """The database that script/server shows."""
    template_db.clone(template_db.region_template("demo"), database)
    modules = value(
        database, "SELECT string_agg(name, ',') FROM ir_module_module WHERE state = 'installed'"
    )
    assert set(modules.split(",")) >= set(spec.load("demo").modules)
    assert_settled("demo", database)


@pytest.mark.parametrize("name", spec.names())
def test_description_can_be_read(name):
    region = spec.load(name)
    assert region.title and region.company.name and region.modules
    assert {"postgres_password", "odoo_master_password"} <= {
        secret for secret, _kind, _text in spec.secrets(region)
    }


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("colour = 'red'", "unknown key 'colour'"),
        ("[company]\nname = 'x'\nshoe = 42", "unknown key 'shoe' in company"),
        ("[modules]\nstock = ['no_such_module']", "unknown module 'no_such_module'"),
        ("country = ", "region.toml"),
    ],
)
def test_mistakes_in_a_description_are_named(regions, line, message):
    text = 'title="x"\nlanguages=["en_US"]\ncountry="FR"\ntime_zone="UTC"\ncurrency="EUR"\n' + line
    if "[company]" not in text:
        text += "\n[company]\nname = 'x'"
    environment = {"SUITE_REGIONS": regions("bad", text)}
    done = script("show", "bad", **environment)
    assert done.returncode == 2
    assert message in done.stderr and "bad/region.toml" in done.stderr


def test_unknown_names_are_told(small, regions):
    """Of a country, language or currency that does not exist, and of a region."""
    assert "ca-qc" in script("show", "atlantis").stderr
    database = small[0]
    for old, new, message in (
        ('country = "CA"', 'country = "XX"', "unknown country XX"),
        ('"fr_CA"', '"xx_XX"', "unknown language xx_XX"),
        ('currency = "CAD"', 'currency = "XXX"', "unknown currency XXX"),
    ):
        environment = {"SUITE_REGIONS": regions("odd", SMALL.replace(old, new))}
        done = script("check", "odd", "--db", database, **environment)
        assert done.returncode == 2 and message in done.stderr


def test_secrets_are_made_once_and_readable_by_the_owner_only(tmp_path):
    folder = tmp_path / "secrets"
    assert script("secrets", "demo", str(folder)).returncode == 0
    first = {path.name: path.read_text() for path in folder.iterdir()}
    assert all(len(text) >= 24 for text in first.values())
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert script("secrets", "demo", str(folder)).returncode == 0
    assert first == {path.name: path.read_text() for path in folder.iterdir()}
