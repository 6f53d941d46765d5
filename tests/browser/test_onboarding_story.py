"""A newcomer's first weeks, screen by screen: hired, stopped at a guard rail and helped, verified
by the QR code of the passport, and moved to another dealer, who sees what the person allows.
"""

import io

import pytest
import zxingcpp
from PIL import Image

from odoo import fields
from odoo.fields import Command

from harness import served_region

NAME, LOGIN, SECRET = "Nora Newcomer (demo)", "nora@rivage.example", "Newcomer-2026"
HEAD = "head@rivage.example"
FORM = ".o_form_view .o_form_sheet"


def choose(page, field, text):
    """Choose a value of a many2one in a dialog."""
    page.locator(f".modal .o_field_widget[name={field}] input").fill(text)
    page.locator(f".o-autocomplete--dropdown-item:has-text('{text}')").first.click()


def staff_of(env, dealer):
    person = env["dealer.person"].search([("name", "=", NAME)])
    return person.staff_ids.filtered(
        lambda line: line.dealer_id == env.ref(f"dealer_network.{dealer}")
    )


def offer_with_discount(env):
    """An offer of the newcomer with more discount than a newcomer gives."""
    user = env["res.users"].search([("login", "=", LOGIN)])
    company = user.company_id
    product = env["product.product"].create(
        {"name": "Story pump", "type": "service", "list_price": 100, "company_id": company.id}
    )
    customer = env["res.partner"].create({"name": "Story customer", "company_id": company.id})
    lines = [Command.create({"product_id": product.id, "discount": 25})]
    order = env["sale.order"].create(
        {
            "partner_id": customer.id,
            "company_id": company.id,
            "user_id": user.id,
            "order_line": lines,
        }
    )
    return order.id


@pytest.fixture(scope="module")
def region():
    """A region of its own: people come, go and take their rights with them."""
    with served_region() as running:
        yield running


@pytest.fixture
def hired(sign_in, region):
    """The principal hires somebody in one wizard; mentor, path and plan come by themselves."""
    with region.env() as env:
        env["ir.config_parameter"].set_param("web.base.url", region.url)
        role = env.ref("dealer_network.role_salesperson").with_context(lang="fr_FR").name
    screen = sign_in("principal@rivage.example")
    page = screen.action("dealer_access.dealer_staff_hire_action", ".modal .o_form_view")
    page.locator(".modal .o_field_widget[name=name] input").fill(NAME)
    page.locator(".modal .o_field_widget[name=email] input").fill(LOGIN)
    choose(page, "role_id", role)
    page.wait_for_selector(".modal .o_field_widget[name=path_ids] .o_tag")
    page.locator(".modal button[name=action_hire]").click()
    page.wait_for_selector(f"{FORM} .o_field_widget[name=task_ids] .o_data_row", timeout=60_000)
    assert not screen.errors
    with region.env() as env:
        staff = staff_of(env, "dealer_rivage")
        assert staff.enrolment_ids.mentor_id
        staff.user_id.password = SECRET
        staff.date_start = fields.Date.subtract(fields.Date.today(), days=30)
        env["dealer.staff.competence"]._gain(
            staff.person_id,
            env.ref("dealer_competence.competence_offer"),
            env.ref("dealer_competence.skill_level_alone"),
            "exam",
            staff.dealer_id,
        )
    return screen


def test_a_newcomers_way_through_two_dealers(hired, sign_in, region, chromium):
    newcomer = sign_in(LOGIN, SECRET)
    page = newcomer.open("/odoo/today", ".o_dealer_today_page .o_today_item")
    assert 1 <= page.locator(".o_today_item").count() <= 5
    meets_a_guard_rail(newcomer, sign_in, region)
    is_verified_by_qr_code(newcomer, chromium, region)
    moves_to_another_dealer(hired, sign_in, region)
    assert not newcomer.errors


def meets_a_guard_rail(newcomer, sign_in, region):
    """The discount is too high for a newcomer; the head of sales confirms it in one click."""
    with region.env() as env:
        order_id = offer_with_discount(env)
    page = newcomer.record("sale.order", order_id)
    page.locator(".o_form_statusbar button[name=action_confirm]:visible").first.click()
    page.wait_for_selector(".modal .o_error_dialog, .modal .modal-footer .btn-primary")
    newcomer.shot("newcomer_guard_rail")
    page.locator(".modal .modal-footer .btn-primary").click()
    page.locator(".modal .o_field_widget[name=note] input").fill("Second machine this year")
    page.locator(".modal button[name=action_ask]").click()
    page.wait_for_selector(".modal", state="detached")

    head = sign_in(HEAD)
    page = head.open("/odoo/to-confirm", ".o_list_view .o_data_row")
    page.locator(".o_data_row:has-text('Nora') td[name=what]").click()
    page.wait_for_selector(".o_guard_rail_difference")
    head.shot("principal_to_confirm")
    page.locator("button[name=action_confirm]").click()
    page.wait_for_selector("button[name=action_confirm]", state="detached")
    with region.env() as env:
        assert env["sale.order"].browse(order_id).state == "sale"
        request = env["guard.rail.request"].search([], order="id desc", limit=1)
        assert (request.state, request.answered_by_id.login) == ("confirmed", HEAD)
    assert not head.errors


def is_verified_by_qr_code(newcomer, chromium, region):
    """What the camera of any telephone reads on the screen opens a page for everybody."""
    page = newcomer.action("dealer_competence.action_server_my_passport", FORM)
    page.locator("button[name=action_new_public_link]").click()
    page.locator(".modal .o_form_button_save").click()
    page.wait_for_selector(".modal", state="detached")
    with region.env() as env:
        share = env["dealer.passport.share"].search([], order="id desc", limit=1)
        share_id = share.id
    page = newcomer.record("dealer.passport.share", share_id)
    code = page.locator(".o_field_widget[name=qr_url] img")
    code.wait_for()
    page.wait_for_function(
        "document.querySelector('.o_field_widget[name=qr_url] img').naturalWidth > 0"
    )
    newcomer.shot("newcomer_passport_code")
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(code.screenshot())))
    assert found.text.startswith(f"{region.url}/passport/")

    visitor = type(newcomer)(chromium.new_context().new_page(), region)
    answer = visitor.page.goto(found.text)
    assert answer.status == 200
    text = visitor.page.inner_text("body")
    assert NAME in text
    assert LOGIN not in text and "Rivage" not in text
    visitor.shot("newcomer_passport_page")
    visitor.page.context.close()
    assert not visitor.errors


def moves_to_another_dealer(former, sign_in, region):
    """The OEM moves the job; the person decides what the new dealer sees, the old one forgets."""
    with region.env() as env:
        staff_id = staff_of(env, "dealer_rivage").id
        new_dealer = env.ref("dealer_network.dealer_taiga").name
    oem = sign_in("admin@aquila.example")
    page = oem.record("dealer.staff", staff_id)
    page.locator("button[name=action_open_move]").click()
    choose(page, "dealer_id", new_dealer)
    page.locator(".modal button[name=action_move]").click()
    page.wait_for_selector(".modal", state="detached", timeout=60_000)

    matrix = sign_in("principal@taiga.example")
    page = matrix.open("/odoo/competence-matrix", ".o_matrix_row")
    row = page.locator(f".o_matrix_row:has-text('{NAME}')")
    assert row.count() == 1 and not row.locator(".o_matrix_held").count(), "not yet allowed"

    person = sign_in(LOGIN, SECRET)
    page = person.open("/odoo/today", ".o_today_item")
    page.locator(f".o_today_item:has-text('{new_dealer}')").first.click()
    page.locator(".o_form_statusbar button[name=action_allow]").click()
    page.wait_for_selector(".o_form_statusbar button[name=action_allow]", state="detached")

    page = matrix.open("/odoo/competence-matrix", ".o_matrix_row")
    row = page.locator(f".o_matrix_row:has-text('{NAME}')")
    row.locator(".o_matrix_held").first.wait_for()

    page = former.open("/odoo/competence-matrix", ".o_matrix_row")
    assert not page.locator(f".o_matrix_row:has-text('{NAME}')").count()
    page = former.action("dealer_competence.dealer_competence_history_action", ".o_graph_view")
    page.locator(".o_switch_view.o_list").click()
    page.wait_for_selector(".o_data_row")
    assert "Nora" not in page.locator(".o_action_manager").inner_text()
    with region.env() as env:
        history = env["dealer.competence.history"]
        dealer = env.ref("dealer_network.dealer_rivage")
        number = staff_of(env, "dealer_rivage").person_id._reference_at(dealer)
        left = history.search([("dealer_id", "=", dealer.id), ("person_ref", "=", number)])
        assert set(left.mapped("event")) == {"gained", "left"}
    assert not oem.errors + matrix.errors + person.errors + former.errors
