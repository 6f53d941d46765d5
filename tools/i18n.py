"""Export terms of add-ons and merge them into fr.po and ru.po.

usage: i18n.py [--check] [ADDON…]       without an add-on: all of them
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

from suite import ADDONS, manifests
from template_db import clone, drop, test_template

LANGUAGES = ("fr", "ru")
#: What the shell does: the terms of each add-on in a file of its own.
EXPORT = """
from pathlib import Path
from odoo.tools.translate import trans_export
for name in {names}:
    with Path({folder!r}, name + ".po").open("wb") as file:
        trans_export(None, [name], file, "po", env)
"""


def export(names):
    """Return {add-on: polib.POFile} with the terms the add-ons have now."""
    template = test_template(names)
    database = f"i18n_{os.getpid()}"
    found = {}
    clone(template, database)
    try:
        with tempfile.TemporaryDirectory() as folder:
            # one process for all: starting Odoo takes longer than reading an add-on's terms
            command = ["odoo", "shell", "-d", database, "--no-http", "--log-level=error"]
            code = EXPORT.format(names=names, folder=folder)
            subprocess.run(command, input=code, text=True, check=True, stdout=subprocess.DEVNULL)
            for name in names:
                file = Path(folder) / f"{name}.po"
                found[name] = polib.pofile(str(file)) if file.stat().st_size else polib.POFile()
    finally:
        drop(database)
    for catalogue in found.values():
        catalogue.header = ""
        catalogue.metadata = {
            "Project-Id-Version": "Odoo Server 19.0",
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
        }
        for entry in catalogue:
            entry.msgstr = ""
    return found


def terms(catalogue):
    return {(entry.msgctxt, entry.msgid) for entry in catalogue if not entry.obsolete}


def write(name, catalogue):
    """Write the .pot, bring the languages up to date, return how many terms lack a translation."""
    folder = ADDONS / name / "i18n"
    folder.mkdir(exist_ok=True)
    catalogue.save(str(folder / f"{name}.pot"))
    missing = 0
    for language in LANGUAGES:
        path = folder / f"{language}.po"
        translated = polib.pofile(str(path)) if path.exists() else polib.POFile()
        known = {
            (entry.msgctxt, entry.msgid): entry.msgstr for entry in translated if not entry.fuzzy
        }
        merged = polib.POFile()
        merged.metadata = dict(catalogue.metadata, Language=language)
        for entry in catalogue:
            merged.append(
                polib.POEntry(
                    msgid=entry.msgid,
                    msgctxt=entry.msgctxt,
                    comment=entry.comment,
                    occurrences=entry.occurrences,
                    msgstr=known.get((entry.msgctxt, entry.msgid), ""),
                )
            )
        merged.save(str(path))
        empty = merged.untranslated_entries()
        missing += len(empty)
        print(f"{name}/{language}.po: {len(merged)} terms, {len(empty)} without translation")
        for entry in empty[:400]:
            print(f"    {entry.msgid!r}")
    return missing


def check(name, catalogue):
    """Return the faults of an add-on's translation files as texts."""
    folder, faults = ADDONS / name / "i18n", []
    wanted = terms(catalogue)
    for file in (f"{name}.pot", *(f"{language}.po" for language in LANGUAGES)):
        path = folder / file
        if not path.exists():
            if wanted:
                faults.append(f"{name}: i18n/{file} is missing")
            continue
        present = polib.pofile(str(path))
        lost = wanted - terms(present)
        if lost:
            faults.append(
                f"{name}: i18n/{file} lacks {len(lost)} terms, such as "
                f"{sorted(t[1] for t in lost)[:3]}"
            )
        if file.endswith(".po"):
            empty = [entry.msgid for entry in present if not entry.msgstr or entry.fuzzy]
            if empty:
                faults.append(
                    f"{name}: i18n/{file} has {len(empty)} terms without translation, such as "
                    f"{empty[:3]}"
                )
    return faults


def main(argv):
    checking = "--check" in argv
    names = [name for name in argv if not name.startswith("-")] or list(manifests())
    exported = export(names)
    if checking:
        faults = [fault for name in names for fault in check(name, exported[name])]
        print("\n".join(faults) or f"{len(names)} add-ons: translations are complete")
        return bool(faults)
    return bool(sum(write(name, exported[name]) for name in names))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
