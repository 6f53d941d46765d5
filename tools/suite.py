"""What the scripts need to know of the add-ons: manifests, dependency closures, digests."""

import ast
import hashlib
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADDONS = ROOT / "addons"
STOCK_LIST = ROOT / "config" / "stock_modules.txt"


@cache
def manifests():
    """Return {add-on: manifest} of the add-ons in addons/ that can be installed."""
    found = {}
    for path in sorted(ADDONS.glob("*/__manifest__.py")):
        manifest = ast.literal_eval(path.read_text(encoding="utf-8"))
        if manifest.get("installable", True):
            found[path.parent.name] = manifest
    return found


def stock_modules():
    """Return the stock and OCA modules of config/stock_modules.txt, which the suite extends."""
    lines = STOCK_LIST.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def closure(names):
    """Return `names` and all add-ons of ours they depend on, dependencies first.

    Glue add-ons whose dependencies are all there come along, as Odoo would install them.
    """
    ours, ordered = manifests(), []

    def add(name):
        if name in ours and name not in ordered:
            for dependency in ours[name].get("depends", []):
                add(dependency)
            ordered.append(name)

    for name in names:
        add(name)
    stock = set(stock_modules())
    waiting = True
    while waiting:
        waiting = [
            name
            for name, manifest in ours.items()
            if manifest.get("auto_install")
            and name not in ordered
            and all(
                dependency in ordered or (dependency not in ours and _is_stock(dependency, stock))
                for dependency in manifest["depends"]
            )
        ]
        for name in waiting:
            add(name)
    return ordered


def _is_stock(module, stock):
    """Glue joins modules that are installed: what the list names, and the ever-present ones."""
    return module in stock or module in _stock_closure()


@cache
def _stock_closure():
    """All modules that installing the list brings along."""
    paths = [Path(p) / "odoo" / "addons" for p in sys.path]
    # a namespace package: Odoo's own tree and the OCA wheels
    paths += [ROOT / ".local" / "odoo" / "dist" / "odoo" / "addons"]
    seen, todo = set(), [*stock_modules(), "base", "web"]
    while todo:
        module = todo.pop()
        if module in seen:
            continue
        seen.add(module)
        for path in paths:
            manifest = path / module / "__manifest__.py"
            if manifest.is_file():
                todo += ast.literal_eval(manifest.read_text(encoding="utf-8")).get("depends", [])
                break
    return seen


def digest(*parts, files=()):
    """Return 10 hex digits that change when a part or the content of a file does.

    :param parts: strings
    :param files: iterable of paths below the project
    """
    total = hashlib.sha256("\0".join(parts).encode())
    for path in sorted(files):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:10]


def addon_files(names):
    """Return the files of add-ons that make a database: no Python tests, texts and caches."""
    return [
        path
        for name in names
        for path in (ADDONS / name).rglob("*")
        if path.is_file()
        and "__pycache__" not in path.parts
        and not (path.suffix == ".py" and "tests" in path.relative_to(ADDONS).parts)
        and "readme" not in path.parts
        and path.suffix not in (".pyc", ".md", ".pot")
    ]
