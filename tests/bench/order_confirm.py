#!/usr/bin/env python3
"""Confirming an order of 1, 20 and 200 mixed lines, with our add-ons and on stock Odoo.

Both sides have the same routes: deliveries "from stock, if unavailable, trigger another rule",
products with a bill of materials, with a vendor, with stock, and with some stock. Stock Odoo makes
one move per line, which is not chained to what is ordered; ours makes a second move for a mixed
line and chains it.

The same database also tells what readiness adds to a list of 80 deals.
"""

import statistics
from contextlib import ExitStack

from common import (
    Queries,
    database,
    duration_ms,
    environment,
    options,
    row,
    say,
    view_specification,
)

BENCH = "order_confirm"
GOAL = 1.15
LIST_GOAL = 1.2
GROUPS = (
    "base.group_user",
    "sales_team.group_sale_manager",
    "stock.group_stock_manager",
    "mrp.group_mrp_manager",
    "purchase.group_purchase_manager",
)
SIZES = (1, 20, 200)
QUICK_SIZES = (1, 4, 20)
PRODUCTS = 200
DEALS = 80
QUICK_DEALS = 4
ROUNDS = {1: 21, 20: 11, 200: 5}
READINESS = ("fulfilment_state", "fulfilment_readiness", "fulfilment_expected_date")


def prepare(name, ours):
    """Make the firm's products, stock and user; return the user's id."""
    with environment(name, no_reset_password=True) as env:
        company = env["res.company"].create({"name": "Bench maker"})
        warehouse = env["stock.warehouse"].search([("company_id", "=", company.id)])
        warehouse = warehouse or env["stock.warehouse"].create(
            {"company_id": company.id, "code": "WH", "name": "Bench"}
        )
        if not ours:
            # what our warehouses do by themselves
            env["stock.rule"].search(
                [
                    ("route_id", "=", warehouse.delivery_route_id.id),
                    ("location_src_id", "=", warehouse.lot_stock_id.id),
                ]
            ).procure_method = "mts_else_mto"
        user = env["res.users"].create(
            {
                "name": "Bench seller",
                "login": "bench_seller",
                "company_id": company.id,
                "company_ids": [(6, 0, company.ids)],
                "group_ids": [(6, 0, [env.ref(group).id for group in GROUPS])],
            }
        )
        vendor = env["res.partner"].create({"name": "Bench vendor", "company_id": company.id})
        part = env["product.product"].create({"name": "Bench component", "is_storable": True})
        products = env["product.product"].create(
            [product_values(number, vendor, company) for number in range(PRODUCTS)]
        )
        env["mrp.bom"].create(
            [
                {
                    "product_tmpl_id": product.product_tmpl_id.id,
                    "company_id": company.id,
                    "bom_line_ids": [(0, 0, {"product_id": part.id})],
                }
                for number, product in enumerate(products)
                if number % 4 in (1, 3)
            ]
        )
        for number, product in enumerate(products):
            # from stock, made, bought, and five of ten from stock with the rest made
            quantity = (1_000_000, 0, 0, 5)[number % 4]
            if quantity:
                env["stock.quant"]._update_available_quantity(
                    product, warehouse.lot_stock_id, quantity
                )
        env["stock.quant"]._update_available_quantity(part, warehouse.lot_stock_id, 1_000_000)
        env["res.partner"].create({"name": "Bench customer", "company_id": company.id})
        return user.id


def product_values(number, vendor, company):
    """A product that is in stock, made, bought, or in stock in part, by the rest of its number."""
    seller = {"partner_id": vendor.id, "company_id": company.id, "price": 5}
    return {
        "name": f"Bench product {number}",
        "default_code": f"BENCH-{number:03}",
        "is_storable": True,
        "list_price": 10,
        "seller_ids": [(0, 0, seller)] if number % 4 == 2 else False,
    }


def draft_order(env, size, **values):
    """Make a quotation of so many lines; a single one is mixed."""
    products = env["product.product"].search(
        [("default_code", "=like", "BENCH-%")], order="default_code"
    )
    chosen = products[3:4] if size == 1 else products[:size]
    partner = env["res.partner"].search([("name", "=", "Bench customer")], limit=1)
    order = env["sale.order"].create(
        {
            "partner_id": partner.id,
            "order_line": [
                (0, 0, {"product_id": product.id, "product_uom_qty": 10}) for product in chosen
            ],
            **values,
        }
    )
    env.flush_all()
    return order


def round_of(name, user_id, size):
    """Milliseconds and queries of one confirmation, rolled back."""
    with environment(name, uid=user_id) as env:
        order = draft_order(env, size)
        env.invalidate_all()

        def confirm():
            order.action_confirm()
            env.flush_all()

        with Queries() as queries:
            taken = duration_ms(confirm)
        assert order.state == "sale"
        env.cr.rollback()
    return taken, queries.total


def confirmations(sides, sizes, quick):
    """Measure these sizes; return queries by side and size."""
    queries = {kind: {} for kind in sides}
    for size in sizes:
        rounds = 2 if quick else ROUNDS[size]
        times = {kind: [] for kind in sides}
        for name, user_id in sides.values():
            round_of(name, user_id, size)  # caches warm
        for number in range(rounds):
            for kind in sorted(sides, reverse=bool(number % 2)):
                taken, queries[kind][size] = round_of(*sides[kind], size)
                times[kind].append(taken)
        median = {kind: statistics.median(taken) for kind, taken in times.items()}
        row(
            BENCH,
            f"p50 confirm {size} lines",
            round(median["ours"], 1),
            "ms",
            baseline=round(median["stock"], 1),
            goal=GOAL,
        )
        say(f"{size} lines measured")
    return queries


def per_line(queries, low, high):
    """Queries that one more line costs between two sizes of order."""
    return (queries[high] - queries[low]) / (high - low)


def growth(queries, sizes):
    """Tell what a further line costs, and whether that stays the same."""
    small, middle, large = sizes
    grown = {kind: per_line(found, middle, large) for kind, found in queries.items()}
    row(
        BENCH,
        f"queries per further line, {middle} to {large}",
        round(grown["ours"], 2),
        "queries",
        baseline=round(grown["stock"], 2),
        goal=GOAL,
    )
    at_first = per_line(queries["ours"], small, middle)
    row(
        BENCH,
        f"queries per further line, {middle} to {large} by {small} to {middle}",
        round(grown["ours"], 2),
        "queries",
        baseline=round(at_first, 2),
        goal=1.1,
    )


def readiness(name, user_id, quick):
    """What readiness adds to a list of deals with a confirmed order each."""
    deals = QUICK_DEALS if quick else DEALS
    with environment(name, uid=user_id) as env:
        leads = env["crm.lead"].create(
            [{"name": f"Bench deal {n}", "type": "opportunity"} for n in range(deals)]
        )
        for number, lead in enumerate(leads):
            draft_order(env, 4 if number % 2 else 1, opportunity_id=lead.id).action_confirm()
        env.cr.execute("ANALYZE")  # as autovacuum does on a database that is in use
    with environment(name, uid=user_id) as env:
        full = view_specification(env, "crm.lead", "list")
        plain = {field: spec for field, spec in full.items() if field not in READINESS}
        with_readiness = {**plain, **{field: {} for field in READINESS}}
        domain = [("name", "=like", "Bench deal %")]
        counted = {}
        times = {"plain": [], "ready": []}
        specs = {"plain": plain, "ready": with_readiness}
        for number in range((3 if quick else 41) + 1):
            for kind in sorted(specs, reverse=bool(number % 2)):
                env.invalidate_all()
                with Queries() as queries:
                    taken = duration_ms(
                        lambda spec=specs[kind]: env["crm.lead"].web_search_read(
                            domain, spec, limit=deals
                        )
                    )
                counted[kind] = queries.total
                if number:
                    times[kind].append(taken)
    row(
        BENCH,
        f"p50 list of {deals} deals with readiness, by the list without",
        round(statistics.median(times["ready"]), 2),
        "ms",
        baseline=round(statistics.median(times["plain"]), 2),
        goal=LIST_GOAL,
    )
    row(
        BENCH,
        "queries that readiness adds to the list",
        counted["ready"] - counted["plain"],
        "queries",
        goal=3,
        absolute=True,
    )


def main():
    arguments = options(sizes="")
    sizes = QUICK_SIZES if arguments.quick else SIZES
    if arguments.sizes:
        sizes = tuple(int(size) for size in arguments.sizes.split(","))
    with ExitStack() as stack:
        sides = {}
        for kind in ("stock", "ours"):
            name = stack.enter_context(database(kind))
            sides[kind] = (name, prepare(name, ours=kind == "ours"))
            say(f"{kind} prepared")
        queries = confirmations(sides, sizes, arguments.quick)
        if len(sizes) == len(SIZES):
            growth(queries, sizes)
        readiness(*sides["ours"], arguments.quick)


if __name__ == "__main__":
    main()
