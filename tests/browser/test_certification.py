"""A chamber from production to the customer, with the gate in between, by people and machines.

The screens on the way are the pictures of the certification engineer's guide.
"""

import re
import subprocess
import xmlrpc.client

import pytest
import zxingcpp
from PIL import Image

from odoo import fields

from machines import delivery_of, produce

LOGIN = "certification@aquila.example"
REFUSED = "This equipment may not go to the customer without a valid certificate"


class Chamber:
    """A KT-500 that was produced, in the OEM's warehouse, with deliveries that wait."""

    def __init__(self, region, serial):
        self.region, self.serial = region, serial
        with region.env() as env:
            # printed addresses lead to this region
            env["ir.config_parameter"].set_param("web.base.url", region.url)
            self.lot = produce(env, "equipment_type.product_kt_500", serial).id

    def delivery(self):
        """Make a delivery with the chamber reserved and picked; return its id."""
        with self.region.env() as env:
            return delivery_of(env, env["stock.lot"].browse(self.lot)).id

    def state(self, picking_id):
        """State of a transfer, and certificates under which it went."""
        with self.region.env() as env:
            picking = env["stock.picking"].browse(picking_id)
            return picking.state, picking.move_line_ids.certificate_ids.mapped("name")


@pytest.fixture(scope="module")
def chamber(region):
    return Chamber(region, "KT500-9001")


@pytest.fixture(scope="module")
def key(region):
    """An API key of the engineer."""
    with region.env(LOGIN) as env:
        expires = fields.Datetime.add(fields.Datetime.now(), days=1)
        return env["res.users.apikeys"].sudo()._generate("rpc", "Certification test", expires)


def first_lines(message):
    """The sentence and the machines, as a list."""
    return [line.strip() for line in message.strip().splitlines() if line.strip()]


def test_without_certificate_every_way_is_refused_in_the_same_words(region, chamber, key, sign_in):
    picking = chamber.delivery()
    said = {}

    screen = sign_in(LOGIN)
    page = screen.record("stock.picking", picking)
    page.wait_for_selector(".alert-warning:has-text('KT500-9001')")
    screen.shot("certification_warning")
    page.click("button[name=button_validate]")
    dialog = page.wait_for_selector(".o_error_dialog")
    page.wait_for_selector(".o_error_dialog:has-text('KT500-9001')")
    screen.shot("certification_gate")
    said["form"] = page.locator(
        ".o_error_dialog main, .o_error_dialog .modal-body"
    ).first.inner_text()
    assert dialog

    web = region.web(LOGIN)
    answer = web.call("stock.picking", "button_validate", [picking, chamber.delivery()])
    said["batch"] = answer["error"]["data"]["message"]

    answer = region.json2(key).raw("stock.picking", "button_validate", ids=[picking])
    assert answer.status_code >= 400, answer.text
    said["api"] = answer.json()["message"]

    with pytest.raises(xmlrpc.client.Fault) as fault:
        region.rpc(LOGIN)("stock.picking", "button_validate", [picking])
    said["rpc"] = fault.value.faultString

    texts = {way: first_lines(message) for way, message in said.items()}
    assert texts["form"][0].startswith(REFUSED), texts
    assert "KT500-9001" in texts["form"][1] and "no certificate" in texts["form"][1]
    # the batch names each transfer; the first is the same sentence
    assert texts["batch"][:2] == texts["form"] == texts["api"] == texts["rpc"], texts
    assert chamber.state(picking) == ("assigned", [])


def test_from_application_to_certificate_to_customer(region, chamber, sign_in, tmp_path):
    screen = sign_in(LOGIN)
    page = screen.page
    certificate = certify(region, chamber, screen)

    pdf = tmp_path / "certificate.pdf"
    session = region.web(LOGIN).session
    report = "equipment_certification.report_certificate"
    printed = session.get(f"{region.url}/report/pdf/{report}/{certificate}", timeout=120)
    assert printed.status_code == 200, printed.text[:300]
    pdf.write_bytes(printed.content)

    address = read_qr_code(pdf)
    with region.env() as env:
        assert address == env["certification.certificate"].browse(certificate).verification_url
    assert public_status(screen, address) == "valid"

    picking = chamber.delivery()
    page = screen.record("stock.picking", picking)
    page.click("button[name=button_validate]")
    page.wait_for_selector(".o_statusbar_status button[data-value=done].o_arrow_button_current")
    state, under = chamber.state(picking)
    assert state == "done" and under == ["MCL-9001"]

    with region.env(LOGIN) as env:
        env["certification.certificate"].browse(certificate).action_withdraw("End of the test")
    assert public_status(screen, address) == "withdrawn"
    assert not screen.errors


def certify(region, chamber, screen):
    """Bring the chamber through application and tests; return the certificate's id."""
    page = screen.record("stock.lot", chamber.lot)
    page.wait_for_selector("button[name=action_apply_for_certification]")
    screen.shot("certification_lot")
    page.click("button[name=action_apply_for_certification]")
    page.wait_for_selector(".o_form_view button[name=action_submit]")
    screen.shot("certification_application")
    page.click("button[name=action_submit]")
    page.click("button[name=action_start_tests]")
    page.wait_for_selector("button[data-value=testing].o_arrow_button_current")
    page.click(".nav-link[name=tests]")
    page.wait_for_selector(".o_field_widget[name=test_ids] button[name=action_open]")
    page.locator("button[name=action_open]").first.click()
    page.wait_for_selector(".modal .o_field_widget[name=line_ids] .o_data_row")
    screen.shot("certification_test")
    with region.env(LOGIN) as env:
        application = env["certification.application"].search(
            [("lot_ids", "in", chamber.lot)], limit=1
        )
        for line in application.test_ids.line_ids:
            if line.kind == "check":
                line.check = "yes"
            else:
                line.value = line.value_min + 0.1 if line.has_min else line.value_max / 2
        application.test_ids.action_done()
        assert application.state == "passed"
        number = application.id
    page = screen.record("certification.application", number)
    page.click("button[name=action_create_certificate]")
    page.wait_for_selector(".o_form_view button[name=action_validate]")
    page.fill(".o_field_widget[name=name] input", "MCL-9001")
    page.set_input_files(
        ".o_field_widget[name=file] input[type=file]",
        files=[{"name": "scan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 scan"}],
    )
    page.wait_for_selector(".o_field_widget[name=file] input:not([type=file])")
    page.click(".o_form_button_save")
    page.wait_for_selector(".o_form_saved, .o_form_button_save:not(:visible)", state="attached")
    page.click("button[name=action_validate]")
    page.wait_for_selector("button[data-value=valid].o_arrow_button_current")
    screen.shot("certification_certificate")
    with region.env() as env:
        return env["certification.certificate"].search([("name", "=", "MCL-9001")]).ensure_one().id


def read_qr_code(pdf):
    """Read the QR code off the printed page, as a telephone's camera does."""
    picture = pdf.with_suffix("")
    subprocess.run(["pdftoppm", "-png", "-r", "150", "-singlefile", pdf, picture], check=True)
    codes = zxingcpp.read_barcodes(Image.open(picture.with_suffix(".png")))
    return next(code.text for code in codes if code.format == zxingcpp.BarcodeFormat.QRCode)


def public_status(screen, address):
    """Open the address as a stranger; return the status that the page tells."""
    browser = screen.page.context.browser
    context = browser.new_context(viewport={"width": 420, "height": 700}, locale="en-US")
    page = context.new_page()
    response = page.goto(address)
    assert response.status == 200
    text = page.inner_text("body")
    assert "MCL-9001" in text and "KT500" not in text and "Aquila" not in text
    assert not context.cookies()
    status = page.get_attribute("main", "data-status")
    if status == "valid":
        type(screen)(page, screen.region).shot("certification_public_page")
    context.close()
    return status


def test_the_demo_tells_a_chambers_life_and_a_bench_that_waits(region):
    with region.env(LOGIN) as env:
        chamber = env["equipment.unit"].search([("serial", "=", "KT500-0012")]).sudo()
        assert chamber.event_ids.sorted("date").mapped("kind") == ["produced", "delivered"]
        certificate = env["certification.certificate"].search([("name", "=", "MCL-2257")])
        assert certificate.application_id.state == "certified"
        assert set(certificate.application_id.test_ids.mapped("state")) == {"passed"}
        delivery = certificate.move_line_ids.picking_id
        assert (delivery.state, certificate.move_line_ids.lot_id) == ("done", chamber.lot_id)
        assert set(delivery.sudo().equipment_protocol_ids.mapped("kind")) == {
            "delivery",
            "commissioning",
        }
        bench = env["stock.lot"].search([("name", "=", "VB20-0031")])
        waiting = env["stock.move.line"].search([("lot_id", "=", bench.id)]).picking_id
        assert waiting.state == "assigned"
        assert "KVI-0129 is suspended since" in waiting.certification_warning


def test_lists_and_settings_of_the_engineer(sign_in):
    screen = sign_in(LOGIN)
    page = screen.action(
        "equipment_certification.certification_certificate_action", ".o_list_view .o_data_row"
    )
    assert "MCL-2240" in page.inner_text(".o_action_manager")
    screen.shot("certification_certificates")
    screen.action(
        "equipment_certification.certification_application_action",
        ".o_kanban_view .o_kanban_record",
    )
    screen.shot("certification_applications")
    screen.action("equipment_certification.certification_scheme_action", ".o_list_view .o_data_row")
    page.click(".o_data_row:has-text('Climatic') td[name=name]")
    page.wait_for_selector(".o_field_widget[name=parameter_ids] .o_data_row")
    screen.shot("certification_scheme")
    screen.action("equipment_certification.certification_body_action", ".o_list_view .o_data_row")
    page.click(".o_data_row:has-text('Old Mill') td[name=name]")
    page.wait_for_selector(".o_field_widget[name=accreditation_ids] .o_data_row:has-text('Ended')")
    screen.shot("certification_body")
    assert not screen.errors


def test_a_dealer_sees_what_is_shared_and_its_own(region, sign_in):
    screen = sign_in("service@rivage.example")
    page = screen.action(
        "equipment_certification.certification_certificate_action", ".o_list_view .o_data_row"
    )
    text = page.inner_text(".o_action_manager")
    assert "MCL-2240" in text and "LDL-58" in text
    with region.env() as env:
        shared = env.ref("equipment_certification.certificate_kt_500").id
    page = screen.record("certification.certificate", shared)
    page.wait_for_selector(".o_form_view .ribbon:has-text('Partagé')")
    page.wait_for_selector(".o-mail-Chatter .o-mail-Message")
    assert not page.locator(".o_error_dialog").count()
    assert not page.locator("button[name=action_renew]").count()
    screen.shot("certification_dealer")
    assert not re.search(r"LDL", other_dealers_list(sign_in))
    assert not screen.errors


def other_dealers_list(sign_in):
    page = sign_in("principal@taiga.example").action(
        "equipment_certification.certification_certificate_action", ".o_list_view .o_data_row"
    )
    return page.inner_text(".o_action_manager")
