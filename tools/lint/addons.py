#!/usr/bin/env python3
"""Every add-on is whole, and small enough to be read.

Fails on a missing or unusual part. Sizes above the house's rules of thumb are printed as hints,
and fail above the hard limits.
"""

import ast
import sys

from common import ADDONS, ROOT, Report, addon_files, is_test, manifests, tree

VERSION = "19.0."
CATEGORY = "Sales/Dealer Network"
TEXTS = ("DESCRIPTION.md", "CONFIGURE.md", "USAGE.md")
#: Glue installs itself and has nothing of its own to be used.
TEXTS_OF_GLUE = TEXTS[:1]
LINES_OF_ADDON, MODELS_OF_ADDON, LINES_OF_GLUE = 2500, 12, 200
LINES_OF_FILE, HARD_LINES_OF_FILE = 500, 1000
LINES_OF_METHOD, HARD_LINES_OF_METHOD = 40, 80


def check_manifest(name, manifest, report):
    """Fixed values, and every file that the manifest names exists."""
    path = ADDONS / name / "__manifest__.py"
    if manifest.get("license") != "LGPL-3":
        report.add(path, "license is LGPL-3 (AGPL code is used behind a glue add-on, see doc/adr)")
    if not str(manifest.get("version", "")).startswith(VERSION):
        report.add(path, f"version starts with {VERSION}")
    if manifest.get("category") != CATEGORY:
        report.add(path, f"category is {CATEGORY}")
    for key in ("data", "demo"):
        for file in manifest.get(key, []):
            if not (ADDONS / name / file).is_file():
                report.add(path, f"{key} names {file}, which is not there")
    listed = {*manifest.get("data", []), *manifest.get("demo", [])}
    for kind in ("views", "security", "data", "demo", "wizards", "report"):
        for file in sorted((ADDONS / name / kind).glob("*")):
            entry = f"{kind}/{file.name}"
            if file.suffix in (".xml", ".csv") and entry not in listed:
                report.add(file, "is not loaded by the manifest")


def check_parts(name, manifest, report, hints):
    """Texts for users, and tests that Odoo and pytest find."""
    folder = ADDONS / name
    for text in TEXTS_OF_GLUE if manifest.get("auto_install") else TEXTS:
        file = folder / "readme" / text
        if not file.is_file() or len(file.read_text(encoding="utf-8").split()) < 8:
            report.add(file, "is missing or says nothing")
    tests = sorted((folder / "tests").glob("test_*.py"))
    has_code = any(not is_test(path) for path in addon_files(name, ".py") if len(path.parts) > 3)
    if has_code and not tests:
        if manifest.get("auto_install"):
            hints.append(f"addons/{name}: glue without tests of its own")
        else:
            report.add(folder / "tests", "there are no tests")
    if tests:
        loaded = (folder / "tests" / "__init__.py").read_text(encoding="utf-8")
        for file in tests:
            if file.stem not in loaded:
                report.add(file, "is not imported by tests/__init__.py: Odoo's runner passes it by")


def functions(path):
    """Yield (name, first line, number of lines without the docstring) of functions."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            text = ast.get_docstring(node) is not None
            start = first.end_lineno if text else node.lineno
            yield node.name, node.lineno, node.end_lineno - start


def check_size(name, manifest, report, hints):
    """Lines per add-on, file and method; models per add-on."""
    code = [path for path in addon_files(name, ".py") if not is_test(path)]
    lengths = {path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in code}
    limit = LINES_OF_GLUE if manifest.get("auto_install") else LINES_OF_ADDON
    total = sum(lengths.values())
    if total > limit:
        hints.append(f"addons/{name}: {total:,} lines of Python, above {limit:,}: wants splitting")
    models = sum("_description = " in (ROOT / path).read_text(encoding="utf-8") for path in code)
    if models > MODELS_OF_ADDON:
        hints.append(f"addons/{name}: {models} models, above {MODELS_OF_ADDON}: wants splitting")
    for path, length in lengths.items():
        if length > HARD_LINES_OF_FILE:
            report.add(path, f"{length} lines, above {HARD_LINES_OF_FILE}")
        elif length > LINES_OF_FILE:
            hints.append(f"{path}: {length} lines, above {LINES_OF_FILE}")
        for function, line, size in functions(path):
            if size > HARD_LINES_OF_METHOD:
                report.add(path, f"{function} has {size} lines, above {HARD_LINES_OF_METHOD}", line)
            elif size > LINES_OF_METHOD:
                hints.append(f"{path}:{line}: {function} has {size} lines, above {LINES_OF_METHOD}")


def main():
    report, hints = Report(), []
    for name, manifest in manifests().items():
        check_manifest(name, manifest, report)
        check_parts(name, manifest, report, hints)
        check_size(name, manifest, report, hints)
    for hint in hints:
        print(f"hint: {hint}")
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
