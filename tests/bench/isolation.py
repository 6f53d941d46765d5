#!/usr/bin/env python3
"""Kinds of record that a user of one company tries to get at in another: stock Odoo and ours.

The same records, made with the defaults of the forms, and the same doors, in a database with the
stock modules only and in one with our add-ons. In stock the two companies' users have the groups
that a dealer's staff would get; kinds are all that both make.
"""

import importlib.util
import logging
import sys
import time
from pathlib import Path

from common import ROOT, database, environment, options, row, say

BENCH = "isolation"
TOOLS = ROOT / "addons" / "dealer_tenant" / "tools"
SOME = ("res.partner", "res.users", "crm.tag", "calendar.event", "mailing.list", "project.project")
ADMINISTRATORS = ("base.group_system", "base.group_erp_manager")


def tool(name):
    """Load a plain module of the add-on without the add-on: stock does not know it."""
    spec = importlib.util.spec_from_file_location(name, Path(TOOLS) / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def stock_user(env, company, name):
    """A user with every group but administration, as in the check of the add-on."""
    foreign = [
        env.ref(xmlid).id for xmlid in (*ADMINISTRATORS, "base.group_portal", "base.group_public")
    ]
    groups = env["res.groups"].search([("id", "not in", foreign)])
    groups = groups.filtered(lambda group: not set(group.all_implied_ids.ids) & set(foreign))
    user = (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            {
                "name": f"Isolation {name}",
                "login": f"isolation-{name}@bench.invalid",
                "email": f"isolation-{name}@bench.invalid",
                "company_id": company.id,
                "company_ids": [(6, 0, company.ids)],
                "group_ids": [(6, 0, groups.ids)],
            }
        )
    )
    return env(user=user.id, su=False, context={"lang": "en_US"})


def stock_kinds(env):
    """Models with records that an internal user may create."""
    return [
        name
        for name, model in sorted(env.registry.items())
        if not (model._abstract or model._transient) and model._auto
    ]


def measure_stock(kinds):
    """Return ``{kind: leaked}`` of stock Odoo, for the kinds that can be made there."""
    maker_tool, prober_tool = tool("isolation_maker"), tool("isolation_prober")
    leaks = {}
    with database("stock") as name, environment(name) as env:
        owner_company = env["res.company"].create({"name": "Owner"})
        rival_company = env["res.company"].create({"name": "Rival"})
        owner = stock_user(env, owner_company, "owner")
        thief = stock_user(env, rival_company, "intruder")
        maker, prober = maker_tool.Maker(owner), prober_tool.Prober(thief, owner)
        maker.made["res.users"] = owner.user.sudo(False)
        for kind in stock_kinds(env):
            if kinds is not None and kind not in kinds:
                continue
            try:
                record = maker.record(kind)
            except maker_tool.NotMade:
                continue
            verdicts = prober.probe(kind, record.id)
            leaks[kind] = prober_tool.LEAK in verdicts.values()
        env.cr.rollback()
    return leaks


def measure_ours(kinds):
    """Return ``{kind: leaked}`` with our add-ons."""
    with database("ours") as name, environment(name) as env:
        dealers = env["dealer.dealer"]
        for number in (1, 2):
            company = env["res.company"].create({"name": f"Bench dealer {number}"})
            dealers += dealers.create(
                {
                    "code": f"BENCH-ISO-{number}",
                    "name": f"Bench dealer {number}",
                    "type_id": env.ref("dealer_network.type_dealer").id,
                    "state": "active",
                    "company_id": company.id,
                }
            )
        check = env["dealer.isolation.check"]
        if kinds is not None:
            env.registry["dealer.isolation.check"]._kinds = lambda check: [
                kind for kind in kinds if kind in check.env
            ]
        lines = check.run(*dealers).line_ids
        leaks = {
            line.model: line.verdict == "leak"
            for line in lines
            if line.made != "no" and not env[line.model]._transient
        }
        unclear = sum(line.verdict == "error" for line in lines)
        env.cr.rollback()
    return leaks, unclear


def main():
    arguments = options()
    logging.getLogger("odoo.sql_db").setLevel(logging.CRITICAL)
    kinds = SOME if arguments.quick else None
    start = time.monotonic()
    ours, unclear = measure_ours(kinds)
    say(f"ours: {len(ours)} kinds in {time.monotonic() - start:.0f} s")
    stock = measure_stock(kinds or set(ours))
    say(
        f"stock: {len(stock)} kinds, leaks: {', '.join(k for k, leaked in stock.items() if leaked)}"
    )
    both = stock.keys() & ours.keys()
    goal, enough = (None, None) if arguments.quick else (40, len(ours) >= 40)
    row(BENCH, "kinds tried", len(ours), "kinds", goal=goal, holds=enough)
    row(BENCH, "leaks", sum(ours.values()), "kinds", goal=0, absolute=True)
    row(BENCH, "unclear", unclear, "kinds", goal=0, absolute=True)
    row(BENCH, "kinds tried in both", len(both), "kinds")
    leaking = sum(stock[kind] for kind in both)
    row(
        BENCH,
        "leaks in stock beside ours",
        sum(ours[k] for k in both),
        "kinds",
        baseline=leaking,
        goal=0,
    )


if __name__ == "__main__":
    main()
