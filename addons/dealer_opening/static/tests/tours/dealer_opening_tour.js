import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("dealer_opening_tour", {
    url: "/odoo/action-dealer_network.dealer_dealer_action?view_type=list",
    steps: () => [
        { trigger: ".o_searchview_input", run: "edit T-TOUR" },
        { trigger: ".o_searchview_autocomplete .o-dropdown-item:first", run: "click" },
        {
            trigger:
                ".o_kanban_record:contains(Tour Dealer), .o_data_row:contains(Tour Dealer) .o_data_cell:first",
            run: "click",
        },
        { trigger: "button[name=action_candidate]", run: "click" },
        {
            content: "the opening has begun",
            trigger: "button[name=action_view_opening]",
            run: "click",
        },
        {
            content: "tick the first milestone off",
            trigger: ".o_data_row:contains(Contract) button[name=action_done]",
            run: "click",
        },
        { trigger: ".o_data_row:contains(Contract) .badge:contains(Done)" },
        {
            trigger: ".o_statusbar_buttons button:contains(Activate all the same)",
            run: "click",
        },
        {
            content: "what is still open is listed",
            trigger: ".modal .o_data_row:contains(People)",
        },
        {
            trigger: ".modal .o_field_widget[name=reason] textarea",
            run: "edit The fair opens tomorrow",
        },
        { trigger: ".modal button[name=action_activate]", run: "click" },
        { trigger: ".o_form_view .alert-info:contains(The fair opens tomorrow)" },
    ],
});
