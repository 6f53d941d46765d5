"""Walk through what the guides say of onboarding, as each role, and take their pictures."""


def test_principal_reads_the_matrix_and_the_paths(sign_in):
    screen = sign_in("principal@rivage.example")
    page = screen.open("/odoo/competence-matrix", ".o_matrix_table .o_matrix_row")
    assert page.locator(".o_matrix_row").count() >= 6
    assert page.locator(".o_matrix_held").count() and page.locator(".o_matrix_gap").count()
    assert "Taiga" not in page.locator(".o_action_manager").inner_text()
    screen.shot("principal_competence_matrix")
    screen.open("/odoo/learners", ".o_kanban_view .o_kanban_record")
    screen.shot("principal_learners")
    screen.open("/odoo/onboarding-measures", ".o_measure_row")
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


def test_methodologist_composes_paths_and_guides(sign_in):
    screen = sign_in("methodologist@aquila.example")
    page = screen.open("/odoo/learning-paths", ".o_kanban_view .o_kanban_record")
    page.locator(".o_kanban_record").first.click()
    page.wait_for_selector(".o_form_view .o_field_widget[name=step_ids] .o_data_row")
    screen.shot("methodologist_path")
    screen.open("/odoo/guides", ".o_list_view .o_data_row")
    screen.shot("methodologist_guides")
    assert not screen.errors
