"""The screens of the guides, in a real browser; UPDATE_SCREENSHOTS=1 renews their pictures."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from test_mail_path import ROOT, _sign_in, letter

FOLDER = ROOT / ("doc/images" if os.environ.get("UPDATE_SCREENSHOTS") == "1" else ".local/screens")
MAILS = [
    (
        "Bonjour, nous cherchons deux pompes doseuses DN50.\nTél. 02 40 00 00 01",
        "Demande de prix pompe",
        "Jean Dupont <jean@usine.example>",
    ),
    (
        "Hello, we need a compressor, 10 bar.\nBest regards,\nJohn Smith",
        "Compressor",
        "John Smith <john@acme.example>",
    ),
    (
        "Добрый день! Нужен насос.\nС уважением,\nИван Волков",
        "Запрос",
        "Иван Волков <ivan@zavod.example>",
    ),
]
SAMPLE = (
    "Request from our site\nName: Anna Petit\nPhone: 02 40 00 00 77\nMessage: We need a pump\n"
    "Request No. 512"
)


def _fill(desk):
    """Make a small desk: departments, rules, some mails, one of them a riddle."""
    with desk.env() as env:
        env.company.write({"country_id": env.ref("base.fr").id, "name": "Rivage Equipment"})
        admin = env.ref("base.user_admin")
        seller = env["res.users"].create(
            {
                "name": "Claire Martin",
                "login": "claire",
                "group_ids": [(4, env.ref("sales_team.group_sale_salesman").id)],
            }
        )
        team = env["crm.team"].create({"name": "Pumps", "user_id": admin.id})
        env["crm.team.member"].create({"crm_team_id": team.id, "user_id": seller.id})
        env["crm.inquiry.direction"].create(
            {"name": "Pumps", "words": "pump, pompe, насос", "team_id": team.id}
        )
        env["crm.inquiry.rule"].create(
            {
                "name": "Pumps",
                "words": "pump, pompe, насос",
                "team_id": team.id,
                "user_id": seller.id,
            }
        )
        channel = env["crm.inquiry.channel"].search([("kind", "=", "mail")])
        channel.team_id = team
        for body, subject, sender in MAILS:
            env["mail.thread"].message_process(None, letter(body, subject, sender))
        env["mail.thread"].message_process(None, letter("", "?", "x@y.example"))
        template = env["crm.inquiry.template"].create(
            {
                "name": "Form of our site",
                "company_id": env.company.id,
                "body_pattern": "^Request from our site",
                "key_pattern": r"Request No\. (\d+)",
                "key_prefix": "oursite",
                "sample": SAMPLE,
                "line_ids": [
                    (0, 0, {"field": field, "labels": labels})
                    for field, labels in (
                        ("name", "Name; Nom"),
                        ("phone", "Phone; Tél"),
                        ("message", "Message"),
                        ("stop", "Request No"),
                    )
                ],
            }
        )
        first = env["crm.inquiry"].search([("subject", "=", MAILS[0][1])])
        return first.id, channel.id, template.id


def test_screens_of_the_guides(desk, chromium):
    inquiry, channel, template = _fill(desk)
    command = [
        sys.executable,
        str(Path(sys.executable).parent / "odoo"),
        "-d",
        desk.db,
        f"--http-port={desk.http_port}",
    ]
    server = subprocess.Popen(
        [*command, "--max-cron-threads=0", "--log-level=error"], cwd=ROOT, start_new_session=True
    )
    url = f"http://127.0.0.1:{desk.http_port}"
    screens = {
        "inquiry_triage": (
            "/odoo/triage",
            ".o_data_row:has-text('Demande de prix pompe'):has-text('Claire Martin')",
        ),
        "inquiry_form": (f"/odoo/crm.inquiry/{inquiry}", ".o_inquiry_step"),
        "inquiry_to_sort": ("/odoo/inquiries-to-sort", ".o_data_row"),
        "inquiry_cockpit": ("/odoo/inquiry-cockpit", ".o_inquiry_channels tbody tr"),
        "inquiry_channel": (
            f"/odoo/crm.inquiry.channel/{channel}",
            ".o_field_widget[name=alias_name]",
        ),
        "inquiry_template": (
            f"/odoo/crm.inquiry.template/{template}",
            ".o_inquiry_preview:has-text('oursite:512')",
        ),
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        page = chromium.new_page(viewport={"width": 1400, "height": 850})
        errors = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        _sign_in(page, url)
        for name, (path, selector) in screens.items():
            page.goto(f"{url}{path}")
            page.wait_for_selector(selector, timeout=90_000)
            time.sleep(1)
            page.screenshot(path=FOLDER / f"{name}.png")
        assert not errors
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(30)
