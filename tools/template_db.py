"""Prepare and clone template databases.

    template_db.py test ADDON…|all      name of a database with these add-ons, no demo data
    template_db.py region NAME          name of a database with region NAME applied
    template_db.py clone TEMPLATE NEW   database and filestore
    template_db.py drop NAME…

Templates are layers, each kept until its inputs change: the stock modules, on them the add-ons
that the wanted one depends on, on them the wanted one, with the web client's bundles built.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from suite import ROOT, addon_files, closure, digest, manifests, stock_modules

LOCAL = Path(os.environ.get("SUITE_LOCAL") or ROOT / ".local")
FILESTORE = LOCAL / "data" / "filestore"
KEEP = 40
LOCKS = ("odoo.lock", "requirements.txt", "requirements-oca.txt")


def psql(query, database="postgres"):
    """Run a statement and return its rows as lines."""
    command = ["psql", "-d", database, "-qAtc", query]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\n")[
        :-1
    ]


def exists(name):
    return bool(psql(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"))


def drop(name):
    """Drop a database, whoever is connected, and its filestore."""
    psql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    shutil.rmtree(FILESTORE / name, ignore_errors=True)


def clone(template, name):
    """Copy a database; the filestore's files are immutable, so they are linked."""
    subprocess.run(["createdb", "-T", template, name], check=True)
    if (FILESTORE / template).exists():
        shutil.copytree(
            FILESTORE / template, FILESTORE / name, copy_function=os.link, dirs_exist_ok=True
        )


@contextmanager
def locked(name):
    """One process makes a template, the others wait for it."""
    path = LOCAL / "run" / f"{name}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def odoo(database, *options):
    """Run the Odoo command line once; its warnings and errors are shown and errors end the run."""
    command = ["odoo", "-d", database, "--max-cron-threads=0", "--no-http", "--stop-after-init"]
    done = subprocess.run(
        [*command, "--log-level=warn", *options], stderr=subprocess.PIPE, text=True
    )
    lines = [line for line in done.stderr.splitlines() if "security risk" not in line]
    bad = [line for line in lines if " ERROR " in line or " CRITICAL " in line]
    if lines:
        print("\n".join(lines), file=sys.stderr)
    if done.returncode or bad:
        raise SystemExit(f"could not prepare {database}: {' '.join(options)}")


def layer(prefix, key, base, build):
    """Return the database `prefix_key`, made from `base` by `build` when it is not there yet."""
    name = f"tpl_{prefix}_{key}"
    with locked(name):
        if not exists(name):
            print(f"== template {name}", file=sys.stderr)
            work = f"{name}_new"
            drop(work)
            if base:
                clone(base, work)
            try:
                build(work)
            except BaseException:
                drop(work)
                raise
            psql(f'ALTER DATABASE "{work}" RENAME TO "{name}"')
            if (FILESTORE / work).exists():
                shutil.rmtree(FILESTORE / name, ignore_errors=True)
                (FILESTORE / work).rename(FILESTORE / name)
            purge()
        (LOCAL / "run" / f"{name}.lock").touch()
    return name


def purge():
    """Keep the templates used last; never those of stock modules."""
    names = [
        n
        for n in psql("SELECT datname FROM pg_database WHERE datname LIKE 'tpl\\_%'")
        if not n.endswith("_new")
    ]
    age = {n: (LOCAL / "run" / f"{n}.lock") for n in names}
    names.sort(key=lambda n: age[n].stat().st_mtime if age[n].exists() else 0, reverse=True)
    for name in names[KEEP:]:
        if "stock_" not in name:
            drop(name)


def build_bundles(database):
    """Build the web client's bundles once per template instead of once per test run."""
    code = "env['ir.qweb']._pregenerate_assets_bundles(); env.cr.commit()"
    command = ["odoo", "shell", "-d", database, "--no-http", "--log-level=error"]
    subprocess.run(command, input=code, text=True, check=True, stdout=subprocess.DEVNULL)


def install(names, bundles=False):
    def build(database):
        if names:
            odoo(database, "-i", ",".join(names))
        if bundles:
            build_bundles(database)

    return build


def stock_template():
    key = digest(*stock_modules(), files=[ROOT / name for name in LOCKS])
    return layer("stock", key, None, install(stock_modules(), bundles=True))


def test_template(wanted):
    """Return the template for testing `wanted` add-ons: no demo data, as Odoo's tests want it."""
    base = stock_template()
    names = closure(wanted)
    unknown = set(wanted) - set(manifests())
    if unknown:
        raise SystemExit(f"no such add-on: {', '.join(sorted(unknown))}")
    below = [
        n
        for n in closure([d for n in wanted for d in manifests()[n]["depends"]])
        if n not in wanted
    ]
    if len(wanted) == 1 and below:
        base = layer("deps", digest(base, *below, files=addon_files(below)), base, install(below))
    return layer(
        "test", digest(base, *names, files=addon_files(names)), base, install(names, bundles=True)
    )


def region_template(region):
    """Return the template of a region with its demo data, as script/server makes it."""
    ours = list(manifests())
    key = f"region_{region.replace('-', '_')}"
    recipe = [ROOT / name for name in LOCKS] + list((ROOT / "tools" / "region").glob("*.py"))
    recipe += [
        path
        for path in (ROOT / "config").rglob("*")
        if path.is_file() and path.name != "logins.toml"
    ]

    def apply(*options):
        def build(database):
            command = [str(ROOT / "script" / "region"), "apply", region, "--db", database, *options]
            subprocess.run(command, check=True, stdout=sys.stderr)
            build_bundles(database)

        return build

    base = layer(f"{key}_stock", digest(region, files=recipe), None, apply("--stock-only"))
    return layer(key, digest(base, *ours, files=addon_files(ours)), base, apply())


def main(argv):
    match argv:
        case ["test", *names] if names:
            print(test_template(list(manifests()) if names == ["all"] else names))
        case ["region", name]:
            print(region_template(name))
        case ["clone", template, name]:
            clone(template, name)
        case ["drop", *names]:
            for name in names:
                drop(name)
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
