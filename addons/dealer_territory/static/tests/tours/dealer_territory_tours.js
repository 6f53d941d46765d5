import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("dealer_territory_find", {
    steps: () => [
        {
            content: "Draw a territory",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=name] input",
            run: "edit South shore",
        },
        {
            trigger: ".o_field_widget[name=code] input",
            run: "edit STH-TOUR",
        },
        {
            trigger: ".o_field_widget[name=country_id] input",
            run: "edit Canada",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Canada)",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=zip_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=zip_from] input",
            run: "edit J4A",
        },
        {
            trigger: ".o_field_widget[name=zip_to] input",
            run: "edit J4Z",
        },
        {
            trigger: "a[name=assignments]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=assignment_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=assignment_ids] .o_field_widget[name=dealer_id] input",
            run: "edit T-A",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Dealer A):not(:contains(Sub))",
            run: "click",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        { trigger: ".o_form_saved" },
        {
            content: "Ask who serves an address",
            trigger: "[data-menu-xmlid='dealer_territory.menu_territory']",
            run: "click",
        },
        {
            trigger: "[data-menu-xmlid='dealer_territory.menu_find']",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=country_id] input",
            run: "edit Canada",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Canada)",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=zip] input",
            run: "edit j4b2a1 && press Tab",
        },
        {
            content: "The answer stands there before anything is saved",
            trigger: ".modal .alert-success:contains(Dealer A)",
        },
        { trigger: ".modal .o_field_widget[name=assignment_ids] td:contains(South shore)" },
        {
            trigger: ".modal button[name=action_open_dealer]",
            run: "click",
        },
        { trigger: ".o_form_view .o_field_widget[name=code]:contains(T-A)" },
    ],
});
