"""Walk through what the guides describe, as each role, and take their pictures.

With UPDATE_SCREENSHOTS=1 the pictures go to doc/images, otherwise to test-results.
"""

import pytest

FORM = ".o_form_view .o_form_sheet"


@pytest.fixture
def dealer_id(region):
    """Return a function that gives the id of a demo dealer by its XML id."""

    def find(name):
        with region.env() as env:
            return env.ref(f"dealer_network.{name}").id

    return find


def test_oem_administrator_sees_the_network(sign_in, dealer_id):
    screen = sign_in("admin@aquila.example")
    page = screen.action("dealer_network.dealer_dealer_action", ".o_kanban_view .o_kanban_record")
    names = page.locator(".o_kanban_view").inner_text()
    assert "Rivage" in names and "Taiga" in names and "Boreal" in names
    screen.shot("oem_dealers")

    screen.action("dealer_network.dealer_network_tree_action", ".o_action_manager :text('Boreal')")
    screen.shot("oem_tree")
    screen.action(
        "dealer_network.dealer_network_map_action",
        ".o_action_manager svg circle, .o_action_manager canvas",
    )
    screen.shot("oem_map")

    page = screen.record("dealer.dealer", dealer_id("dealer_rivage"))
    page.wait_for_selector(FORM)
    assert page.locator(".o_statusbar_status").count()
    screen.shot("oem_dealer_form")
    assert not screen.errors


def test_oem_administrator_imports_and_provisions(sign_in):
    screen = sign_in("admin@aquila.example")
    screen.action("dealer_import.dealer_import_wizard_action", ".modal .o_form_view, .o_form_view")
    screen.shot("oem_import")
    screen.action("dealer_tenant.dealer_provisioning_action", ".o_list_view, .o_kanban_view")
    screen.shot("oem_provisioning")
    assert not screen.errors


def test_principal_runs_the_isolation_check(sign_in, region, dealer_id):
    """The button on the own dealer: the result is readable and says that nothing leaked."""
    screen = sign_in("principal@rivage.example")
    page = screen.record("dealer.dealer", dealer_id("dealer_rivage"))
    page.wait_for_selector(FORM)
    screen.shot("principal_dealer")
    page.locator("button[name=action_check_isolation]").first.click()
    rows = ".o_form_view .o_field_widget[name=line_ids] .o_data_row"
    broken = ".o_form_view .alert-warning .o_field_widget[name=message]"
    page.wait_for_selector(f"{rows}, {broken}", timeout=240_000)
    assert not page.locator(broken).count(), page.locator(broken).inner_text()
    screen.shot("principal_isolation")
    with region.env() as env:
        check = env["dealer.isolation.check"].search([], order="id desc", limit=1)
        assert check.line_ids
        assert "leak" not in check.line_ids.mapped("verdict"), check.line_ids.filtered(
            lambda line: line.verdict == "leak"
        ).mapped("model")
    assert not screen.errors


def test_principal_manages_people_and_releases(sign_in):
    screen = sign_in("principal@rivage.example")
    page = screen.action(
        "dealer_network.dealer_staff_action", ".o_list_view .o_data_row, .o_kanban_record"
    )
    assert "Taiga" not in page.locator(".o_action_manager").inner_text()
    screen.shot("principal_staff")
    screen.action("dealer_access.dealer_staff_hire_action", ".modal .o_form_view, .o_form_view")
    screen.shot("principal_hire")
    screen.action("dealer_network.dealer_release_action", ".o_list_view, .o_kanban_view")
    screen.shot("principal_release")
    screen.action("dealer_access.dealer_support_access_action", ".o_list_view, .o_kanban_view")
    screen.shot("principal_support")
    assert not screen.errors


@pytest.mark.parametrize(
    ("login", "own", "rival"),
    [("sales1@rivage.example", "rivage", "taiga"), ("sales1@taiga.example", "taiga", "rivage")],
)
def test_salespeople_of_two_dealers_work_side_by_side(sign_in, region, login, own, rival):
    """Each sees the own deals and customers; of the rival not even a name."""
    names = {}
    for dealer in (own, rival):
        with region.env(f"sales1@{dealer}.example") as env:
            # a deal takes needs and a customer with contact and address
            customer = env["res.partner"].create(
                {
                    "name": f"Buyer at {dealer}",
                    "phone": "+33 1 99 00 90 01",
                    "street": "1 rue du Port",
                    "city": "Nantes",
                    "country_id": env.ref("base.fr").id,
                }
            )
            kind = env.ref("deal_process.need_kind_equipment")
            env["crm.lead"].create(
                {
                    "name": f"Pumps for {dealer}",
                    "type": "opportunity",
                    "user_id": env.uid,
                    "partner_id": customer.id,
                    "need_ids": [(0, 0, {"kind_id": kind.id, "name": "A pump"})],
                }
            )
            names[dealer] = env["res.partner"].create({"name": f"Customer of {dealer}"}).name
    screen = sign_in(login)
    page = screen.action("crm.crm_lead_action_pipeline", ".o_kanban_view .o_kanban_record")
    text = page.locator(".o_action_manager").inner_text()
    assert f"Pumps for {own}" in text and f"Pumps for {rival}" not in text
    if own == "rivage":
        screen.shot("sales_pipeline_rivage")
    page = screen.action("contacts.action_contacts", f".o_action_manager :text('{names[own]}')")
    text = page.locator(".o_action_manager").inner_text()
    assert names[rival] not in text and rival.title() not in text
    assert not screen.errors
