"""The search for a machine by its serial number among a million units.

As a technician with all rules on, warm: from calling ``name_search`` or the list's search to the
names it returns, for a whole number, for its beginning, for a part of it and for a number that is
not there. Half of the machines are the OEM's, the others those of ten dealers.
"""

import random
import statistics

from common import database, duration_ms, environment, options, row, say

SERIAL = "'CP' || (40 + n %% 5) || '-' || lpad(n::text, 7, '0')"
IDENTITIES = f"""
INSERT INTO equipment_identity (serial, serial_key, brand, brand_key, product_id, active,
                                network_company_id, holder_company_id)
SELECT {SERIAL}, {SERIAL}, 'Bench', 'BENCH', %(product)s, TRUE, %(oem)s,
       CASE WHEN n %% 2 = 0 THEN %(oem)s ELSE %(first)s + n / 2 %% 10 END
  FROM generate_series(1, %(count)s) AS n"""
UNITS = """
INSERT INTO equipment_unit (identity_id, serial, serial_key, product_id, company_id, state, active)
SELECT id, serial, serial_key, product_id, holder_company_id, 'service', TRUE
  FROM equipment_identity WHERE brand_key = 'BENCH'"""


def fill(name, count):
    """Make companies and machines; return the ids of a technician of the OEM and of a dealer."""
    with environment(name) as env:
        companies = env["res.company"].create(
            [{"name": f"Bench dealer {number}"} for number in range(10)]
        )
        users = [
            env["res.users"].create(
                {
                    "name": f"Technician {company.id}",
                    "login": f"bench_technician_{company.id}",
                    "company_id": company.id,
                    "company_ids": [(6, 0, company.ids)],
                    "group_ids": [(4, env.ref("equipment_registry.group_technician").id)],
                }
            )
            for company in (env.company, companies[0])
        ]
        kind = env["equipment.type"].create({"name": "Bench", "code": "bench"})
        product = env["product.product"].create(
            {"name": "Bench pump", "equipment_type_id": kind.id, "equipment_brand": "Bench"}
        )
        env.flush_all()
        values = {
            "product": product.id,
            "oem": env.company.id,
            "first": companies[0].id,
            "count": count,
        }
        env.cr.execute(IDENTITIES, values)
        env.cr.execute(UNITS)
        return [user.id for user in users]


def vacuum(name):
    from odoo.sql_db import db_connect

    with db_connect(name).cursor() as cr:
        cr._cnx.rollback()
        cr._cnx.set_session(autocommit=True)
        for table in ("equipment_identity", "equipment_unit"):
            cr._obj.execute(f"VACUUM ANALYZE {table}")


def measure(env, who, model, metric, texts, least):
    """Time name_search over texts as typed.

    :param least: fewest names that each text must find, or 0 for none at all
    """
    Model, times = env[model], []

    def call(text):
        return Model.name_search(text, limit=8)

    for text in texts[:30]:
        call(text)
    for text in texts:
        Model.invalidate_model()
        found = []
        times.append(duration_ms(lambda text=text, found=found: found.extend(call(text))))
        if len(found) < least or (not least and found):
            raise SystemExit(f"{who}, {metric}: {text} found {len(found)}")
    times.sort()
    name = f"{who}, {model}, {metric}"
    row("registry_search", f"{name} p50", statistics.median(times), "ms")
    p95 = times[int(len(times) * 0.95)]
    row("registry_search", f"{name} p95", p95, "ms", goal=5.0, absolute=True)


def plan(env, who, text):
    """Print the plan of the search by the beginning, and say whether the index is read."""
    from odoo.tools import SQL

    domain = env["equipment.identity"]._domain_of_serial(text, env["equipment.unit"])
    query = env["equipment.unit"]._search(domain, limit=8)

    lines = env.execute_query(SQL("EXPLAIN (ANALYZE, BUFFERS) %s", query.select()))
    text = "\n".join(line for (line,) in lines)
    say(text)
    holds = "equipment_unit_serial_begin" in text and "Seq Scan" not in text
    row("registry_search", f"{who}, the index is read, no table scanned", 1, "plan", holds=holds)


def main():
    count, repeats = (20_000, 60) if options().quick else (1_000_000, 500)
    with database("ours") as name:
        say(f"{count} machines")
        users = fill(name, count)
        vacuum(name)
        choice = random.Random(1)
        # even numbers are the OEM's; those of the first dealer end 1 or 21, 41 …
        own = [2 * choice.randrange(1, count // 2) for _ in range(repeats)]
        dealers = [20 * choice.randrange(1, count // 20) + 1 for _ in range(repeats)]
        for uid, who, numbers in zip(users, ("OEM", "dealer"), (own, dealers), strict=True):
            whole = [f"cp{40 + number % 5}-{number:07d}" for number in numbers]
            with environment(name, uid=uid) as env:
                for model in ("equipment.unit", "equipment.identity"):
                    measure(env, who, model, "whole number", whole, 1)
                    measure(env, who, model, "beginning", [text[:9] for text in whole], 1)
                    measure(env, who, model, "last six digits", [text[-6:] for text in whole], 1)
                    missing = [f"XX{text}" for text in whole]
                    measure(env, who, model, "not there", missing, 0)
                plan(env, who, whole[0][:9])


if __name__ == "__main__":
    main()
