#!/usr/bin/env python3
"""Every add-on is translated completely.

For each add-on with terms: `<add-on>.pot`, `fr.po` and `ru.po` hold the same terms, every one is
translated and none is fuzzy. Whether the .pot is current needs a database: script/i18n --check.
"""

import sys

import polib
from common import ADDONS, ROOT, Report, manifests

LANGUAGES = ("fr", "ru")
SHOWN = 3


def terms(catalogue):
    """The terms of a catalogue that are in use."""
    return {(entry.msgctxt, entry.msgid) for entry in catalogue if not entry.obsolete}


def short(entries):
    """The first few terms, for a message."""
    texts = [" ".join(entry[1].split())[:60] for entry in sorted(entries, key=str)[:SHOWN]]
    more = len(entries) - len(texts)
    return ", ".join(f"“{text}”" for text in texts) + (f" and {more} more" if more > 0 else "")


def check_language(pot, path, report):
    """A language has the terms of the .pot, translated."""
    if not path.exists():
        report.add(path, "is missing; script/i18n makes it")
        return
    catalogue = polib.pofile(str(path))
    wanted, present = terms(pot), terms(catalogue)
    if wanted - present:
        report.add(path, f"lacks {len(wanted - present)} terms: {short(wanted - present)}")
    if present - wanted:
        report.add(path, f"has {len(present - wanted)} terms too many: {short(present - wanted)}")
    for label, entries in (
        ("not translated", catalogue.untranslated_entries()),
        ("fuzzy", catalogue.fuzzy_entries()),
    ):
        found = {(entry.msgctxt, entry.msgid) for entry in entries}
        if found:
            report.add(path, f"{len(found)} terms {label}: {short(found)}")


def main():
    report = Report()
    for name in manifests():
        folder = ADDONS / name / "i18n"
        template = folder / f"{name}.pot"
        if not template.exists():
            # an add-on of data only may have no term at all
            if any((ROOT / "addons" / name / part).is_dir() for part in ("models", "views")):
                report.add(template, "is missing; script/i18n makes it")
            continue
        pot = polib.pofile(str(template))
        if terms(pot):
            for language in LANGUAGES:
                check_language(pot, folder / f"{language}.po", report)
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
