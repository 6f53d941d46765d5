#!/usr/bin/env python3
"""What a dealer's user waits for at 10 and at 1,000 dealers, 500 leads each.

Lists, searches and creations on leads, orders, stock and contacts as a salesperson of one dealer;
size of session and cookie; and the two ways to write the scope rule over a million documents.
"""

import json
import statistics
from contextlib import ExitStack

from common import (
    Queries,
    create_dealers,
    database,
    duration_ms,
    environment,
    options,
    row,
    say,
    view_specification,
)

BENCH = "tenancy_reads"
GOAL = 1.5
LEADS = 500  # a dealer has; customers, orders and kinds of part are a fifth of it
PASSWORD = "bench password"
COOKIE_LIMIT = 4096  # bytes, name and attributes included


def multiply(env, records, count, **changed):
    """Copy rows in bulk: every record `count` times, as the ORM stored it.

    :param changed: SQL of the columns that differ; ``n`` is the number of the copy
    """
    env.flush_all()
    env.cr.execute(
        """SELECT column_name FROM information_schema.columns
            WHERE table_schema = current_schema AND table_name = %s AND column_name != 'id'""",
        [records._table],
    )
    columns = {name: f'"{name}"' for (name,) in env.cr.fetchall()} | changed
    targets = ", ".join(f'"{name}"' for name in columns)
    env.cr.execute(
        f"""INSERT INTO {records._table} ({targets})
            SELECT {", ".join(columns.values())}
              FROM {records._table}, generate_series(1, {count}) n WHERE id IN %s""",
        [tuple(records.ids)],
    )
    records.invalidate_model()


def add_dealers(name, start, count):
    """Provision dealers and give each its customers, leads, orders and stock."""
    for first in range(start, start + count, 20):
        batch = min(20, start + count - first)
        with environment(name) as env:
            dealers = create_dealers(env, batch, start=first, staff=3)
            dealers._provision()
            fill(env, dealers.company_id)
        say(f"{first + batch - 1} dealers")
    with environment(name) as env:
        env.cr.execute("ANALYZE")


def fill(env, companies):
    """One record of each kind by the ORM, the others as copies of it."""
    partners = env["res.partner"].create(
        [
            {"name": "Customer 0", "email": "c0@bench.example", "company_id": company.id}
            for company in companies
        ]
    )
    leads, orders, quants = env["crm.lead"], env["sale.order"], env["stock.quant"]
    products = env["product.product"].search([("default_code", "like", "BENCH")])
    for partner in partners:
        local = env(context={"allowed_company_ids": partner.company_id.ids})
        values = {"company_id": partner.company_id.id, "partner_id": partner.id}
        leads += local["crm.lead"].create(
            {**values, "name": "Lead 0", "type": "lead", "team_id": False, "user_id": False}
        )
        orders += local["sale.order"].create({**values, "team_id": False, "user_id": False})
        warehouse = local["stock.warehouse"].search(
            [("company_id", "=", partner.company_id.id)], limit=1
        )
        quants += local["stock.quant"].create(
            {"product_id": products[0].id, "location_id": warehouse.lot_stock_id.id, "quantity": 5}
        )
    multiply(
        env,
        partners,
        LEADS // 5,
        name="'Customer ' || n",
        complete_name="'Customer ' || n",
        email="'c' || n || '@bench.example'",
    )
    multiply(
        env,
        leads,
        LEADS,
        name="'Lead ' || n",
        partner_name="'Customer ' || n",
        create_date="now() - n * interval '1 hour'",
    )
    multiply(env, orders, LEADS // 5, name="name || '-' || n", access_token="NULL")
    ids = ", ".join(map(str, products[1:].ids))
    multiply(env, quants, len(products) - 1, product_id=f"(ARRAY[{ids}])[n]")


def add_products(name):
    with environment(name) as env:
        env["product.product"].create(
            [
                {"name": f"Bench part {n}", "default_code": f"BENCH{n}", "is_storable": True}
                for n in range(100)
            ]
        )


def seller_of(env, number):
    """A salesperson of the dealer with this number (third on the staff list)."""
    return env["res.users"].search([("login", "=", f"p2@b{number:05}.example")])


def actions(env):
    """The screens' own calls, by name."""

    def screen(model, domain=(), order=None):
        specification = view_specification(env, model, "list")
        return lambda: env[model].web_search_read(
            list(domain), specification, limit=80, order=order, count_limit=10001
        )

    partner = env["res.partner"].search([("name", "like", "Customer ")], limit=1)
    return {
        "list leads": screen("crm.lead", order="create_date desc"),
        "search leads": screen("crm.lead", [("partner_name", "ilike", "tomer 49")]),
        "create lead": lambda: env["crm.lead"]
        .create({"name": "New", "type": "lead"})
        .flush_recordset(),
        "list orders": screen("sale.order"),
        "search orders": screen("sale.order", [("name", "ilike", "-49")]),
        "create order": lambda: env["sale.order"]
        .create({"partner_id": partner.id})
        .flush_recordset(),
        "list stock": screen("stock.quant", [("location_id.usage", "=", "internal")]),
        "search stock": screen("stock.quant", [("product_id.default_code", "=", "BENCH7")]),
        "list contacts": screen("res.partner"),
        "search contacts": screen("res.partner", [("complete_name", "ilike", "tomer 49")]),
        "create contact": lambda: env["res.partner"].create({"name": "New"}).flush_recordset(),
    }


def measure(names, numbers, times):
    """Median milliseconds by action and database, over sellers of several dealers.

    The databases take turns, so that a busy machine slows both.

    :return: one dict of medians by action for each database
    """
    samples = [{} for _name in names]
    for number in numbers:
        with ExitStack() as stack:
            users = []
            for name in names:
                with environment(name) as env:
                    user_id = seller_of(env, number).id
                env = stack.enter_context(environment(name, uid=user_id))
                stack.callback(env.cr.rollback)
                users.append((env, actions(env)))
            for action in users[0][1]:
                for turn in range(times + 1):
                    for taken, (env, calls) in zip(samples, users, strict=True):
                        env.invalidate_all()
                        duration = duration_ms(calls[action])
                        if turn:  # the first call warms caches, as in a worker already in use
                            taken.setdefault(action, []).append(duration)
    return [
        {action: statistics.median(values) for action, values in taken.items()} for taken in samples
    ]


def sessions(name, dealers):
    """Bytes of session_info and of the company cookie for a dealer's and an OEM user."""
    with environment(name) as env:
        oem = (
            env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                {
                    "name": "Bench OEM",
                    "login": "bench_oem",
                    "company_id": env.ref("base.main_company").id,
                    "company_ids": [(6, 0, env.ref("base.main_company").ids)],
                    "group_ids": [
                        (
                            6,
                            0,
                            [
                                env.ref("base.group_user").id,
                                env.ref("dealer_network.group_network_administrator").id,
                            ],
                        )
                    ],
                }
            )
        )
        users = {"dealer user": seller_of(env, 1), "OEM user": oem}
        for user in users.values():
            env["res.users"]._set_encrypted_password(user.id, user._crypt_context().hash(PASSWORD))
        logins = {label: user.login for label, user in users.items()}
    for label, login in logins.items():
        info = sign_in(name, login)
        companies = info["user_companies"]["allowed_companies"]
        row(
            BENCH,
            f"size session_info of {label} at {dealers} dealers",
            len(json.dumps(info)),
            "bytes",
        )
        row(
            BENCH,
            f"size cids cookie of {label} at {dealers} dealers",
            len("cids=" + "-".join(companies)),
            "bytes",
            goal=COOKIE_LIMIT,
            absolute=True,
        )


def sign_in(name, login):
    """Sign in over WSGI; the answer is what the web client receives at its start."""
    from werkzeug.test import Client

    import odoo.http
    from odoo.service.server import load_server_wide_modules
    from odoo.tools import config

    load_server_wide_modules()
    config["db_name"] = [name]
    answer = Client(odoo.http.root).post(
        "/web/session/authenticate",
        json={"params": {"db": name, "login": login, "password": PASSWORD}},
        environ_overrides={"REMOTE_ADDR": "127.0.0.1"},
    )
    return answer.json["result"]


def scope_rules(name, documents):
    """The scope rule in its two forms over many network documents, as an OEM-less dealer user.

    The table is the bench's own, in the shape that every adopter of the two-party mixin has.
    """
    with environment(name) as env:
        env.cr.execute(
            """CREATE TABLE bench_document AS
               SELECT n AS id, d.id AS dealer_id, d.network_company_id, 'Document ' || n AS name
                 FROM generate_series(1, %s) n
                 JOIN (SELECT id, network_company_id, row_number() OVER (ORDER BY id) - 1 AS number,
                              count(*) OVER () AS total FROM dealer_dealer) d
                   ON d.number = n %% d.total;
               ALTER TABLE bench_document ADD PRIMARY KEY (id);
               CREATE INDEX ON bench_document (dealer_id);
               CREATE INDEX ON bench_document (network_company_id);
               ANALYZE bench_document""",
            [documents],
        )
        user = seller_of(env, 1)
        parameters = {
            "user": user.id,
            "companies": tuple(user.company_ids.ids),
            "scope": tuple(user.dealer_scope_ids.ids) or (0,),
        }
        forms = {
            "ids in the rule": "dealer_id IN %(scope)s",
            "rule over the relation": """dealer_id IN (SELECT dealer_id
                FROM dealer_dealer_user_scope_rel WHERE user_id = %(user)s)""",
        }
        for form, condition in forms.items():
            where = f"WHERE network_company_id IN %(companies)s OR {condition}"
            queries = {
                "count": f"SELECT count(*) FROM bench_document {where}",
                "read 80": f"SELECT * FROM bench_document {where} ORDER BY id DESC LIMIT 80",
            }
            for label, query in queries.items():

                def call(query=query):
                    env.cr.execute(query, parameters)
                    env.cr.fetchall()

                call()
                value = statistics.median(duration_ms(call) for _ in range(15))
                row(BENCH, f"p50 {label} of {documents:,} documents, {form}", round(value, 3), "ms")


def main():
    arguments = options(dealers=1000, documents=1_000_000, times=9)
    few, many = (2, 4) if arguments.quick else (10, arguments.dealers)
    documents = 10_000 if arguments.quick else arguments.documents
    times = 2 if arguments.quick else arguments.times
    with database("ours") as small, database("ours") as name:
        for db, count in ((small, few), (name, many)):
            add_products(db)
            add_dealers(db, 1, count)
        base, grown = measure((small, name), range(1, min(few, 5) + 1), times)
        for action, value in grown.items():
            row(
                BENCH,
                f"p50 {action} at {many} dealers",
                round(value, 3),
                "ms",
                baseline=round(base[action], 3),
                goal=GOAL,
            )
        with environment(name) as env:
            user_id = seller_of(env, 1).id
        with environment(name, uid=user_id) as env:
            with Queries() as queries:
                actions(env)["list leads"]()
            row(BENCH, "queries list leads, cold cache", queries.total, "queries")
        sessions(name, many)
        scope_rules(name, documents)


if __name__ == "__main__":
    main()
