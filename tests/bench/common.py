"""What the bench programs share: databases, environments, dealers, counting, rows.

A bench works on clones of template databases, so that it starts from the same state every time:
`ours` has all stock modules of the suite and all our add-ons, `foundation` the dealer network with
its tenancy and nothing on top, `stock` the stock modules only.
"""

import argparse
import itertools
import json
import os
import sys
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import template_db  # noqa: E402

ROLES = (
    "role_principal",
    "role_head_of_sales",
    "role_salesperson",
    "role_salesperson",
    "role_service_technician",
    "role_warehouse_worker",
    "role_marketer",
)
FOUNDATION = (
    "dealer_network",
    "dealer_territory",
    "dealer_agreement",
    "dealer_tier",
    "dealer_opening",
    "dealer_import",
    "dealer_access",
)
_numbers = itertools.count(1)


def options(**extra):
    """Parse the command line: --quick for a smoke run of some seconds, and the bench's own."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="small data: shows that it runs")
    for name, default in extra.items():
        parser.add_argument(f"--{name}", type=type(default), default=default)
    return parser.parse_args()


def say(*words):
    """Progress, on stderr."""
    print(*words, file=sys.stderr, flush=True)


def row(bench, metric, value, unit, baseline=None, goal=None, holds=None, absolute=False):
    """Print one row of the table.

    :param baseline: what the value is compared with
    :param goal: upper limit of the ratio, or of the value itself with `absolute`
    :param holds: verdict where it is not that comparison
    """
    ratio = value / baseline if baseline else None
    if holds is None and goal is not None:
        measured = value if absolute else ratio
        holds = None if measured is None else measured <= goal
    cells = {
        "bench": bench,
        "metric": metric,
        "value": value,
        "unit": unit,
        "baseline": baseline,
        "ratio": ratio,
        "goal": goal,
        "holds": holds,
    }
    print(json.dumps(cells), flush=True)


@contextmanager
def database(kind):
    """A database of its own for the bench.

    :param kind: `ours`, `foundation`, `stock`, or the one add-on that is installed; its template
        may be named in the environment
    """
    template = os.environ.get(f"BENCH_TEMPLATE_{kind.upper()}")
    if not template and kind == "stock":
        template = template_db.stock_template()
    if not template:
        names = {"ours": list(template_db.manifests()), "foundation": FOUNDATION}.get(kind, [kind])
        template = template_db.test_template(names)
    name = f"bench_{kind}_{os.getpid()}_{next(_numbers)}"
    template_db.drop(name)
    template_db.clone(template, name)
    _configure()
    try:
        yield name
    finally:
        import odoo.sql_db

        odoo.sql_db.close_db(name)
        template_db.drop(name)


def _configure():
    import odoo.init  # noqa: F401
    from odoo.tools import config

    config.parse_config(
        ["--no-http", "--log-level=error", "--max-cron-threads=0"], setup_logging=True
    )


@contextmanager
def environment(name, uid=None, **context):
    """An environment on a cursor of its own, committed at the end.

    :param uid: user to act as; the superuser by default
    """
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry

    with Registry(name).cursor() as cr:
        yield api.Environment(cr, uid or SUPERUSER_ID, context)
        cr.commit()


class Queries:
    """Counts the queries sent inside the block, by the add-on code that sent them.

    ``total`` is their number, ``by_hook`` a Counter of "file:function", where the function is the
    innermost one of an add-on's models that is not part of the ORM's own chain of overrides.
    """

    GENERIC = {
        "create",
        "write",
        "unlink",
        "search",
        "_search",
        "<listcomp>",
        "<genexpr>",
        "<dictcomp>",
    }

    def __enter__(self):
        from odoo.sql_db import Cursor

        self.total, self.by_hook, self.cursor, self.execute = 0, Counter(), Cursor, Cursor.execute

        def execute(cursor, *args, **kwargs):
            self.total += 1
            self.by_hook[self._hook(sys._getframe(1))] += 1
            return self.execute(cursor, *args, **kwargs)

        Cursor.execute = execute
        return self

    def __exit__(self, *exc):
        self.cursor.execute = self.execute

    def _hook(self, frame):
        first = None
        while frame:
            path, name = frame.f_code.co_filename, frame.f_code.co_name
            if "/addons/" in path:
                label = f"{path.split('/addons/')[-1].replace('models/', '')}:{name}"
                first = first or label
                if name not in self.GENERIC:
                    return label
            frame = frame.f_back
        return first or "orm"


def view_specification(env, model, view_type):
    """What a screen asks of a model: the fields of its default view that the user may read."""
    records = env[model]
    names = records.get_view(view_type=view_type)["models"][model]
    fields = (records._fields[name] for name in names if name in records._fields)
    return {field.name: {} for field in fields if records._has_field_access(field, "read")}


def duration_ms(call):
    start = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - start)


def create_dealers(env, count, start=1, staff=None, **values):
    """Create active dealers of one OEM with people on their staff, in batches.

    :param start: number of the first one, part of code, name and addresses
    :param staff: people per dealer; by default one for each of ROLES
    :return: dealer.dealer
    """
    staff = len(ROLES) if staff is None else staff
    dealers = env["dealer.dealer"].create(
        [
            {
                "code": f"B{number:05}",
                "name": f"Bench dealer {number:05}",
                "type_id": env.ref("dealer_network.type_dealer").id,
                "state": "active",
                "provision_invite": False,
                **values,
            }
            for number in range(start, start + count)
        ]
    )
    persons = env["dealer.person"].create(
        [
            {
                "name": f"{dealer.code} person {index}",
                "email": f"p{index}@{dealer.code.lower()}.example",
            }
            for dealer in dealers
            for index in range(staff)
        ]
    )
    roles = [env.ref(f"dealer_network.{name}").id for name in ROLES[:staff]]
    env["dealer.staff"].create(
        [
            {"dealer_id": dealer.id, "person_id": person.id, "role_id": roles[index % staff]}
            for index, (dealer, person) in enumerate(
                zip((d for d in dealers for _ in range(staff)), persons, strict=True)
            )
        ]
    )
    return dealers
