#!/usr/bin/env python3
"""Provisioning dealers one after the other: does the thousandth cost more than the tenth?

Each dealer gets company, warehouse, price list, sales team and seven logins in a transaction of
its own, as its job does. Beside it stock Odoo: `res.company.create`, a warehouse and seven users.
"""

import statistics
import time

from common import ROLES, Queries, create_dealers, database, environment, options, row, say

BENCH = "provisioning"
GOAL = 1.1
BASE = 10
SHOWN_HOOKS = 3


class Run:
    """One sequence of dealers: queries by number, wall time, what grew."""

    def __init__(self, label, count, points):
        self.label, self.points = label, set(points)
        self.count, self.queries, self.hooks, self.wall = count, {}, {}, {}

    def measure(self, make):
        """Call ``make(number)`` for every number and note what it cost."""
        started = time.perf_counter()
        for number in range(1, self.count + 1):
            with Queries() as queries:
                make(number)
            self.queries[number] = queries.total
            if number in self.points:
                self.hooks[number] = queries.by_hook
                self.wall[number] = time.perf_counter() - started
                say(
                    f"{self.label}: {number} of {self.count}, {self.at(number):.0f} queries, "
                    f"{self.wall[number]:.1f} s"
                )

    def at(self, number):
        """Queries around a number: the median of five, as caches are cleared now and then."""
        near = [self.queries[n] for n in range(number - 2, number + 3) if n in self.queries]
        return statistics.median(near)

    def report(self, goal=None):
        base = self.at(BASE)
        for number in sorted(self.points):
            row(
                BENCH,
                f"queries {self.label} dealer {number}",
                self.at(number),
                "queries",
                baseline=base if number != BASE else None,
                goal=goal if number == max(self.points) and number != BASE else None,
            )
        for number in sorted(self.points & {self.count, 170, 200, 1000}):
            row(BENCH, f"wall {self.label} {number} dealers", round(self.wall[number], 2), "s")
        if self.at(self.count) > GOAL * base:
            self.report_growth()

    def report_growth(self):
        """Name the hooks that grew and their share of the growth."""
        growth = self.hooks[self.count] - self.hooks[BASE]
        total = sum(growth.values())
        for hook, queries in growth.most_common(SHOWN_HOOKS):
            row(
                BENCH,
                f"queries {self.label} growth to dealer {self.count} in {hook}",
                queries,
                "queries",
                baseline=total,
            )


def measure_ours(count, points):
    with database("ours") as name:
        with environment(name) as env:
            ids = create_dealers(env, count).ids

        def provision(number):
            with environment(name) as env:
                env["dealer.dealer"].browse(ids[number - 1])._provision()

        run = Run("ours", count, points)
        run.measure(provision)
        with environment(name) as env:
            states = env["dealer.dealer"].browse(ids).mapped("provisioning_state")
            left = sum(state != "done" for state in states)
        row(BENCH, f"dealers of {count} not provisioned", left, "dealers", goal=0, absolute=True)
        return run


def measure_stock(count, points):
    with database("stock") as name:
        with environment(name) as env:
            # what several companies switch on; ours needs it as well
            env.ref("base.user_root").group_ids += env.ref("base.group_multi_company")

        def create(number):
            with environment(name, no_reset_password=True) as env:
                company = env["res.company"].create({"name": f"Bench dealer {number:05}"})
                env["stock.warehouse"].create({"company_id": company.id, "code": "WH"})
                env["res.users"].create(
                    [
                        {
                            "name": f"{number} person {index}",
                            "login": f"p{index}@b{number:05}.example",
                            "company_id": company.id,
                            "company_ids": [(6, 0, company.ids)],
                        }
                        for index in range(len(ROLES))
                    ]
                )

        run = Run("stock", count, points)
        run.measure(create)
        return run


def main():
    quick = options(dealers=1000, stock=200)
    count, stock = (16, 16) if quick.quick else (quick.dealers, quick.stock)
    points = {n for n in (BASE, 100, 170, *range(200, count, 100), count) if BASE <= n <= count}
    ours = measure_ours(count, points)
    ours.report(goal=GOAL)
    other = measure_stock(stock, {n for n in (BASE, 100, 170, stock) if n <= stock})
    other.report()
    if stock in ours.wall:
        row(
            BENCH,
            f"wall ours beside stock {stock} dealers",
            round(ours.wall[stock], 2),
            "s",
            baseline=round(other.wall[stock], 2),
        )


if __name__ == "__main__":
    main()
