"""Walk through what the guide of fulfilment describes, and take its pictures."""


def test_salesperson_sees_where_the_goods_are(sign_in, region):
    with region.env() as env:
        deal = env.ref("deal_process.deal_store_spares").id
    screen = sign_in("sales.pumps@aquila.example")
    page = screen.record("crm.lead", deal)
    page.click(".nav-link[name=fulfilment]")
    page.wait_for_selector(".tab-pane.active .o_data_row:has-text('Missing')")
    page.locator(".tab-pane.active").scroll_into_view_if_needed()
    screen.shot("fulfilment_deal")
    assert not screen.errors


def test_planner_sees_what_customers_wait_for(sign_in):
    screen = sign_in("planner@aquila.example")
    page = screen.action("deal_fulfilment.deal_fulfilment_action", ".o_list_view .o_data_row")
    rows = page.locator(".o_list_view").inner_text()
    assert "From stock" in rows and "Manufactured" in rows and "Bought" in rows
    assert page.locator(".o_data_row.text-danger").count()
    screen.shot("fulfilment_planner")
    page.click(".o_switch_view.o_kanban")
    page.wait_for_selector(".o_kanban_record")
    screen.shot("fulfilment_planner_board")
    assert not screen.errors
