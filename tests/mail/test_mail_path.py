"""From the customer's mail program to the desk and back, over real SMTP and IMAP."""

import os
import signal
import subprocess
import sys
import threading
import time
from email.message import EmailMessage
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def letter(body, subject="Pump", sender="Anna <anna@example.org>", **headers):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "desk@desk.example", subject
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return message.as_bytes()


def run(desk, code, **options):
    """Run code in an Odoo process of its own, with `env` at hand."""
    command = [
        "odoo",
        "shell",
        "-d",
        desk.db,
        "--no-http",
        "--log-level=error",
        "--shell-interface=python",
    ]
    return subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, **options
    ), code


FETCH = "env['fetchmail.server'].search([])._fetch_mail(batch_limit=500)\nenv.cr.commit()\n"


def fetch(desk):
    process, code = run(desk, FETCH)
    process.communicate(code, timeout=300)
    assert process.returncode == 0


def test_a_mail_goes_all_the_way_and_the_answer_comes_back(desk):
    desk.servers.send(
        letter(
            "Bonjour, nous cherchons une pompe.\nTél. +33 2 40 00 00 01",
            Message_ID="<one@example.org>",
        ),
        "desk@desk.example",
    )
    fetch(desk)
    with desk.env() as env:
        inquiry = env["crm.inquiry"].search([])
        assert (len(inquiry), inquiry.phone, inquiry.state) == (1, "+33240000001", "queued")
        number = inquiry.name
        inquiry._acknowledge()
        env["mail.mail"].process_email_queue()
    (acknowledgement,) = desk.servers.mails("anna")
    assert (
        number in acknowledgement["Subject"] and acknowledgement["Auto-Submitted"] == "auto-replied"
    )
    assert "<one@example.org>" in acknowledgement["References"]
    with desk.env() as env:
        admin = env.ref("base.user_admin")
        record = env["crm.inquiry"].with_user(admin).search([])
        record.message_post(
            body="Our offer",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=record.partner_id.ids,
        )
        env["mail.mail"].sudo().process_email_queue()
    offer = desk.servers.mails("anna")[-1]
    assert "desk@desk.example" in offer["Reply-To"]
    back = letter(
        "Oui, merci",
        f"Re: {offer['Subject']}",
        In_Reply_To=offer["Message-Id"],
        References=offer["Message-Id"],
    )
    desk.servers.send(back, "desk@desk.example")
    fetch(desk)
    with desk.env() as env:
        first, answer = env["crm.inquiry"].search([], order="id")
        assert (answer.relation, answer.thread_id, answer.lead_id) == (
            "reply",
            first,
            first.lead_id,
        )
        assert "Oui, merci" in first.message_ids[0].body
        assert env["crm.lead"].search_count([("first_inquiry_id", "=", first.id)]) == 1


def test_kill_in_the_middle_of_a_batch_loses_and_doubles_nothing(desk):
    count = 60
    for number in range(count):
        desk.servers.send(
            letter(
                f"Pump {number}",
                f"n{number}",
                f"c{number}@example.org",
                Message_ID=f"<k{number}@x>",
            ),
            "desk@desk.example",
        )
    process, code = run(desk, FETCH, start_new_session=True)
    process.stdin.write(code)
    process.stdin.close()
    taken = 0
    for _attempt in range(600):
        with desk.env() as env:
            taken = env["crm.inquiry"].search_count([])
        if taken >= 5:
            break
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(30)
    with desk.env() as env:
        taken = env["crm.inquiry"].search_count([])
    assert 5 <= taken < count, f"killed too early or too late: {taken}"
    fetch(desk)
    fetch(desk)
    with desk.env() as env:
        inquiries = env["crm.inquiry"].search([])
        assert sorted(inquiries.mapped("subject")) == sorted(
            f"n{number}" for number in range(count)
        )
        assert len(inquiries.lead_id) == count
        assert set(inquiries.mapped("state")) == {"queued"}


def test_eight_events_of_one_unknown_person_at_once_make_one_lead(desk):
    with desk.env() as env:
        chat = env["crm.inquiry.channel"].search([("kind", "=", "chat")]).id
    barrier, faults = threading.Barrier(8), []

    def event(number):
        try:
            with desk.env() as env:
                env["crm.inquiry"].search_count([])  # the snapshot is taken before the others write
                barrier.wait(30)
                env["crm.inquiry"]._receive(
                    {"channel": chat, "key": f"p:{number}", "phone": "+33240123456", "text": "pump"}
                )
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=event, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not faults
    for _attempt in range(10):
        with desk.env() as env:
            waiting = env["crm.inquiry"].search([("state", "=", "received")], limit=1)
            if not waiting:
                break
            waiting._resume()
    with desk.env() as env:
        inquiries = env["crm.inquiry"].search([])
        assert len(inquiries) == 8
        assert len(inquiries.lead_id) == len(inquiries.partner_id) == 1
        assert len(inquiries.filtered(lambda inquiry: not inquiry.thread_id)) == 1
        assert "received" not in inquiries.mapped("state")


def test_a_mail_appears_in_the_heads_browser_without_reload(desk, chromium):
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
    try:
        page = chromium.new_page(viewport={"width": 1400, "height": 900})
        _sign_in(page, f"http://127.0.0.1:{desk.http_port}")
        page.goto(f"http://127.0.0.1:{desk.http_port}/odoo/triage")
        page.wait_for_selector(".o_view_controller", timeout=120_000)
        time.sleep(3)  # the websocket subscribes
        desk.servers.send(letter("We need a compressor", "Live compressor"), "desk@desk.example")
        start = time.monotonic()
        fetch(desk)
        page.wait_for_selector(
            ".o_inquiry_notification:has-text('Live compressor'), "
            ".o_notification:has-text('Live compressor')",
            timeout=60_000,
        )
        page.wait_for_selector(".o_data_row:has-text('Live compressor')", timeout=60_000)
        print(f"in the browser {time.monotonic() - start:.1f} s after the fetch began")
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(30)


def _sign_in(page, url):
    for _attempt in range(60):
        try:
            page.goto(f"{url}/web/login", timeout=120_000)
            break
        except Exception:
            time.sleep(1)
    page.fill("input[name=login]", "admin")
    page.fill("input[name=password]", "head-secret")
    page.click(".oe_login_form button[type=submit]")
    page.wait_for_selector(".o_web_client", timeout=180_000)
