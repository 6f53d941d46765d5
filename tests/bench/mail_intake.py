"""Mails through Odoo's gateway: to the finished inquiry, against stock's alias for leads.

The same mails in the same database: once to the alias of a sales team, as stock handles it, once to
a channel of the desk. Unknown senders make a contact and a lead here, a lead alone in stock; of
each ten mails six come from strangers, two from customers, one is an automatic answer, one a second
mail.
"""

import statistics
from email.message import EmailMessage

from common import database, duration_ms, environment, options, row, say

LETTER = """Bonjour,

Nous cherchons {0} pompes pour notre usine, avec moteur de 15 kW.
Merci de nous envoyer un prix.

Cordialement,
Anna Petit
SARL Moulin {0}
Tél. 02 40 {1:02} {2:02} {3:02}
"""


def letters(count, to, tag):
    """Return the mails of one run; only recipient and Message-Id tell the runs apart."""
    made = []
    for number in range(count):
        kind = number % 10
        message = EmailMessage()
        sender = (
            f"known{number % 7}@customer.example"
            if kind in (3, 6)
            else f"s{number}{tag}@stranger.example"
        )
        if kind == 9:
            sender = f"s{number - 1}{tag}@stranger.example"
        message["From"], message["To"] = f"Anna Petit <{sender}>", to
        message["Subject"], message["Message-ID"] = (
            f"Demande {number}",
            f"<{tag}.{number}@bench.example>",
        )
        if kind == 7:
            message["Auto-Submitted"] = "auto-replied"
        serial = number + (500_000 if tag == "desk" else 0)
        message.set_content(
            LETTER.format(number, serial // 10_000 % 100, serial // 100 % 100, serial % 100)
        )
        made.append(message.as_bytes())
    return made


def prepare(env):
    domain = env["mail.alias.domain"].search([], limit=1) or env["mail.alias.domain"].create(
        {"name": "bench.example"}
    )
    env.company.write({"alias_domain_id": domain.id, "country_id": env.ref("base.fr").id})
    head = env.ref("base.user_admin")
    team = env["crm.team"].create(
        {
            "name": "Bench",
            "user_id": head.id,
            "alias_name": "bench-stock",
            "company_id": env.company.id,
        }
    )
    env["crm.inquiry.channel"].create(
        {
            "name": "Bench",
            "kind": "mail",
            "alias_name": "bench-desk",
            "team_id": team.id,
            "head_id": head.id,
        }
    )
    env["res.partner"].create(
        [
            {"name": f"Known {n}", "email": f"known{n}@customer.example", "user_id": head.id}
            for n in range(7)
        ]
    )
    env["ir.config_parameter"].set_param("mail.gateway.loop.threshold", "100000")
    return f"bench-stock@{domain.name}", f"bench-desk@{domain.name}"


def deliver(env, raw):
    env["mail.thread"].message_process("crm.lead", raw)
    env.cr.commit()


def main():
    count = 20 if options().quick else 300
    with database("ours") as name:
        with environment(name) as env:
            stock, desk = prepare(env)
        with environment(name) as env:
            runs = {"stock": letters(count, stock, "stock"), "desk": letters(count, desk, "desk")}
            times = {"stock": [], "desk": []}
            for pair in zip(runs["stock"], runs["desk"], strict=True):
                for run, raw in zip(("stock", "desk"), pair, strict=True):
                    times[run].append(duration_ms(lambda raw=raw: deliver(env, raw)))
            inquiries = env["crm.inquiry"].search([])
            if len(inquiries) != count or set(inquiries.mapped("state")) - {
                "queued",
                "assigned",
                "ignored",
            }:
                raise SystemExit(f"{len(inquiries)} inquiries in {set(inquiries.mapped('state'))}")
            say(f"{len(inquiries.lead_id)} leads of {count} mails")
            due = inquiries.filtered(lambda inquiry: inquiry.ack_state == "due")
            follow_up = [duration_ms(inquiry._acknowledge) for inquiry in due[:20]]
        warm = slice(10 if count > 10 else 0, None)
        row(
            "mail_intake", "mail to the finished inquiry, mean",
            statistics.mean(times["desk"][warm]), "ms",
            baseline=statistics.mean(times["stock"][warm]), goal=1.3,
        )  # fmt: skip
        row(
            "mail_intake",
            "mail to the finished inquiry, p95",
            sorted(times["desk"][warm])[int(len(times["desk"][warm]) * 0.95)],
            "ms",
        )
        row(
            "mail_intake",
            "acknowledgement afterwards, by the scheduled action",
            statistics.mean(follow_up),
            "ms",
        )


if __name__ == "__main__":
    main()
