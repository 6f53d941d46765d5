"""From the exchange's event to the card in Chromium, while ten calls a second come in.

A real Asterisk, SIPp's telephones, the listener, the server with its websocket, a browser. The
clock
starts when the event's bytes arrive in the listener and stops when the card is in the page.

    screen_pop.py [--quick]
"""

import statistics
import sys
import tempfile
import time

from common import ROOT, options, row, say

sys.path.insert(0, str(ROOT / "tests" / "telephony"))

OBSERVE = """() => {
    window.pops = [];
    new MutationObserver((changes) => {
        for (const node of changes.flatMap((change) => [...change.addedNodes])) {
            if (node.matches?.(".o_miko_card[data-moment]")) {
                const { call, moment } = node.dataset;
                window.pops.push([call, Date.now() - 1000 * Number(moment)]);
            }
        }
    }).observe(document.body, { childList: true, subtree: true });
}"""


def main():
    chosen = options(calls=200)
    calls = 10 if chosen.quick else chosen.calls
    from playwright.sync_api import sync_playwright
    from scene import PASSWORD, made_scene

    with tempfile.TemporaryDirectory() as folder, made_scene(folder) as scene:
        scene.serve(jobs_apart=True)
        scene.listen()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
            )
            page = browser.new_page()
            page.set_default_timeout(120_000)
            page.goto(f"{scene.url}/web/login")
            page.fill("input[name=login]", "seller@rivage.example")
            page.fill("input[name=password]", PASSWORD)
            page.click(".oe_login_form button[type=submit]")
            page.wait_for_selector(".o_main_navbar")
            time.sleep(5)  # the websocket is there
            page.evaluate(OBSERVE)
            phone = scene.exchange.phone("201", "uas_ring", count=100_000, limit=600)
            say(f"{calls} calls ring the seller, 2 a second; 8 others a second")
            others = scene.exchange.load(8, calls * 4, limit=600)
            ringing = scene.exchange.many("uac_abandon", 2, calls, "74950000001", 1200, limit=600)
            ringing.wait(timeout=600)
            others.wait(timeout=600)
            time.sleep(5)
            shown = page.evaluate("() => window.pops")
            scene.exchange.end(phone)
            browser.close()
    if not shown:
        raise SystemExit("no card appeared")
    first = {}
    for call, late in shown:
        first.setdefault(call, late)
    pops = sorted(first.values())
    twice = len(shown) - len(pops)
    row("screen_pop", "cards shown twice", twice, "cards", holds=not twice)
    cuts = statistics.quantiles(pops, n=100, method="inclusive")
    row(
        "screen_pop",
        "cards shown of calls that rang",
        len(pops),
        "cards",
        calls,
        holds=len(pops) == calls,
    )
    row("screen_pop", "event to card, p50", cuts[49], "ms")
    row("screen_pop", "event to card, p95", cuts[94], "ms", goal=300, absolute=True)
    row("screen_pop", "event to card, p99", cuts[98], "ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
