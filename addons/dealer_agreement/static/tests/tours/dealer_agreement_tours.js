import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("dealer_agreement_life", {
    steps: () => [
        {
            content: "The board shows the agreements by state",
            trigger: ".o_switch_view.o_kanban",
            run: "click",
        },
        { trigger: ".o_kanban_record:contains([T-A])" },
        {
            trigger: ".o_switch_view.o_calendar",
            run: "click",
        },
        {
            trigger: ".o_calendar_renderer",
        },
        {
            trigger: ".o_switch_view.o_list",
            run: "click",
        },
        {
            trigger: ".o_data_row td[name=dealer_id]:contains([T-A])",
            run: "click",
        },
        {
            trigger: "button[name=action_sign]:contains(Signed by both)",
            run: "click",
        },
        { trigger: ".o_statusbar_status button[data-value=running].o_arrow_button_current" },
        {
            content: "Authorise an outlet under the agreement",
            trigger: "button[name=action_view_authorisations]",
            run: "click",
        },
        {
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=outlet_id] input",
            run: "edit Main",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Main)",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=activity_id] input",
            run: "edit Service",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Service)",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=brand_id] input",
            run: "edit Test brand",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Test brand)",
            run: "click",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "What is missing stands there in plain words",
            trigger: ".o_field_widget[name=check_ids] td:contains(0 of 1 in the role)",
        },
        { trigger: ".o_statusbar_status button[data-value=missing].o_arrow_button_current" },
    ],
});

registry.category("web_tour.tours").add("dealer_agreement_condition", {
    steps: () => [
        {
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=name] input",
            run: "edit Two operations with work places",
        },
        {
            trigger: ".o_field_widget[name=kind] label:contains(Records)",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=model_name] .o_select_menu input",
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains(Operation at an Outlet)",
            run: "click",
        },
        {
            content: "The filter is made by clicks",
            trigger:
                ".o_field_widget[name=domain] .o_domain_selector, .o_field_widget[name=domain] .o_field_domain",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        { trigger: ".o_form_saved" },
    ],
});
