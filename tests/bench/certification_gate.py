#!/usr/bin/env python3
"""A transfer of 1,000 certified lots through the gate, in pairs with stock Odoo.

Two comparisons, each as pairs run one after the other with the order alternating, so that the
machine's mood meets both sides. Every round is rolled back.

- *with stock*: a database with certification (and the registry below it) against one with the stock
  modules only. The pieces are lots, which the registry does not follow, so the difference is the
  gate's.
- *in and out*: serial-numbered machines, all that else is done for them on both sides, with the
  gate and with its method taken out.

The median of the pairs' ratios is judged. All of them and the quartiles are printed beside it, as
is the ratio of the processor time of Odoo's process, which other work on the machine disturbs less.
"""

import statistics
import time
from contextlib import ExitStack, contextmanager

from common import Queries, database, duration_ms, environment, options, row, say

BENCH = "certification_gate"
GOAL = 1.05


def prepare(name, count, tracking, certified):
    """Put `count` lots on a transfer, reserved and picked; return the transfer's id."""
    with environment(name, tracking_disable=True) as env:
        company = env["res.company"].create({"name": f"Bench {tracking} {count}"})
        warehouse = env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        warehouse = warehouse or env["stock.warehouse"].create(
            {"name": "Bench", "code": "BE", "company_id": company.id}
        )
        values = {
            "name": f"Chamber {tracking} {count}",
            "is_storable": True,
            "tracking": tracking,
            "company_id": False,
        }
        if certified:
            kind = env.ref("equipment_certification.type_climatic_test_equipment")
            values["equipment_type_id"] = kind.id
        product = env["product.product"].create(values)
        lots = env["stock.lot"].create(
            [
                {"name": f"B-{n:06}", "product_id": product.id, "company_id": company.id}
                for n in range(count)
            ]
        )
        if certified:
            certify(env, product, count)
        env["stock.quant"].create(
            [
                {
                    "product_id": product.id,
                    "location_id": warehouse.lot_stock_id.id,
                    "lot_id": lot.id,
                    "quantity": 1,
                }
                for lot in lots
            ]
        )
        return transfer(env, warehouse, product, lots).id


def transfer(env, warehouse, product, lots):
    """One delivery with a move and a line for each lot."""
    kind = warehouse.out_type_id
    places = {
        "location_id": kind.default_location_src_id.id,
        "location_dest_id": env.ref("stock.stock_location_customers").id,
        "company_id": warehouse.company_id.id,
    }
    picking = env["stock.picking"].create({"picking_type_id": kind.id, **places})
    moves = env["stock.move"].create(
        [
            {
                "picking_id": picking.id,
                "product_id": product.id,
                "product_uom_qty": 1,
                "procure_method": "make_to_stock",
                **places,
            }
            for _lot in lots
        ]
    )
    moves.write({"state": "confirmed"})
    env["stock.move.line"].create(
        [
            {
                "move_id": move.id,
                "picking_id": picking.id,
                "product_id": product.id,
                "lot_id": lot.id,
                "quantity": 1,
                "picked": True,
                **places,
            }
            for move, lot in zip(moves, lots, strict=True)
        ]
    )
    return picking


def certify(env, product, count):
    """Half of the numbers by a range, half one by one."""
    scheme = env.ref("equipment_certification.scheme_climatic")
    body = env["certification.body"].create(
        {
            "name": "Bench laboratory",
            "company_id": False,
            "accreditation_ids": [
                (
                    0,
                    0,
                    {"number": "1", "scheme_ids": [(6, 0, scheme.ids)], "date_from": "2020-01-01"},
                )
            ],
        }
    )
    template, half = product.product_tmpl_id.id, count // 2
    scopes = [
        {
            "kind": "range",
            "serial_from": "B-000000",
            "serial_to": f"B-{half:06}",
            "product_tmpl_id": template,
        },
        *(
            {"kind": "serial", "serial_from": f"B-{n:06}", "product_tmpl_id": template}
            for n in range(half + 1, count)
        ),
    ]
    env["certification.certificate"].create(
        {
            "name": f"BENCH {product.name}",
            "scheme_id": scheme.id,
            "body_id": body.id,
            "company_id": False,
            "file": "Zg==",
            "scope_ids": [(0, 0, scope) for scope in scopes],
        }
    ).action_validate()


@contextmanager
def without_gate(env):
    """The same code with the gate's method taken out."""
    lines = env.registry["stock.move.line"]
    gate = lines._pass_certification_gate
    lines._pass_certification_gate = lambda self: None
    try:
        yield
    finally:
        lines._pass_certification_gate = gate


def done(name, picking_id, gate=True):
    """Milliseconds of doing the transfer, rolled back: by the clock, and of the processor."""
    with environment(name) as env, ExitStack() as stack:
        if not gate:
            stack.enter_context(without_gate(env))
        picking = env["stock.picking"].browse(picking_id)
        moves = picking.move_ids

        def act():
            moves._action_done()
            env.flush_all()

        start = time.process_time()
        taken = duration_ms(act)
        worked = 1000 * (time.process_time() - start)
        assert set(moves.mapped("state")) == {"done"}
        env.cr.rollback()
    return taken, worked


def queries_of(name, picking_id):
    """Queries that the gate itself sends for the whole transfer."""
    with environment(name) as env:
        lines = env["stock.picking"].browse(picking_id).move_line_ids
        lines.mapped("lot_id.name"), lines.mapped("product_id.product_tmpl_id.equipment_type_id.id")
        lines.mapped("location_id.usage"), lines.mapped("location_dest_id.usage")
        lines.mapped("company_id.certification_gate"), lines.mapped("quantity_product_uom")
        with Queries() as queries:
            lines._pass_certification_gate()
        env.cr.rollback()
    return queries.total


def pairs(metric, rounds, baseline, ours):
    """Run both sides in turn and print the ratio's median with its spread."""
    baseline(), ours()  # caches warm
    ratios, worked, times = [], [], {baseline: [], ours: []}
    for number in range(rounds):
        first, second = (baseline, ours) if number % 2 else (ours, baseline)
        taken = {first: first(), second: second()}
        for side, (clock, _processor) in taken.items():
            times[side].append(clock)
        ratios.append(taken[ours][0] / taken[baseline][0])
        worked.append(taken[ours][1] / taken[baseline][1])
    ratios.sort()
    quarter = len(ratios) // 4
    say(f"{metric}: ratios {', '.join(f'{ratio:.3f}' for ratio in ratios)}")
    say(f"{metric}: of processor time {', '.join(f'{ratio:.3f}' for ratio in sorted(worked))}")
    row(
        BENCH,
        f"{metric}, p50",
        statistics.median(times[ours]),
        "ms",
        statistics.median(times[baseline]),
    )
    row(BENCH, f"{metric}, lower quartile of ratios", ratios[quarter], "ratio")
    row(BENCH, f"{metric}, upper quartile of ratios", ratios[-1 - quarter], "ratio")
    row(BENCH, f"{metric}, median of processor ratios", statistics.median(worked), "ratio")
    row(
        BENCH,
        f"{metric}, median of ratios",
        statistics.median(ratios),
        "ratio",
        goal=GOAL,
        absolute=True,
    )


def main():
    arguments = options(rounds=15, moves=1000)
    rounds, count = (2, 40) if arguments.quick else (arguments.rounds, arguments.moves)
    # a smoke run takes the database that is there already
    ours = "ours" if arguments.quick else "equipment_certification"
    with ExitStack() as stack:
        stock_name = stack.enter_context(database("stock"))
        name = stack.enter_context(database(ours))
        stock_lots = prepare(stock_name, count, "lot", certified=False)
        lots = prepare(name, count, "lot", certified=True)
        machines = prepare(name, count, "serial", certified=True)
        few = prepare(name, 10, "lot", certified=True)
        say("prepared")
        queries_of(name, few)
        row(BENCH, f"queries of the gate, {count} moves", queries_of(name, lots), "queries",
            baseline=queries_of(name, few), goal=1.0)  # fmt: skip
        pairs(
            f"{count} lots, with stock",
            rounds,
            lambda: done(stock_name, stock_lots),
            lambda: done(name, lots),
        )
        pairs(
            f"{count} machines, gate in and out",
            rounds,
            lambda: done(name, machines, gate=False),
            lambda: done(name, machines),
        )


if __name__ == "__main__":
    main()
