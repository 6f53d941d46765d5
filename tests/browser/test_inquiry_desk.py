"""The inquiry desk in the demo region: the head of sales' screens, and a dealer's beside them."""

import pytest


def inquiry(region, key):
    """Return an inquiry of the demo data as {name, id}."""
    with region.env() as env:
        found = env["crm.inquiry"].search([("external_key", "=", key)]).ensure_one()
        return found.read(["name", "subject"])[0]


@pytest.fixture
def head(sign_in):
    return sign_in("head@aquila.example")


def test_head_sorts_and_hands_to_the_dealer(head, sign_in, region):
    """The customer from Nantes is Rivage's: one key, and he is on Rivage's desk."""
    pumps = inquiry(region, "demo:1")["subject"]
    page = head.open("/odoo/triage", f".o_data_row:has-text('{pumps}')")
    row = page.locator(f".o_data_row:has-text('{pumps}')")
    assert "Rivage" in row.inner_text() and "Paula Pump" in row.inner_text()
    head.shot("inquiry_triage")
    row.locator(".o_data_cell[name=age_hours]").press("d")
    row.wait_for(state="detached")
    theirs = sign_in("head@rivage.example")
    theirs.open("/odoo/triage", f".o_data_row:has-text('{pumps}')")
    assert not head.errors + theirs.errors


def test_head_reads_one_inquiry(head, region):
    chat = inquiry(region, "demo:2")
    page = head.record("crm.inquiry", chat["id"])
    page.wait_for_selector(".o_inquiry_step >> nth=2")
    assert "George Plant" in page.locator(".o_form_sheet").inner_text()
    head.shot("inquiry_form")
    assert not head.errors


def test_head_looks_at_riddles_and_figures(head):
    head.open("/odoo/inquiries-to-sort", ".o_data_row")
    head.shot("inquiry_to_sort")
    page = head.open("/odoo/inquiry-cockpit", ".o_inquiry_channels tbody tr")
    assert "Chat on the site" in page.locator(".o_inquiry_hours").inner_text()
    head.shot("inquiry_cockpit")
    assert not head.errors


def test_head_sets_up_channel_and_template(head, region):
    with region.env() as env:
        channel = env.ref("inquiry_desk.channel_sales").id
        template = env.ref("inquiry_desk.template_site").id
    head.record("crm.inquiry.channel", channel).wait_for_selector("[name=alias_name]")
    head.shot("inquiry_channel")
    page = head.record("crm.inquiry.template", template)
    page.wait_for_selector(".o_inquiry_preview:has-text('aquila-site:512')")
    assert page.locator(".o_inquiry_verdict.alert-success").count()
    head.shot("inquiry_template")
    assert not head.errors
