"""Walk through what the guides say of onboarding, as each role, and take their pictures."""

SELLER = "sales.compressors@aquila.example"


def test_principal_reads_the_matrix_and_the_paths(sign_in):
    screen = sign_in("principal@rivage.example")
    page = screen.open("/odoo/competence-matrix", ".o_matrix_table .o_matrix_row")
    assert page.locator(".o_matrix_row").count() >= 6
    assert page.locator(".o_matrix_held").count() and page.locator(".o_matrix_gap").count()
    assert "Taiga" not in page.locator(".o_action_manager").inner_text()
    screen.shot("principal_competence_matrix")
    screen.open("/odoo/learners", ".o_kanban_view .o_kanban_record")
    screen.shot("principal_learners")
    page = screen.open("/odoo/onboarding-measures", ".o_measure_row")
    assert page.locator(".o_measure_region option").count() == 2, "the network and the own region"
    screen.shot("principal_measures")
    assert not screen.errors


def test_newcomer_sees_today_and_the_passport(sign_in):
    screen = sign_in("sales2@rivage.example")
    page = screen.open("/odoo/today", ".o_dealer_today_page .o_today_item")
    assert 1 <= page.locator(".o_today_item").count() <= 5
    screen.shot("newcomer_today")
    screen.action("dealer_competence.action_server_my_passport", ".o_form_view .o_data_row")
    screen.shot("newcomer_passport")
    assert not screen.errors


def test_methodologist_composes_paths_and_guides(sign_in, region):
    screen = sign_in("methodologist@aquila.example")
    screen.open("/odoo/learning-paths", ".o_kanban_view .o_kanban_record")
    with region.env() as env:
        path = env.ref("dealer_onboarding.path_salesperson").id
    page = screen.record("dealer.learning.path", path)
    page.wait_for_selector(".o_form_view .o_field_widget[name=step_ids] .o_data_row")
    screen.shot("methodologist_path")
    # by the name's cell: later steps name it as what they come after
    steps = page.locator(".o_field_widget[name=step_ids] .o_data_row td[name=name]")
    steps.filter(has_text="Your first offer sent").click()
    page.wait_for_selector(".modal .o_field_domain_panel button:has-text('Edit Domain')")
    assert not page.locator(".modal .o_field_domain_panel .text-warning").count(), (
        "whoever may not read offers writes the filter of a step all the same"
    )
    page.locator(".modal .btn-close").click()
    with region.env() as env:
        staff = env.ref("dealer_network.staff_rivage_sales2").id
    page = screen.record("dealer.staff", staff)
    page.locator(".o_work_guide_toggle").click()
    page.wait_for_selector(".o_work_guide_panel .o_work_guide_edit")
    screen.shot("methodologist_guide_panel")
    page.locator(".o_work_guide_edit").click()
    tour = page.locator("#o_work_guide_tours option[value=work_guide_staff]")
    tour.wait_for(state="attached")
    page.locator(".o_work_guide_panel .btn-close").click()
    screen.open("/odoo/guides", ".o_list_view .o_data_row")
    screen.shot("methodologist_guides")
    assert not screen.errors


def test_a_guide_is_read_beside_the_deal_and_its_tour_shows_the_way(sign_in, region):
    with region.env() as env:
        deal_id = env.ref("deal_process.deal_dairy_air").id
    screen = sign_in(SELLER)
    asked = []
    screen.page.on("request", lambda request: asked.append(request.url))
    page = screen.record("crm.lead", deal_id)
    page.wait_for_selector(".o_form_view .o_deal_next_step")
    assert not [url for url in asked if "work.guide" in url], "a closed panel asks for nothing"
    page.locator(".o_work_guide_toggle").click()
    page.wait_for_selector(".o_work_guide_panel .o_work_guide_text")
    assert [url for url in asked if "work.guide/panel" in url]
    screen.shot("newcomer_guide_panel")
    page.locator(".o_work_guide_tour").click()
    for step in (".o_notebook a[name=dossier]", ".o_deal_next_step"):
        page.wait_for_selector(".o_tour_pointer")
        page.locator(step).click()
    page.wait_for_selector(".o_tour_pointer", state="detached")
    assert not page.locator(".o_work_guide_panel").count()
    page.reload()
    page.wait_for_selector(".o_form_view .o_form_sheet")
    page.wait_for_timeout(1000)
    assert not page.locator(".o_tour_pointer").count(), "no tour of stock follows"
    assert not screen.errors
