"""The service technician's day on his phone and the service manager's screens, with pictures.

The pictures go where those of the other guides go, see ``Screen.shot``.
"""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect
from pypdf import PdfReader

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

pytestmark = pytest.mark.timeout(900)


def picture():
    """Bytes of a photo, as a phone's camera gives it."""
    content = io.BytesIO()
    Image.new("RGB", (640, 480), (61, 107, 79)).save(content, "JPEG")
    return content.getvalue()


@pytest.fixture
def pump(region):
    """A pump that was delivered and is to be commissioned tomorrow; return its protocol's id."""
    with region.env() as env:
        unit = env["equipment.unit"].create(
            {
                "product_id": env.ref("equipment_type.product_cp_40").id,
                "serial": f"CP40-9{env['equipment.unit'].search_count([]):03}",
                "owner_id": env.ref("deal_process.partner_dairy").id,
                "site_id": env.ref("deal_process.partner_dairy_site_1").id,
                "state": "delivered",
            }
        )
        technician = env["res.users"].search([("login", "=", "service@aquila.example")])
        protocol = env["equipment.protocol"].create(
            {
                "unit_id": unit.id,
                "kind": "commissioning",
                "user_id": technician.id,
                "date_planned": "2030-01-07 08:00:00",
            }
        )
        return protocol.id


def tap(locator):
    """Tap what may lie under the phone's floating buttons."""
    locator.dispatch_event("click")


def answer(page):
    """Answer the whole checklist: OK to checks, values within the limits to readings."""
    values = {
        "Coupling is aligned": "0.03",
        "Flow": "40.5",
        "Discharge pressure": "4.1",
        "Bearing temperature": "57",
        "Running hours": "2",
    }
    for card in page.locator("[data-check]").all():
        name = card.get_attribute("data-check")
        if name in values:
            box = card.locator(".o_check_value input")
            box.fill(values[name])
            box.blur()
        else:
            tap(card.locator("button[data-result=ok]"))
        expect(page.locator(f"[data-check='{name}']")).to_have_class(
            re.compile("o_verdict_ok"), timeout=30_000
        )


def sign(screen, side):
    page = screen.page
    tap(page.locator(f".o_field_widget[name={side}_signature] .o_signature"))
    page.wait_for_selector(
        ".modal canvas.o_web_sign_signature, .modal .o_web_sign_signature canvas"
    )
    if side == "customer":
        screen.shot("service_signature")
    page.click(".modal .modal-footer button.btn-primary")
    page.wait_for_selector(
        f".o_field_widget[name={side}_signed_at]:not(.o_field_empty)", timeout=60_000
    )


def printed(page):
    """Press Print; return what stands on the paper."""
    with page.expect_download(timeout=120_000) as waiting:
        tap(page.locator("button[name=action_print]").first)
    return "".join(sheet.extract_text() for sheet in PdfReader(waiting.value.path()).pages)


def test_technician_commissions_on_a_phone(sign_in, region, pump):
    screen = sign_in("service@aquila.example", **PHONE)
    page = screen.action("equipment_registry.equipment_protocol_action_mine", ".o_kanban_record")
    screen.shot("service_my_work")
    screen.record("equipment.protocol", pump)
    screen.shot("service_before")
    tap(page.locator("button[name=action_start]"))
    page.wait_for_selector("[data-check] button[data-result=ok]:enabled", timeout=60_000)
    page.locator("[data-check]").first.scroll_into_view_if_needed()
    answer(page)
    page.locator("[data-check='Flow']").scroll_into_view_if_needed()
    screen.shot("service_checklist")
    page.set_input_files(
        ".o_photo_input", {"name": "plate.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    page.wait_for_selector(".o_equipment_photos figure img", timeout=60_000)
    page.locator(".o_equipment_photos").scroll_into_view_if_needed()
    screen.shot("service_photo")
    sign(screen, "technician")
    name = page.locator(".o_field_widget[name=customer_signer] input")
    name.fill("Dora Dairy (demo)")
    name.blur()
    sign(screen, "customer")
    page.wait_for_selector(".o_field_widget[name=date_done]:not(.o_field_empty)", timeout=60_000)
    page.locator(".o_field_widget[name=customer_signature]").scroll_into_view_if_needed()
    screen.shot("service_done")
    with region.env() as env:
        protocol = env["equipment.protocol"].browse(pump)
        assert (protocol.state, protocol.unit_id.state) == ("done", "service")
        assert protocol.is_content_intact
        serial = protocol.serial
    paper = printed(page)
    assert serial in paper and "Dora Dairy (demo)" in paper and "Iris Installer (demo)" in paper
    assert not screen.errors


def test_manager_plans_and_looks_up(sign_in, region, pump):
    screen = sign_in("head.service@aquila.example")
    screen.action("equipment_registry.equipment_protocol_action", ".o_kanban_record")
    screen.shot("service_board")
    screen.page.click(".o_switch_view.o_calendar")
    screen.page.wait_for_selector(".o_calendar_view")
    screen.shot("service_calendar")
    with region.env() as env:
        unit = env["equipment.unit"].search([("serial", "=", "CP40-0017")]).id
    page = screen.record("equipment.unit", unit)
    page.click(".o_notebook .nav-link:has-text('History')")
    page.wait_for_selector(".o_field_widget[name=event_ids] .o_data_row")
    screen.shot("service_unit")
    screen.action("service_contract.service_offer_action", ".o_kanban_record")
    screen.shot("service_offers")
    screen.action("service_contract.service_contract_action", ".o_data_row")
    screen.page.click(".o_data_row >> nth=0 >> .o_data_cell >> nth=0")
    screen.page.wait_for_selector(".o_form_view")
    screen.page.click(".o_notebook .nav-link:has-text('Visits')")
    screen.shot("service_contract")
    assert not screen.errors


def test_technician_of_a_dealer_sees_his_machine_only(sign_in, region):
    screen = sign_in("service@rivage.example", **PHONE)
    page = screen.action("equipment_registry.equipment_protocol_action_mine", ".o_kanban_record")
    text = page.locator(".o_action_manager").inner_text()
    assert "CP40-0023" in text and "CP40-0017" not in text
    screen.shot("service_dealer")
    assert not screen.errors
