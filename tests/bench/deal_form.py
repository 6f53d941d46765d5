#!/usr/bin/env python3
"""Opening a deal with a full dossier against opening an opportunity in stock Odoo.

A deal is open when its form is there: what the form asks for in one call. The hint on the way on
is asked for beside it, dossier and goods when their page is opened; they are measured by themselves
and together with the form.
"""

import statistics
from contextlib import ExitStack

from common import Queries, database, duration_ms, environment, options, row, say
from deals import opportunities, orders, screen, seller

BENCH, GOAL = "deal_form", 1.3
GOODS = "deal_fulfilment.crm_lead_view_form_goods"
FILED = 10


def prepare(name):
    """Make one opportunity with five offers and an order; with us, with a dossier of ten more."""
    with environment(name, no_reset_password=True) as env:
        user_id = seller(env)
    with environment(name, uid=user_id) as env:
        lead = opportunities(env, 1)
        for _number in range(5):
            orders(env, lead)
        order = orders(env, lead)
        if "offer_answer" in order:
            order._write_kept({"offer_answer": "accepted"})
        order.action_confirm()
        if "deal.document" in env:
            kinds = env["deal.document.type"].search([])
            env["deal.document"].create(
                [
                    {
                        "lead_id": lead.id,
                        "type_id": kinds[number % len(kinds)].id,
                        "name": f"Document {number}",
                    }
                    for number in range(FILED)
                ]
            )
        return user_id, lead.id


def steps(env, lead_id):
    """What the client calls, by name; each with cold caches of the records."""
    lead = env["crm.lead"].browse(lead_id)
    asked = screen(env, "crm.lead", "form", "crm.crm_lead_view_form")
    found = {"form": lambda: lead.web_read(asked)}
    if hasattr(lead, "next_step"):
        found |= {"next step": lead.next_step, "dossier": lead.dossier}
    if env.ref(GOODS, raise_if_not_found=False):
        goods = screen(env, "crm.lead", "form", GOODS)
        found |= {"goods": lambda: lead.web_read(goods)}
    return found


def main():
    rounds = 3 if options().quick else 61
    with ExitStack() as stack:
        sides, times, counted = {}, {"stock": {}, "ours": {}}, {"stock": {}, "ours": {}}
        for kind in times:
            name = stack.enter_context(database(kind))
            sides[kind] = name, *prepare(name)
            say(f"{kind} prepared")
        for number in range(rounds + 1):
            for kind in sorted(sides, reverse=bool(number % 2)):
                name, user_id, lead_id = sides[kind]
                with environment(name, uid=user_id) as env:
                    for step, call in steps(env, lead_id).items():
                        env.invalidate_all()
                        with Queries() as queries:
                            taken = duration_ms(call)
                        if number:  # the first round warms the caches
                            times[kind].setdefault(step, []).append(taken)
                            counted[kind][step] = queries.total
    median = {
        kind: {step: statistics.median(taken) for step, taken in by_step.items()}
        for kind, by_step in times.items()
    }
    base = round(median["stock"]["form"], 2)
    ours = median["ours"]
    row(BENCH, "p50 form", round(ours["form"], 2), "ms", baseline=base, goal=GOAL)
    for step in list(ours)[1:]:
        row(BENCH, f"p50 {step}", round(ours[step], 2), "ms", baseline=base)
    row(BENCH, "p50 all of these", round(sum(ours.values()), 2), "ms", baseline=base)
    for step, count in counted["ours"].items():
        row(
            BENCH,
            f"queries {step}",
            count,
            "queries",
            baseline=counted["stock"]["form"],
        )


if __name__ == "__main__":
    main()
