"""The guide to selection and offers, walked through by a salesperson of each dealer; the printed
offer is rendered to pictures in every language.
"""

import os
import subprocess
from pathlib import Path

import pytest
from PIL import Image

SHEET = ".o_form_view .o_form_sheet"
FITTING = ".o_field_widget[name=fitting_ids] .o_kanban_record:not(.o_kanban_ghost)"


@pytest.fixture
def selection_id(region):
    """Return a function that gives the id of a demo selection by its XML id."""

    def find(name):
        with region.env() as env:
            return env.ref(name).id

    return find


def test_seller_selects_and_offers(sign_in, selection_id):
    screen = sign_in("sales1@rivage.example")
    screen.action("equipment_offer.equipment_selection_action", ".o_kanban_view, .o_list_view")
    assert "Кедровый" not in screen.page.locator(".o_action_manager").inner_text()
    page = screen.record(
        "equipment.selection", selection_id("dealer_tenant_equipment_offer.selection_rivage")
    )
    page.wait_for_selector(".o_field_widget[name=answer_ids] .o_data_row")
    screen.shot("offer_questions")
    card = page.locator(FITTING).first
    card.wait_for()
    assert "CP-40" in card.inner_text()
    screen.shot("offer_candidates")
    choose = card.locator("button[name=action_choose].btn-outline-primary")
    if choose.count():
        choose.click()
        page.wait_for_selector(f"{FITTING} .btn-success")
    page.locator("button[name=action_make_quotation]").click()
    page.wait_for_selector(".o_sale_order .o_data_row")
    screen.shot("offer_quotation")
    page.locator("button[name=action_send_offer]:visible").first.click()
    page.wait_for_selector(".modal button[name=action_send_mail]")
    page.wait_for_selector(
        ".modal .o_field_widget[name=attachment_ids] li a", timeout=120_000
    )  # the offer is printed meanwhile
    screen.shot("offer_mail")
    assert not screen.errors


def test_head_keeps_criteria_and_rules(sign_in, region):
    screen = sign_in("head@aquila.example")
    with region.env() as env:
        rule = env.ref("equipment_offer.rule_solvent_atex").id
        product = env.ref("equipment_type.product_cp_80_product_template").id
    screen.action("equipment_offer.equipment_criterion_action", ".o_list_view .o_data_row")
    screen.shot("offer_criteria")
    page = screen.record("equipment.selection.rule", rule)
    page.wait_for_selector(f"{SHEET} .o_data_row")
    screen.shot("offer_rule")
    page = screen.record("product.template", product)
    page.locator(".o_form_view .nav-link[name=equipment]").click()
    page.wait_for_selector(".o_field_widget[name=equipment_value_ids] .o_data_row")
    screen.shot("offer_technical_data")
    assert not screen.errors


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en_US", "Commercial offer"),
        ("fr_FR", "Offre commerciale"),
        ("ru_RU", "Коммерческое предложение"),
    ],
)
def test_the_printed_offer_in_each_language(region, tmp_path, language, words):
    """Printed by the running region, fonts included, and looked at as pictures."""
    folder = _picture_folder()
    with region.env() as env:
        selection = env.ref("equipment_offer.selection_paint")
        order = selection.order_ids[:1]
        if not order:
            selection.candidate_ids[0].is_chosen = True
            order = env["sale.order"].browse(selection.action_make_quotation()["res_id"])
        # the mail's language is the customer's
        order.partner_id.lang = language
        order.order_line.filtered("product_id")._compute_name()
        env["ir.config_parameter"].set_param("report.url", region.url)
        env.cr.commit()
        content, _kind = (
            env["ir.actions.report"]
            .with_context(force_report_rendering=True)
            ._render_qweb_pdf("equipment_offer.offer_report", order.ids)
        )
    file = tmp_path / "offer.pdf"
    file.write_bytes(content)
    text = subprocess.run(
        ["pdftotext", "-layout", file, "-"], check=True, capture_output=True, text=True
    ).stdout
    assert words.casefold() in text.casefold()
    fonts = subprocess.run(["pdffonts", file], check=True, capture_output=True, text=True).stdout
    assert "OpenSans" in fonts.replace(" ", "")
    name = f"offer_pdf_{language[:2]}"
    subprocess.run(
        ["pdftoppm", "-r", "50", "-png", file, folder / name], check=True, capture_output=True
    )
    pages = sorted(folder.glob(f"{name}-*.png"))
    assert len(pages) == 5
    _side_by_side(pages, folder / f"{name}.png")


def _picture_folder():
    root = Path(__file__).resolve().parents[2]
    folder = root / (
        "doc/images" if os.environ.get("UPDATE_SCREENSHOTS") == "1" else "test-results"
    )
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _side_by_side(pages, target):
    """Put the pages of an offer into one picture."""
    pictures = [Image.open(page) for page in pages]
    width, height = pictures[0].size
    whole = Image.new("RGB", ((width + 6) * len(pictures), height), "#8a8f94")
    for index, picture in enumerate(pictures):
        whole.paste(picture, ((width + 6) * index, 0))
    whole.quantize(128).save(target, optimize=True)
    for page in pages:
        page.unlink()
