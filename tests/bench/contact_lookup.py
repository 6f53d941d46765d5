"""The look-up of a caller or sender among a million contacts.

As a dealer's user with all rules on, warm: from calling the public method to the records it
returns, for numbers in international and national form, by the last ten digits, and for mail
addresses.
"""

import random
import statistics

from common import database, duration_ms, environment, options, row, say

OWN_COLUMNS = {
    "name": "'Contact ' || n",
    "complete_name": "'Contact ' || n",
    "phone": "'+33' || (100000000 + n)",
    "email": "'c' || n || '@customer.example'",
    "company_id": "CASE WHEN n %% 10 = 0 THEN NULL ELSE %(first)s + n %% %(companies)s END",
    "commercial_partner_id": "NULL",
}
KEYS = """
INSERT INTO crm_contact_key (value, kind, extension, partner_id, commercial_partner_id, company_id)
SELECT form.value, form.kind, NULL, p.id, p.id, p.company_id
FROM res_partner p
CROSS JOIN LATERAL (VALUES (substr(p.phone, 2), 'phone'), ('0' || substr(p.phone, 4), 'national'),
                           (right(p.phone, 10), 'tail'), (p.email, 'mail')) AS form (value, kind)
WHERE p.name LIKE 'Contact %%'"""


def fill(name, count):
    """Make companies and contacts with their keys; return a user of one company."""
    with environment(name) as env:
        names = [{"name": f"Dealer {number}"} for number in range(10)]
        companies = env["res.company"].create(names)
        # with the country at creation, accounting would install a chart of accounts for each
        companies.partner_id.country_id = env.ref("base.fr")
        user = env["res.users"].create(
            {
                "name": "Seller",
                "login": "bench_seller",
                "company_id": companies[3].id,
                "company_ids": [(6, 0, companies[3].ids)],
                "group_ids": [
                    (4, env.ref("sales_team.group_sale_salesman").id),
                    (4, env.ref("dealer_network.group_dealer_user").id),
                ],
            }
        )
        env.flush_all()
        one = env["res.partner"].create({"name": "Model"})
        env.flush_all()
        copy_contacts(env, one.id, {"first": companies[0].id, "companies": 10, "count": count})
        env.cr.execute(
            "UPDATE res_partner SET commercial_partner_id = id WHERE commercial_partner_id IS NULL"
        )
        env.cr.execute(KEYS.replace("%%", "%"))
        return user.id, list(companies.ids).index(companies[3].id)


def copy_contacts(env, model_id, values):
    """Copy one contact's row so many times, with the columns that tell contacts apart."""
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_name = 'res_partner' AND column_name != 'id' AND table_schema = 'public'"
    )
    columns = [column for (column,) in env.cr.fetchall()]
    values_sql = ", ".join(OWN_COLUMNS.get(column, f"one.{column}") for column in columns)
    env.cr.execute(
        f"INSERT INTO res_partner ({', '.join(columns)}) SELECT {values_sql} "
        f"FROM res_partner one, generate_series(1, %(count)s) AS n WHERE one.id = {model_id}",
        values,
    )


def vacuum(name):
    from odoo.sql_db import db_connect

    with db_connect(name).cursor() as cr:
        cr._cnx.autocommit = True
        cr._cnx.rollback()
        cr._cnx.set_session(autocommit=True)
        cr._obj.execute("VACUUM ANALYZE crm_contact_key")
        cr._obj.execute("VACUUM ANALYZE res_partner")


def measure(env, metric, numbers, argument, expected):
    """Time the public method over numbers; the contacts themselves are not cached."""
    Key, times, found = env["crm.contact.key"], [], 0

    def call(number):
        return Key.find(**{argument[0]: argument[1](number)})

    for number in numbers[:50]:
        call(number)
    for number in numbers:
        env["res.partner"].invalidate_model()
        times.append(duration_ms(lambda number=number: call(number)))
        found += bool(call(number))
    times.sort()
    if found != (len(numbers) if expected else 0):
        raise SystemExit(f"{metric}: {found} of {len(numbers)} found")
    row("contact_lookup", f"{metric} p50", statistics.median(times), "ms")
    row(
        "contact_lookup",
        f"{metric} p95",
        times[int(len(times) * 0.95)],
        "ms",
        goal=5.0,
        absolute=True,
    )


def plan(env):
    """Show the plan of the look-up and fail unless it is one scan of the index."""
    from odoo.sql_db import Cursor

    sent, execute = [], Cursor.execute

    def spy(cursor, query, *args, **kwargs):
        if "FROM crm_contact_key" in getattr(query, "code", ""):
            sent.append(cursor.mogrify(query.code, query.params))
        return execute(cursor, query, *args, **kwargs)

    Cursor.execute = spy
    try:
        env["crm.contact.key"].find(phone="0100000777")
    finally:
        Cursor.execute = execute
    (query,) = sent
    env.cr.execute(b"EXPLAIN (ANALYZE, BUFFERS) " + query)
    text = "\n".join(line for (line,) in env.cr.fetchall())
    say(text)
    row(
        "contact_lookup",
        "one scan of the index, no scan of a table",
        1,
        "plan",
        holds="Index Only Scan using crm_contact_key_lookup" in text and "Seq Scan" not in text,
    )


def main():
    count = 20_000 if options().quick else 1_000_000
    with database("ours") as name:
        say(f"{count} contacts")
        uid, mine = fill(name, count)
        vacuum(name)
        choice = random.Random(1)
        own = [
            number
            for number in (choice.randrange(1, count) for _ in range(20_000))
            if number % 10 == mine and number % 10
        ][:500]
        rivals = [
            number
            for number in (choice.randrange(1, count) for _ in range(20_000))
            if number % 10 not in (0, mine)
        ][:500]
        with environment(name, uid=uid) as env:
            measure(
                env, "international number", own, ("phone", lambda n: f"+33{100000000 + n}"), True
            )
            measure(env, "national number", own, ("phone", lambda n: f"0{100000000 + n}"), True)
            measure(
                env,
                "last ten digits (fallback)",
                own,
                ("phone", lambda n: f"99933{100000000 + n}"[-13:]),
                True,
            )
            measure(
                env, "mail address", own, ("email", lambda n: f"C{n}+tag@Customer.example"), True
            )
            measure(
                env,
                "number of a rival's customer: nothing",
                rivals,
                ("phone", lambda n: f"+33{100000000 + n}"),
                False,
            )
            plan(env)


if __name__ == "__main__":
    main()
