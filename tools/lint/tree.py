#!/usr/bin/env python3
"""Nothing in the tree names a machine or a package registry, text files are tidy, links lead on."""

import re
import sys

from common import ROOT, Report

#: Hosts are put together here so that this file does not name one.
HOSTS = (
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("npmjs", "org"),
    ("npmjs", "com"),
    ("npmmirror", "com"),
    ("deb.debian", "org"),
    ("snapshot.debian", "org"),
    ("security.debian", "org"),
    ("docker", "io"),
    ("ghcr", "io"),
    ("quay", "io"),
    ("gcr", "io"),
    ("nightly.odoo", "com"),
)
HOST = re.compile("|".join(re.escape(".".join(parts)) for parts in HOSTS))
MACHINE_PATH = re.compile(r"""(?<![\w.$}/:-])/(?:work|root|home|Users|mnt|workspace)/[\w.-]""")
CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7}) ")
#: A link or picture of a Markdown file, without the place inside the page it leads to.
LINK = re.compile(r"\]\(([^)#\s]+)")
LARGEST = 1 << 20
#: Their lines end as their tools write them.
GENERATED = ("package-lock.json", ".pot", ".po", ".svg")


def check(path, report):
    """One text file."""
    content = (ROOT / path).read_bytes()
    if len(content) > LARGEST:
        report.add(path, f"{len(content) >> 10} KiB: large files do not belong into the tree")
    if ("/data/" in path and path.startswith("tests/")) or "/tests/traces/" in path:
        return  # input as others send it, with all its faults
    text = content.decode("utf-8", errors="replace")
    if "\r\n" in text:
        report.add(path, "lines end with CR LF")
    if text and not text.endswith("\n"):
        report.add(path, "does not end with a line break")
    for number, line in enumerate(text.splitlines(), 1):
        check_line(path, number, line, report)


def check_line(path, number, line, report):
    """Names of hosts and machines, leftovers of merges, spaces at the end."""
    host = HOST.search(line)
    if host:
        report.add(path, f"names the registry host {host[0]}", number)
    if MACHINE_PATH.search(line):
        report.add(path, f"absolute path of one machine: {MACHINE_PATH.search(line)[0]}…", number)
    if CONFLICT.match(line):
        report.add(path, "leftover of a merge", number)
    if path.endswith(".md"):
        for target in LINK.findall(line):
            if ":" not in target and not (ROOT / path).parent.joinpath(target).exists():
                report.add(path, f"leads to {target}, which is not there", number)
    if line != line.rstrip() and not path.endswith((".md", *GENERATED)):
        report.add(path, "space at the end of the line", number)


def main(paths):
    report = Report()
    for path in paths:
        check(path, report)
    return report.finish()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
