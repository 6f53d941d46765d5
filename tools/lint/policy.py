#!/usr/bin/env python3
"""Every model of ours has a tenancy class in a data file.

What dealers can read is decided by `dealer.tenant.policy`; a model without a line there is denied
to them. A test finds that in a database; this finds it before.
"""

import ast
import csv
import re
import sys

from common import ROOT, Report, addon_files, is_test, manifests, string, tree

POLICY_MODEL = "dealer.tenant.policy"
CLASSES = {"tenant", "network", "shared", "personal", "technical", "denied"}
XML_MODEL = re.compile(r"""<field\s+name=["']model["']\s*>([^<]+)</field>""")


def models(name):
    """Yield (model, path, line) of the models that an add-on makes, except abstract ones."""
    for path in addon_files(name, ".py"):
        if is_test(path):
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef) and not is_abstract(node):
                model = own_name(node)
                if model:
                    yield model, path, node.lineno


def is_abstract(node):
    """Whether a class is an AbstractModel."""
    return any(
        isinstance(base, ast.Attribute) and base.attr == "AbstractModel" for base in node.bases
    )


def own_name(node):
    """The `_name` of a class, unless it extends a model of that name."""
    values = {}
    for line in node.body:
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
            values[line.targets[0].id] = line.value
    name = string(values.get("_name"))
    inherited = values.get("_inherit")
    parents = [string(inherited)] if string(inherited) else []
    if isinstance(inherited, ast.List | ast.Tuple):
        parents = [string(item) for item in inherited.elts]
    return name if name and name not in parents else None


def classified(report):
    """Names of models in the policy files, with a look at their classes."""
    found = set()
    for name in manifests():
        for path in addon_files(name, ".csv"):
            if path.name == f"{POLICY_MODEL}.csv":
                with (ROOT / path).open(encoding="utf-8", newline="") as handle:
                    for number, row in enumerate(csv.DictReader(handle), 2):
                        found.add(row["model"])
                        if row["tenancy_class"] not in CLASSES:
                            text = f"unknown tenancy class {row['tenancy_class']!r}"
                            report.add(path, text, number)
        for path in addon_files(name, ".xml"):
            text = (ROOT / path).read_text(encoding="utf-8")
            if POLICY_MODEL in text:
                found.update(XML_MODEL.findall(text))
    return found


def main():
    report = Report()
    known = classified(report)
    for name in manifests():
        for model, path, line in models(name):
            if model not in known:
                report.add(path, f"the model {model} has no tenancy class in {POLICY_MODEL}", line)
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
