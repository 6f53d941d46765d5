import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("dealer_tier_board", {
    steps: () => [
        {
            trigger: ".o_searchview_input",
            run: "fill T-A",
        },
        {
            trigger: ".o_searchview_autocomplete .o-dropdown-item:contains(Code)",
            run: "click",
        },
        {
            content: "The card of the dealer carries its tier",
            trigger: ".o_kanban_record:contains(Dealer A) .badge:contains(Silver)",
        },
        {
            trigger: ".o_kanban_record:contains(Dealer A):not(:contains(Sub)) .fw-bold",
            run: "click",
        },
        {
            trigger: "a[name=tier]",
            run: "click",
        },
        { trigger: ".o_field_widget[name=tier_result_ids] td:contains(Two outlets)" },
        {
            trigger: ".o_cp_action_menus button:has(.fa-cog)",
            run: "click",
        },
        {
            trigger: ".o-dropdown-item:contains(Set the tier by hand)",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=tier_id] input",
            run: "edit Gold",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Gold)",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit Rebuilding after a fire",
        },
        {
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            trigger: ".o_form_view .badge:contains(by hand)",
        },
        {
            trigger: "[data-menu-xmlid='dealer_tier.menu_tier']",
            run: "click",
        },
        {
            trigger: "[data-menu-xmlid='dealer_tier.menu_tiers']",
            run: "click",
        },
        {
            trigger: ".o_switch_view.o_kanban",
            run: "click",
        },
        { trigger: ".o_kanban_record:contains(Gold)" },
        {
            trigger: ".o_switch_view.o_list",
            run: "click",
        },
        {
            trigger: ".o_data_row:contains(Gold) td[name=name]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=rule_ids] td:contains(Two outlets)",
            run: "click",
        },
        { trigger: ".modal .o_field_widget[name=threshold]" },
    ],
});
