"""Print the address and the demo logins of a region, by role.

usage: logins.py REGION URL
"""

import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(region, url):
    settings = tomllib.loads((ROOT / "config/regions" / region / "region.toml").read_text(encoding="utf-8"))
    print(f"\n  {settings.get('name', region)}: {url}\n")
    logins = settings.get("logins", [])
    width = max((len(row["role"]) for row in logins), default=0)
    for row in logins:
        print(f"  {row['role']:<{width}}  {row['login']:<30} password: {row['password']}")
    print()


if __name__ == "__main__":
    main(*sys.argv[1:3])
