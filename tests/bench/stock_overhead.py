#!/usr/bin/env python3
"""Stock flows with our add-ons installed and without, interleaved on the same machine.

The same sales manager works in all databases: makes a lead, confirms an order, validates its
delivery, opens list and form. With our add-ons he is a dealer's user, so that every check that we
add for dealers is paid for. The foundation is measured by itself; with every add-on of the suite
list and form show more than stock's, for which there are goals of their own.
"""

import statistics
from contextlib import ExitStack

from common import (
    create_dealers,
    database,
    duration_ms,
    environment,
    options,
    row,
    say,
    view_specification,
)

BENCH = "stock_overhead"
GOAL = 1.15
#: With every add-on: the columns of readiness, and the dossier's fields.
OTHER_GOALS = {"list of leads": 1.2, "form of a lead": 1.3}
GROUPS = (
    "base.group_user",
    "sales_team.group_sale_salesman_all_leads",
    "stock.group_stock_manager",
)
EXISTING = 300


def prepare(name, ours):
    """Make the company, its user and some records; return the user's id."""
    with environment(name, no_reset_password=True) as env:
        if ours:
            dealer = create_dealers(env, 1, staff=0)
            dealer._provision()
            company = dealer.company_id
        else:
            company = env["res.company"].create({"name": "Bench dealer"})
            env["stock.warehouse"].create({"company_id": company.id, "code": "WH"})
        user = env["res.users"].create(
            {
                "name": "Bench seller",
                "login": "bench_seller",
                "company_id": company.id,
                "company_ids": [(6, 0, company.ids)],
                "group_ids": [(6, 0, [env.ref(group).id for group in GROUPS])],
            }
        )
        if ours:
            make_dealer_user(env, dealer, user)
        product = env["product.product"].create(
            {"name": "Bench part", "default_code": "BENCH", "is_storable": True, "list_price": 10}
        )
        warehouse = env["stock.warehouse"].search([("company_id", "=", company.id)])
        env["stock.quant"]._update_available_quantity(product, warehouse.lot_stock_id, 1_000_000)
        user_id = user.id
    with environment(name, uid=user_id) as env:
        env["res.partner"].create({"name": "Bench customer", "company_id": env.company.id})
        env["crm.lead"].create([{"name": f"Lead {n}", "type": "lead"} for n in range(EXISTING)])
    return user_id


def make_dealer_user(env, dealer, user):
    """The user works for the dealer, as its head of sales."""
    user.group_ids += env.ref("dealer_network.group_dealer_user")
    person = env["dealer.person"].create({"name": user.name, "email": "seller@bench.example"})
    env["dealer.staff"].create(
        {
            "dealer_id": dealer.id,
            "person_id": person.id,
            "role_id": env.ref("dealer_network.role_head_of_sales").id,
            "user_id": user.id,
        }
    )


def flows(env):
    """The steps of one round, by name, in the order in which they are made."""
    partner = env["res.partner"].search([("name", "=", "Bench customer")], limit=1)
    product = env["product.product"].search([("default_code", "=", "BENCH")], limit=1)
    made = {}

    def create_lead():
        made["lead"] = env["crm.lead"].create(
            {"name": "Bench", "type": "lead", "partner_id": partner.id}
        )
        env.flush_all()

    def confirm_order():
        order = env["sale.order"].create(
            {
                "partner_id": partner.id,
                "order_line": [(0, 0, {"product_id": product.id, "product_uom_qty": 2})],
            }
        )
        order.action_confirm()
        env.flush_all()
        made["order"] = order

    def validate_delivery():
        picking = made["order"].picking_ids
        picking.move_ids.quantity = 2
        picking.move_ids.picked = True
        picking.button_validate()
        env.flush_all()
        assert picking.state == "done", picking.state

    def open_list():
        env.invalidate_all()
        env["crm.lead"].web_search_read(
            [("type", "=", "lead")], view_specification(env, "crm.lead", "list"), limit=80
        )

    def open_form():
        env.invalidate_all()
        made["lead"].web_read(view_specification(env, "crm.lead", "form"))

    return {
        "create lead": create_lead,
        "confirm order": confirm_order,
        "validate delivery": validate_delivery,
        "list of leads": open_list,
        "form of a lead": open_form,
    }


def round_of(name, user_id):
    """Milliseconds of each step of one round, rolled back at the end."""
    with environment(name, uid=user_id) as env:
        taken = {flow: duration_ms(step) for flow, step in flows(env).items()}
        env.cr.rollback()
    return taken


def main():
    arguments = options(rounds=41)
    rounds = 2 if arguments.quick else arguments.rounds
    with ExitStack() as stack:
        sides = {}
        for kind in ("stock", "ours") if arguments.quick else ("stock", "foundation", "ours"):
            name = stack.enter_context(database(kind))
            sides[kind] = (name, prepare(name, ours=kind != "stock"))
            say(f"{kind} prepared")
        for name, user_id in sides.values():
            round_of(name, user_id)  # caches warm, views compiled
        samples = {kind: [] for kind in sides}
        for number in range(rounds):
            # who begins alternates, so that no side profits from the machine's mood
            for kind in sorted(sides, reverse=bool(number % 2)):
                samples[kind].append(round_of(*sides[kind]))
        medians = {
            kind: {flow: statistics.median(r[flow] for r in taken) for flow in taken[0]}
            for kind, taken in samples.items()
        }
    stock = medians.pop("stock")
    for kind, taken in medians.items():
        for flow, value in taken.items():
            every = kind == "ours"
            row(
                BENCH,
                f"p50 {flow}, {'every add-on' if every else kind}",
                round(value, 2),
                "ms",
                baseline=round(stock[flow], 2),
                goal=OTHER_GOALS.get(flow, GOAL) if every else GOAL,
            )


if __name__ == "__main__":
    main()
