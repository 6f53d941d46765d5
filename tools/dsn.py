"""Print the PG* variables of a database URL as shell assignments.

usage: dsn.py postgresql://user:password@host:port/?sslmode=require
"""

import shlex
import sys
from urllib.parse import parse_qsl, unquote, urlsplit


def variables(url):
    """Return the libpq environment variables that `url` stands for.

    :param str url: ``postgresql://[user[:password]@][host][:port]/[?host=…&sslmode=…]``
    :rtype: dict[str, str]
    """
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise SystemExit(f"DATABASE_URL starts with {parts.scheme}://, not with postgresql://")
    query = dict(parse_qsl(parts.query))
    found = {
        "PGHOST": query.get("host") or parts.hostname or "localhost",
        "PGPORT": str(parts.port or query.get("port") or 5432),
        "PGUSER": unquote(parts.username or query.get("user") or "odoo"),
        "PGPASSWORD": unquote(parts.password or query.get("password") or ""),
        "PGSSLMODE": query.get("sslmode", ""),
    }
    return {name: value for name, value in found.items() if value}


if __name__ == "__main__":
    for name, value in variables(sys.argv[1]).items():
        print(f"export {name}={shlex.quote(value)}")
