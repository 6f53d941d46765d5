"""Cards in real browsers while real telephones ring; pictures for the guides."""

from datetime import timedelta

from playwright.sync_api import expect

from conftest import shot

SELLER, OTHER, HEAD = "seller@rivage.example", "other@rivage.example", "head@rivage.example"
RIVAL = "head@taiga.example"


def test_card_follows_the_call_in_two_browsers(listening, sign_in):
    """An unknown caller rings at two; one answers, the other's card goes; what he wants is taken
    down.
    """
    exchange = listening.exchange
    seller, other, rival = sign_in(SELLER), sign_in(OTHER), sign_in(RIVAL)
    first, second = exchange.phone("201", "uas_ring"), exchange.phone("202", delay=6000)
    # nobody hangs up but the test, however late a page is
    exchange.call_in("74950000002", "79161235001", "uac_wait_bye", hold=25000)
    for page in (seller, other):
        page.wait_for_selector(".o_miko_card[data-state=ringing]")
        expect(page.locator(".o_miko_who")).to_have_text("+79161235001")
    shot(other, "calls_ringing")
    other.wait_for_selector(".o_miko_card[data-state=talking]")
    expect(seller.locator(".o_miko_card")).to_have_count(0)
    expect(rival.locator(".o_miko_card")).to_have_count(0)
    # the page is loaded anew in the middle of the call, when its number is a contact already
    listening.wait(lambda env: env["miko.call"].search([]).partner_id, what="contact of the call")
    other.reload()
    other.wait_for_selector(".o_miko_card[data-state=talking]")
    other.fill(".o_miko_card input[name=name]", "Ivan Petrov (demo)")
    other.fill(".o_miko_card input[name=company]", "Paint Maker (demo)")
    other.fill(".o_miko_card input[name=email]", "ivan@paint.example")
    other.fill(".o_miko_card textarea", "Needs a screw compressor SC-22")
    shot(other, "calls_form")
    other.click(".o_miko_save")
    other.wait_for_selector(".o_miko_saved")
    other.click(".o_miko_hang_up")
    other.wait_for_selector(".o_miko_card[data-state=ended]")
    exchange.finished(second)
    exchange.end(first)
    (call_id,) = listening.wait_calls(state="ended", outcome="answered")
    with listening.env() as env:
        call = env["miko.call"].browse(call_id)
        assert call.lead_id.name == "Needs a screw compressor SC-22"
        assert call.partner_id.name == "Ivan Petrov (demo)"


def test_known_customer_click_to_call_and_lists(listening, sign_in):
    exchange = listening.exchange
    with listening.env() as env:
        user = env["res.users"].search([("login", "=", SELLER)])
        utility = env["res.partner"].create(
            {
                "name": "Water Utility (demo)",
                "phone": "+79161236001",
                "city": "Nantes",
                "company_id": user.company_id.id,
                "user_id": user.id,
            }
        )
        lead = env["crm.lead"].create(
            {
                "name": "Two pumps CP-40 for the waterworks",
                "partner_id": utility.id,
                "company_id": user.company_id.id,
                "type": "opportunity",
                "user_id": user.id,
            }
        )
        partner_id, lead_id = utility.id, lead.id
    page = sign_in(SELLER)
    gone = exchange.phone("201", "uas_ring")
    exchange.call_in("74950000001", "79161236001", "uac_abandon", hold=12000)
    page.wait_for_selector(".o_miko_card[data-state=ringing] .o_miko_deals")
    shot(page, "calls_known")
    expect(page.locator(".o_miko_card")).to_have_count(0, timeout=30_000)
    exchange.end(gone)
    (call_id,) = listening.wait_calls(outcome="missed")
    listening.wait(lambda env: env["miko.call"].browse(call_id).callback_state == "due")
    page.goto(f"{listening.url}/odoo/calls-to-return")
    page.wait_for_selector(".o_data_row")
    shot(page, "calls_to_return")
    # called back by a click on the number of the deal
    own, provider = (
        exchange.phone("201", delay=300),
        exchange.phone("provider", "uas_answer_hangup", 1500),
    )
    page.goto(f"{listening.url}/odoo/crm.lead/{lead_id}")
    page.click(".o_field_phone input")
    page.click(".o_phone_form_link")
    page.wait_for_selector(".o_miko_card[data-state=talking]")
    exchange.finished(own, provider)
    listening.wait(lambda env: env["miko.call"].browse(call_id).callback_state == "done")
    page.goto(f"{listening.url}/odoo/calls")
    page.wait_for_selector(".o_data_row")
    shot(page, "calls_list")
    page.click(".o_data_row .o_data_cell[name=direction]")
    page.wait_for_selector(".o_form_view")
    shot(page, "calls_form_view")
    with listening.env() as env:
        env["miko.call"].search([]).unlink()
        env["crm.inquiry"].search([]).unlink()
        env["crm.lead"].browse(lead_id).unlink()
        env["res.partner"].browse(partner_id).unlink()


def _a_day_of_calls(scene):
    """Ended calls of yesterday, hour by hour."""
    outcomes = {9: "aaa", 10: "aaaam", 11: "aaamm", 14: "aaaaa", 15: "aam", 16: "am"}
    with scene.env() as env:
        seller = env["res.users"].search([("login", "=", SELLER)])
        yesterday = env.cr.now() - timedelta(days=1)
        env["miko.call"].create(
            [
                {
                    "pbx_id": scene.pbx,
                    "direction": "inbound",
                    "state": "ended",
                    "outcome": "answered" if outcome == "a" else "missed",
                    "number": f"+791612380{hour:02}",
                    "user_id": seller.id if outcome == "a" else False,
                    "date": yesterday.replace(hour=hour, minute=minute, second=0, microsecond=0),
                    "wait_seconds": 6,
                    "talk_seconds": 120 if outcome == "a" else 0,
                }
                for hour, row in outcomes.items()
                for minute, outcome in enumerate(row)
            ]
        )


def test_head_sees_calls_now_and_the_exchange(listening, sign_in):
    exchange = listening.exchange
    page = sign_in(HEAD)
    phone = exchange.phone("201")
    caller = exchange.call_in("74950000001", "79161237001", hold=60000)
    listening.wait_calls(state="talking")
    page.goto(f"{listening.url}/odoo/calls-now")
    page.wait_for_selector(".o_kanban_record button[name=listen_in]")
    shot(page, "calls_now")
    _a_day_of_calls(listening)
    page.goto(f"{listening.url}/odoo/call-statistics")
    page.wait_for_selector(".o_graph_renderer canvas")
    shot(page, "calls_statistics")
    page.goto(f"{listening.url}/odoo/miko.pbx/{listening.pbx}")
    page.click("button[name=action_test]")
    page.wait_for_selector(".o_field_widget[name=test_report] li", timeout=60_000)
    shot(page, "calls_exchange")
    page.click(".o_notebook .nav-link:has-text('Listener')")
    shot(page, "calls_listener")
    exchange.end(caller)
    exchange.end(phone)
