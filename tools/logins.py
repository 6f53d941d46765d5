"""Print the address and the demo logins of a region, by role.

usage: logins.py REGION URL
"""

import sys
import tomllib
from pathlib import Path

REGIONS = Path(__file__).resolve().parent.parent / "config" / "regions"


def main(region, url):
    title = tomllib.loads((REGIONS / region / "region.toml").read_text(encoding="utf-8"))["title"]
    print(f"\n  {title}: {url}\n")
    file = REGIONS / region / "logins.toml"
    if not file.exists():
        print("  sign in as admin, with the password that script/region apply set\n")
        return
    rows = tomllib.loads(file.read_text(encoding="utf-8"))["login"]
    width = max(len(row["role"]) for row in rows)
    for row in rows:
        print(
            f"  {row['role']:<{width}}  {row['login']:<30} password: {row.get('password', 'demo')}"
        )
    print()


if __name__ == "__main__":
    main(*sys.argv[1:3])
