"""Run benchmark programs and print their rows as one table.

usage: bench.py [NAME…] [--quick] [--json FILE]

A program is tests/bench/<name>.py. It is run with the project's Python, PG* and ODOO_RC set, and
`--quick` passed on; it prints progress on stderr and JSON rows on stdout, one a line:
    {"bench": …, "metric": …, "value": …, "unit": …,
     "baseline": …, "ratio": …, "goal": …, "holds": …}
baseline and ratio are null where a goal is absolute; goal and holds are null where none is set.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

from suite import ROOT

BENCHES = ROOT / "tests" / "bench"
COLUMNS = ("bench", "metric", "value", "unit", "baseline", "ratio", "goal", "holds")


def programs():
    return {
        path.stem: path
        for path in sorted(BENCHES.glob("[a-z]*.py"))
        if path.stem not in ("common", "conftest")
    }


def run(path: Path, quick: bool):
    """Run one program and return its rows.

    :raise SystemExit: when it fails or prints something that is no row
    """
    command = [sys.executable, str(path), *(["--quick"] if quick else [])]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    if done.returncode:
        raise SystemExit(f"{path.stem} failed")
    rows = [json.loads(line) for line in done.stdout.splitlines() if line.strip()]
    for row in rows:
        if set(row) != set(COLUMNS):
            raise SystemExit(f"{path.stem}: a row has the keys {sorted(row)}")
    return rows


def text(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "NO"
    if isinstance(value, float):
        return f"{value:,.3f}" if abs(value) < 10 else f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def table(rows):
    """Return the rows as a Markdown table."""
    cells = [COLUMNS, *([text(row[column]) for column in COLUMNS] for row in rows)]
    widths = [max(len(line[i]) for line in cells) for i in range(len(COLUMNS))]
    lines = [
        "| " + " | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)) + " |"
        for line in cells
    ]
    lines.insert(1, "|" + "|".join("-" * (w + 2) for w in widths) + "|")
    return "\n".join(lines)


def main(argv=None):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("name", nargs="*")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(argv)
    there = programs()
    unknown = set(options.name) - set(there)
    if unknown:
        parser.error(f"no bench {', '.join(sorted(unknown))}; there are {', '.join(there)}")
    rows = []
    for name in options.name or there:
        print(f"== {name}", file=sys.stderr)
        rows += run(there[name], options.quick)
    print(table(rows))
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return any(row["holds"] is False for row in rows)


if __name__ == "__main__":
    sys.exit(main())
