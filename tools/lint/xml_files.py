#!/usr/bin/env python3
"""XML files are well-formed and use what Odoo 19 accepts.

Some outdated views pass Odoo's server and fail only in the browser; they are named here with what
to write instead.
"""

import re
import sys

from common import ROOT, Report
from lxml import etree

#: XPath of what is wrong in a view, and what to do.
OUTDATED = {
    "//tree": "write <list>",
    "//field[@name='view_mode' and contains(text(), 'tree')]": "view_mode: write list for tree",
    "//*[@attrs]": "attrs is gone: write invisible=, readonly=, required= with an expression",
    "//*[@states]": "states is gone: write invisible= with an expression",
    "//*[@t-name='kanban-box']": "the kanban template is t-name='card'",
    "//*[@t-esc or @t-raw]": "write t-out",
    "//div[contains(@class, 'oe_chatter')]": "write <chatter/>",
    "//search//group[@expand or @string]": "a group in a search view takes no attributes",
    "//field[@name='groups_id']": "the field is group_ids",
    "//record[@model='res.groups']/field[@name='category_id']": "groups hang under privilege_id",
}
UNTRUSTED = re.compile(rb"<!ENTITY", re.IGNORECASE)


def check(path, report):
    """One file."""
    content = (ROOT / path).read_bytes()
    if UNTRUSTED.search(content):
        report.add(path, "declares an entity")
        return
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError as error:
        report.add(path, error.msg, error.lineno)
        return
    if path.startswith("addons/"):
        for xpath, advice in OUTDATED.items():
            for node in root.xpath(xpath):
                report.add(path, advice, node.sourceline)


def main(paths):
    report = Report()
    for path in paths:
        check(path, report)
    return report.finish()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
