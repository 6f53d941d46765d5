#!/usr/bin/env python3
"""The nightly search among a million certificates of which a thousand end, and the gate's look-up.

The planner is left as PostgreSQL ships it; the plans are printed, and a scan of the whole table
fails the bench.
"""

import statistics

from common import database, duration_ms, environment, options, row, say

BENCH = "certificate_expiry"
#: A certificate like the model's, with its own number, code and dates. One in a thousand ended
#: yesterday, one in a thousand is due to be renewed, the others end in one to five years.
COPY = """
INSERT INTO certification_certificate ({columns})
SELECT {values} FROM certification_certificate one, generate_series(1, %(count)s) AS n
WHERE one.id = %(model)s"""
OWN = {
    "name": "'BENCH-' || n",
    "code": "'bench-' || n",
    "date_to": "CASE n %% 1000 WHEN 7 THEN CURRENT_DATE - 1 WHEN 8 THEN CURRENT_DATE + 30"
    " ELSE CURRENT_DATE + 365 + n %% 1460 END",
    "date_remind": "CASE n %% 1000 WHEN 7 THEN NULL WHEN 8 THEN CURRENT_DATE - 1"
    " ELSE CURRENT_DATE + 275 + n %% 1460 END",
}
SCOPES = """
INSERT INTO certification_scope (certificate_id, product_tmpl_id, kind, serial_from, serial_key,
                                 prefix, suffix, number_from, number_to, width, quantity)
SELECT id, %(product)s, 'serial', name, name, '', '', 0, 0, 0, 0
FROM certification_certificate WHERE name LIKE 'BENCH-%%'"""


def fill(name, count):
    """Copy one certificate so many times; return the model's product."""
    with environment(name) as env:
        scheme = env.ref("equipment_certification.scheme_climatic")
        kind = env.ref("equipment_certification.type_climatic_test_equipment")
        product = env["product.template"].create(
            {"name": "Chamber", "is_storable": True, "equipment_type_id": kind.id}
        )
        body = env["certification.body"].create({"name": "Bench", "company_id": False})
        env["certification.accreditation"].create(
            {
                "body_id": body.id,
                "number": "1",
                "scheme_ids": [(6, 0, scheme.ids)],
                "date_from": "2020-01-01",
            }
        )
        model = env["certification.certificate"].create(
            {
                "name": "MODEL",
                "scheme_id": scheme.id,
                "body_id": body.id,
                "company_id": False,
                "date_issue": "2024-06-01",
                "date_to": False,
                "file": "Zg==",
                "scope_ids": [(0, 0, {"product_tmpl_id": product.id, "serial_from": "MODEL"})],
            }
        )
        model.action_validate()
        env.flush_all()
        env.cr.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND table_name = 'certification_certificate' AND column_name != 'id'"
        )
        columns = [column for (column,) in env.cr.fetchall()]
        env.cr.execute(
            COPY.format(
                columns=", ".join(columns),
                values=", ".join(OWN.get(column, f"one.{column}") for column in columns),
            ),
            {"count": count, "model": model.id},
        )
        env.cr.execute(SCOPES, {"product": product.id})
        return product.id


def vacuum(name):
    """What autovacuum does after a while."""
    from odoo.sql_db import db_connect

    with db_connect(name).cursor() as cr:
        cr._cnx.rollback()
        cr._cnx.set_session(autocommit=True)
        for table in ("certification_certificate", "certification_scope"):
            cr._obj.execute(f"VACUUM ANALYZE {table}")


def plan(env, metric, query):
    """Print a plan; it holds when no table is read as a whole."""
    statement = env.cr.mogrify(query.code, query.params).decode()
    env.cr.execute(f"EXPLAIN (ANALYZE, BUFFERS) {statement}")
    lines = [line for (line,) in env.cr.fetchall()]
    say(f"\n{metric}\n" + "\n".join(lines))
    whole = any(
        "Seq Scan on certification_c" in line or "Seq Scan on certification_s" in line
        for line in lines
    )
    row(BENCH, f"{metric}: index, no scan of the table", int(not whole), "plan", holds=not whole)


def timed(metric, call, rounds, goal):
    call()
    times = sorted(duration_ms(call) for _round in range(rounds))
    row(BENCH, f"{metric}, p50", statistics.median(times), "ms")
    row(BENCH, f"{metric}, p95", times[int(len(times) * 0.95)], "ms", goal=goal, absolute=True)


def search(env, domain):
    """The query of the nightly job, as `_in_batches` asks it."""
    Certificate = env["certification.certificate"]
    return Certificate._search(domain, limit=Certificate._BATCH, order=Certificate._BATCH_ORDER)


def measure(env, product_id, count, rounds):
    Certificate = env["certification.certificate"]
    for metric, domain in (
        ("ended", Certificate._domain_ended()),
        ("to remind", Certificate._domain_to_remind()),
    ):
        found = Certificate.search_count(domain)
        row(BENCH, f"{metric}, found", found, "certificates", holds=found == count // 1000)
        plan(env, metric, search(env, domain).select())
        timed(
            f"search of those {metric}",
            lambda domain=domain: env.execute_query(search(env, domain).select()),
            rounds,
            goal=5,
        )
    scope, company = env["certification.scope"], env.company
    product = env["product.template"].browse(product_id)
    scheme = env.ref("equipment_certification.scheme_climatic").id
    step = max(count // 1000, 1)
    proofs = [
        scope._proof(company, product, scheme, f"BENCH-{n * step + 1}")
        for n in range(count // step)
    ]
    given = scope._proven(proofs)
    row(BENCH, "proofs given", len(given), "proofs", holds=len(given) == len(proofs))
    timed(
        f"look-up of {len(proofs)} proofs", lambda: scope._proven(proofs), max(rounds // 10, 3), 100
    )


def night(name, count):
    """The job itself on what ended, rolled back."""
    with environment(name, tracking_disable=True) as env:
        Certificate = env["certification.certificate"]
        ended = Certificate.search(Certificate._domain_ended())

        def act():
            ended._expire()
            env.flush_all()

        row(BENCH, f"expiry of {len(ended)} among {count}", duration_ms(act), "ms")
        env.cr.rollback()


def main():
    quick = options().quick
    count, rounds = (5_000, 5) if quick else (1_000_000, 200)
    # a smoke run takes the database that is there already
    with database("ours" if quick else "equipment_certification") as name:
        product_id = fill(name, count)
        say(f"{count} certificates")
        vacuum(name)
        with environment(name) as env:
            measure(env, product_id, count, rounds)
        night(name, count)


if __name__ == "__main__":
    main()
