"""The triage list at 100,000 open inquiries: first page as the web client asks for it, and its
count.
"""

import statistics

from common import database, duration_ms, environment, options, row, say

FIELDS = ("age_hours", "kind", "contact_name", "subject", "relation", "state", "is_late")
RECORDS = ("direction_id", "suggested_team_id", "suggested_user_id")
FILL = """
INSERT INTO crm_inquiry (
       name, date, channel_id, kind, company_id, state,
       contact_name, subject, relation, suggested_team_id, deadline,
       escalation, ack_state, understood, create_uid, write_uid, create_date, write_date)
SELECT 'INQ/' || n, now() - (n || ' minutes')::interval, %(channel)s, 'mail', %(company)s, 'queued',
       'Person ' || n, 'Request ' || n, 'new', %(team)s, now(),
       0, 'none', TRUE, 1, 1, now(), now()
FROM generate_series(1, %(count)s) AS n"""


def fill(name, count):
    with environment(name) as env:
        team = env["crm.team"].search([], limit=1)
        channel = env["crm.inquiry.channel"].create({"name": "Bench", "kind": "mail"})
        head = env["res.users"].create(
            {
                "name": "Head",
                "login": "bench_head",
                "group_ids": [(4, env.ref("sales_team.group_sale_manager").id)],
            }
        )
        env.flush_all()
        env.cr.execute(
            FILL,
            {"channel": channel.id, "company": env.company.id, "team": team.id, "count": count},
        )
        env.cr.execute("ANALYZE crm_inquiry")
        return head.id


def first_page(env):
    """What the list sends to the server when it opens."""
    specification = {name: {} for name in FIELDS} | {
        name: {"fields": {"display_name": {}}} for name in RECORDS
    }
    domain = [("state", "=", "queued")]
    return env["crm.inquiry"].web_search_read(
        domain, specification, limit=80, order="date, id", count_limit=10001
    )


def main():
    many = 2_000 if options().quick else 100_000
    measured = {}
    for count in (200, many):
        with database("ours") as name:
            say(f"{count} inquiries")
            uid = fill(name, count)
            with environment(name, uid=uid) as env:
                if len(first_page(env)["records"]) != 80:
                    raise SystemExit("the list does not show a page")

                def opened(env=env):
                    env.invalidate_all()
                    first_page(env)

                times = sorted(duration_ms(opened) for _ in range(40))
                measured[count] = statistics.median(times)
                row("triage_list", f"first page at {count} p95", times[37], "ms")
    row(
        "triage_list",
        f"first page at {many} p50",
        measured[many],
        "ms",
        baseline=measured[200],
        goal=1.5,
    )


if __name__ == "__main__":
    main()
