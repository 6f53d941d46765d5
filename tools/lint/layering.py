#!/usr/bin/env python3
"""Each add-on knows only the add-ons below it.

- a manifest depends on those of ours that `layers.toml` allows; glue on what it joins;
- no cycles;
- no import of another add-on's Python outside the tests (models are reached by inheritance);
- no XML id of an add-on that is not among the dependencies.
"""

import ast
import re
import sys
import tomllib
from pathlib import Path

from common import ADDONS, ROOT, Report, addon_files, is_test, manifests, string, tree

LAYERS = Path(__file__).with_name("layers.toml")
XMLID = re.compile(r"\b([a-z][a-z0-9_]*)\.[a-z][A-Za-z0-9_]*\b")


def ours(names):
    """Of names of modules, those in addons/."""
    return [name for name in names if name in manifests()]


def above(name, seen=()):
    """Return all add-ons of ours below `name`; stops at a cycle."""
    found = set()
    for dependency in ours(manifests()[name].get("depends", [])):
        if dependency not in seen:
            found |= {dependency} | above(dependency, (*seen, name))
    return found


def joined(name):
    """The add-on of ours whose glue this is, if it is glue: `<ours>_<what it is joined to>`."""
    candidates = [other for other in manifests() if name.startswith(f"{other}_") and other != name]
    return max(candidates, key=len, default=None)


def check_depends(name, layers, report):
    """The manifest's dependencies are allowed, and nobody depends on itself by a detour."""
    manifest = manifests()[name]
    path = ADDONS / name / "__manifest__.py"
    dependencies = ours(manifest.get("depends", []))
    if name in layers:
        for dependency in dependencies:
            if dependency not in layers[name]:
                report.add(
                    path, f"depends on {dependency}, which tools/lint/layers.toml does not allow"
                )
    elif not joined(name):
        report.add(path, "is not in tools/lint/layers.toml and no glue: add its line with an ADR")
    else:
        check_glue(name, manifest, dependencies, path, report)
    if name in above(name):
        report.add(path, "depends on itself by way of its dependencies")


def check_glue(name, manifest, dependencies, path, report):
    """Glue is installed by itself, and joins what its name says."""
    if not manifest.get("auto_install"):
        report.add(path, "glue add-ons have auto_install")
    if joined(name) not in dependencies:
        report.add(path, f"by its name glue of {joined(name)}, on which it does not depend")


def imported(node):
    """Names of modules that an import statement names."""
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        if node.module == "odoo.addons":
            return [f"odoo.addons.{alias.name}" for alias in node.names]
        return [node.module]
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return []


def check_imports(name, report):
    """No import of another add-on's Python."""
    for path in addon_files(name, ".py"):
        if is_test(path):
            continue
        for node in ast.walk(tree(path)):
            for module in imported(node):
                parts = module.split(".")
                if parts[:2] == ["odoo", "addons"] and len(parts) > 2:
                    other = parts[2]
                    if other != name and other in manifests():
                        report.add(path, f"imports the Python of {other}", node.lineno)


def check_references(name, report):
    """No XML id of an add-on that may be missing when this one is installed."""
    known = {name} | above(name)
    for path in (*addon_files(name, ".xml"), *addon_files(name, ".csv")):
        # only data that is loaded with the add-on; a test may look further
        if is_test(path):
            continue
        for number, line in enumerate((ROOT / path).read_text(encoding="utf-8").splitlines(), 1):
            for module in XMLID.findall(line):
                if module in manifests() and module not in known:
                    report.add(path, f"names {module}, on which it does not depend", number)
    for path in addon_files(name, ".py"):
        if is_test(path) or path.name == "__manifest__.py":
            continue
        for node in ast.walk(tree(path)):
            match = XMLID.fullmatch(string(node) or "")
            if match and match[1] in manifests() and match[1] not in known:
                report.add(path, f"names {match[1]}, on which it does not depend", node.lineno)


def main():
    report = Report()
    layers = tomllib.loads(LAYERS.read_text(encoding="utf-8"))
    for name in manifests():
        check_depends(name, layers, report)
        check_imports(name, report)
        check_references(name, report)
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
