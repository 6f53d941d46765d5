"""Regions of dealers: one database each, described in config/regions/NAME/.

usage: script/region list
       script/region show NAME
       script/region apply NAME [--db DB]    make the database, or bring it to its description
       script/region check NAME [--db DB]    say what apply would do; exit code 1 if anything
       script/region secrets NAME DIRECTORY  write the secrets that can be made up
"""

import argparse
import os
import secrets
import sys
from dataclasses import asdict, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from region import spec


def main(argv):
    """Run one command and return the exit code."""
    arguments = _parser().parse_args(argv)
    try:
        return globals()[f"_{arguments.command}"](arguments)
    except spec.RegionError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


def _parser():
    parser = argparse.ArgumentParser(
        prog="script/region", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("list", help="names and titles of the regions")
    for name, text in (
        ("show", "what the region's file says"),
        ("apply", "bring a database to the region"),
        ("check", "say what apply would do"),
        ("secrets", "write the secrets that can be made up"),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument("name")
        if name in ("apply", "check"):
            command.add_argument("--db", help="database (default: named after the region)")
            command.add_argument(
                "--stock-only", action="store_true", help="leave our add-ons out, for templates"
            )
        if name == "secrets":
            command.add_argument("directory", type=Path)
    return parser


def _list(arguments):
    for name in spec.names():
        print(f"{name:<12} {spec.load(name).title}")
    return 0


def _show(arguments):
    for key, value in asdict(spec.load(arguments.name)).items():
        print(f"{key:<12} {', '.join(value) if isinstance(value, tuple) else value}")
    return 0


def _apply(arguments):
    changes = _changes(arguments, dry_run=False)
    print("\n".join(changes) or "nothing to do")
    return 0


def _check(arguments):
    changes = _changes(arguments, dry_run=True)
    print("\n".join(changes) or "nothing to do")
    return 1 if changes else 0


def _changes(arguments, dry_run):
    from region import database

    region = spec.load(arguments.name)
    if arguments.stock_only:
        region = replace(region, ours=())
    database.configure()
    return database.apply(region, arguments.db or region.database, dry_run=dry_run)


def _secrets(arguments):
    """Write each secret into a file of its own, readable by its owner only; keep what is there."""
    region = spec.load(arguments.name)
    arguments.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, kind, explanation in spec.secrets(region):
        path = arguments.directory / name
        if path.exists():
            print(f"kept     {path}")
        elif kind == "random":
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with open(descriptor, "w", encoding="utf-8") as handle:
                handle.write(secrets.token_urlsafe(24))
            print(f"written  {path}")
        else:
            print(f"missing  {path}: {explanation}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
