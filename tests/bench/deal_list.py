#!/usr/bin/env python3
"""The list of 80 deals, with the readiness of their goods where fulfilment is installed, against
stock Odoo's list of 80 opportunities with the same orders.
"""

import statistics
from contextlib import ExitStack

from common import Queries, database, duration_ms, environment, options, row, say
from deals import opportunities, orders, screen, seller

BENCH, GOAL, DEALS = "deal_list", 1.2, 80
VIEW = "deal_process.crm_lead_view_list_deals"
READINESS = ("fulfilment_readiness", "fulfilment_state", "fulfilment_expected_date")


def prepare(name):
    with environment(name, no_reset_password=True) as env:
        user_id = seller(env)
    with environment(name, uid=user_id) as env:
        leads = opportunities(env, DEALS)
        made = orders(env, leads)
        if "offer_answer" in made:
            made._write_kept({"offer_answer": "accepted"})
        made.action_confirm()
    return user_id


def specification(env):
    """What the list asks for: the deals' own list and readiness, or stock Odoo's list."""
    asked = screen(env, "crm.lead", "list", VIEW)
    return asked | {name: {} for name in READINESS if name in env["crm.lead"]._fields}


def main():
    rounds = 3 if options().quick else 61
    with ExitStack() as stack:
        sides, times, counted = {}, {"stock": [], "ours": []}, {}
        for kind in times:
            name = stack.enter_context(database(kind))
            sides[kind] = name, prepare(name)
            say(f"{kind} prepared")
        for number in range(rounds + 1):
            for kind in sorted(sides, reverse=bool(number % 2)):
                name, user_id = sides[kind]
                with environment(name, uid=user_id) as env:
                    asked = specification(env)
                    env.invalidate_all()
                    with Queries() as queries:
                        taken = duration_ms(
                            lambda env=env, asked=asked: env["crm.lead"].web_search_read(
                                [("type", "=", "opportunity")], asked, limit=DEALS
                            )
                        )
                if number:  # the first round warms the caches
                    times[kind].append(taken)
                    counted[kind] = queries.total
    median = {kind: round(statistics.median(taken), 2) for kind, taken in times.items()}
    row(BENCH, f"p50 {DEALS} deals", median["ours"], "ms", baseline=median["stock"], goal=GOAL)
    row(BENCH, "queries", counted["ours"], "queries", baseline=counted["stock"])


if __name__ == "__main__":
    main()
