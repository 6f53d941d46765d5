"""Creation of the database and installation of modules, by Odoo's own command line."""

import re
import secrets
import subprocess
import sys
from collections import deque
from contextlib import contextmanager

import psycopg2

import odoo.init  # noqa: F401  must come first
from odoo import SUPERUSER_ID, api
from odoo.modules import get_manifest
from odoo.modules.registry import Registry
from odoo.service.db import exp_db_exist
from odoo.tools import config

from .records import Records
from .spec import RegionError

#: What is worth reading of Odoo's log.
LOGGED = re.compile(r" (?:WARNING|ERROR|CRITICAL) ")
#: What Odoo says of each module that it loads, installed or new.
LOADING = re.compile(r"odoo\.modules\.loading: Loading module (\w+) \((\d+)/(\d+)\)")
#: A log that goes to a file says how far it is every so many modules.
REPORT_EVERY = 25
#: Lines before the end of Odoo's log that explain an error.
LAST_LINES = 100


def configure():
    """Read the configuration that `ODOO_RC` names."""
    config.parse_config(
        ["--no-http", "--max-cron-threads=0", "--log-level=warn"], setup_logging=True
    )


def apply(region, database, *, dry_run=False):
    """Bring a database to a region and return the changes made (or, dry, needed).

    Settings come before the modules, since charts of accounts follow the company's country and
    translations the active languages, and once more after them for what modules have changed.
    """
    if not exp_db_exist(database):
        if dry_run:
            return [f"database {database}: create"]
        return [f"database {database}: created", *_create(region, database)]
    with environment(database) as env:
        missing, outdated = _modules_to_do(env, region)
    changes = [f"install {name}" for name in missing] + [f"upgrade {name}" for name in outdated]
    if changes and not dry_run:
        _odoo(database, install=missing, upgrade=outdated, demo=region.demo_data)
    with environment(database) as env:
        return changes + Records(env, region, dry_run=dry_run).apply()


def _create(region, database):
    _odoo(database, install=["base"], demo=region.demo_data)
    with environment(database) as env:
        changes = Records(env, region, fresh=True).apply_before_modules()
    if region.demo_data:
        _install_accounting_without_demo(region, database)
    _odoo(database, install=list(region.modules), demo=region.demo_data)
    changes += [f"install {len(region.modules)} modules and what they need"]
    with environment(database) as env:
        changes += Records(env, region, fresh=True).apply()
    if not region.demo_data:
        changes.append(f"password of the login admin: {_set_admin_password(database)}")
    return changes


def _install_accounting_without_demo(region, database):
    """Its demo data would give the company another chart, currency and invoices in it.

    Whether a module brings demo data follows from the modules below it, so they forget theirs
    for that moment.
    """
    below = list(get_manifest("account")["depends"])
    _odoo(database, install=below, demo=True)
    with environment(database) as env:
        env["ir.module.module"].search([("demo", "=", True)]).demo = False
    _odoo(database, install=["account"])
    with environment(database) as env:
        env["ir.module.module"].search([("state", "=", "installed")]).demo = True
        Records(env, region, fresh=True).apply_before_modules()


@contextmanager
def environment(database):
    """Superuser environment that commits at the end and tells other processes."""
    Registry.delete(database)
    try:
        registry = Registry(database)
    except psycopg2.OperationalError as error:
        raise RegionError(f"database {database}: {error}") from error
    with registry.cursor() as cr:
        yield api.Environment(cr, SUPERUSER_ID, {})
        cr.commit()
        registry.signal_changes()


def _modules_to_do(env, region):
    """Modules of the region that are not installed, and ours that are newer than installed."""
    modules = env["ir.module.module"]
    known = {module.name: module for module in modules.search([("name", "in", region.modules)])}
    missing = [
        name for name in region.modules if name not in known or known[name].state != "installed"
    ]
    outdated = [
        name
        for name in region.ours
        if name not in missing and known[name].latest_version != get_manifest(name)["version"]
    ]
    return missing, outdated


def _odoo(database, install=(), upgrade=(), demo=False):
    """Run Odoo once on the database. An add-on that is not listed yet is found by `-i`."""
    command = ["odoo", "-d", database, "--no-http", "--max-cron-threads=0", "--stop-after-init"]
    command += ["--log-level=warn", "--log-handler=odoo.modules.loading:INFO"]
    if install:
        command += ["-i", ",".join(install)]
    if upgrade:
        command += ["-u", ",".join(upgrade)]
    if demo:
        command.append("--with-demo")
    last, lines = deque(maxlen=LAST_LINES), []
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        for line in process.stderr:
            if loading := LOADING.search(line):
                _show_progress(*loading.groups())
                continue
            last.append(line)
            if LOGGED.search(line):
                lines.append(line)
    # Odoo only warns of demo data that it could not load, and the region would lack its story
    errors = [line for line in lines if " WARNING " not in line or "demo data failed" in line]
    failed = process.returncode or errors
    # what went wrong first may lie far before the end
    early = [line for line in lines if line not in last] if failed else lines
    print("".join([*early, *(last if failed else ())]), end="", file=sys.stderr)
    if failed:
        raise RegionError(f"database {database}: Odoo could not install or upgrade modules")


def _show_progress(module, number, count):
    """Say how far Odoo is: in one line of a terminal, or now and then in a log."""
    if sys.stderr.isatty():
        end = "\n" if number == count else ""
        print(f"\r\033[K  {number}/{count} {module}", end=end, file=sys.stderr, flush=True)
    elif int(count) >= REPORT_EVERY and (not int(number) % REPORT_EVERY or number == count):
        print(f"  {number}/{count} {module}", file=sys.stderr, flush=True)


def _set_admin_password(database):
    """Replace the well-known first password; it is shown once, to whoever made the database."""
    password = secrets.token_urlsafe(12)
    with environment(database) as env:
        env.ref("base.user_admin").password = password
    return password
