"""What the project's own checks share."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))

from suite import ADDONS, manifests  # noqa: E402, F401


class Report:
    """Collects problems and prints them as `file:line: text`, so that editors can jump there."""

    def __init__(self):
        self.problems = []

    def add(self, path, text, line=None):
        """Note a problem of a file or folder."""
        path = Path(path)
        if path.is_absolute():
            path = path.relative_to(ROOT)
        self.problems.append(f"{path}{f':{line}' if line else ''}: {text}")

    def finish(self):
        """Print the problems and return the exit code."""
        for problem in sorted(set(self.problems)):
            print(problem)
        return 1 if self.problems else 0


@cache
def tracked():
    """Files that git tracks or would track, relative to the checkout."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [Path(name) for name in names.split("\0") if name and (ROOT / name).is_file()]


def addon_files(name, suffix):
    """Files of an add-on that git knows, with this suffix, relative to the checkout."""
    return [
        path for path in tracked() if path.parts[:2] == ("addons", name) and path.suffix == suffix
    ]


@cache
def tree(path):
    """Parsed Python file."""
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), filename=str(path))


def is_test(path):
    """Whether a file of an add-on belongs to its tests."""
    return "tests" in Path(path).parts[2:]


def string(node):
    """Value of a constant string, or None."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
