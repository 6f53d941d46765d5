import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("dealer_network_tree", {
    steps: () => [
        {
            content: "The first level is there, its only dealer unfolded",
            trigger: ".o_dealer_tree_node:contains(Test Importer) .o_dealer_tree_name",
        },
        {
            content: "Unfold the importer when other dealers stand beside it",
            trigger: ".o_dealer_tree_line:contains(Test Importer) .o_dealer_tree_toggle:has(.fa)",
            run() {
                if (this.anchor.querySelector(".fa-caret-right")) {
                    this.anchor.click();
                }
            },
        },
        {
            content: "Unfold dealer A: its sub-dealer is asked for now",
            trigger: ".o_dealer_tree_line:contains(T-A):contains(Dealer A) .o_dealer_tree_toggle",
            run: "click",
        },
        { trigger: ".o_dealer_tree_name:contains(Sub-dealer of A)" },
        {
            content: "Search brings the found one with what is above it",
            trigger: ".o_dealer_tree_search",
            run: "edit T-B",
        },
        {
            trigger:
                ".o_dealer_tree:not(:contains(Sub-dealer of A)) .bg-warning-subtle:contains(Dealer B)",
        },
        {
            trigger: ".o_dealer_tree_name:contains(Dealer B)",
            run: "click",
        },
        {
            content: "The dealer opens",
            trigger: ".o_form_view .o_field_widget[name=code]:contains(T-B)",
        },
        {
            trigger: ".o_statusbar_status button[data-value=active].o_arrow_button_current",
        },
        {
            trigger: "button:contains(Suspend)",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit Unpaid invoices",
        },
        {
            trigger: ".modal footer button:contains(Suspend)",
            run: "click",
        },
        { trigger: ".o_form_view .o_field_widget[name=state_reason]:contains(Unpaid invoices)" },
    ],
});

registry.category("web_tour.tours").add("dealer_network_map", {
    steps: () => [
        { trigger: ".o_dealer_map_land[d^=M]" },
        {
            content: "A state can be hidden",
            trigger: ".o_dealer_map_legend:contains(Active)",
            run: "click",
        },
        { trigger: ".o_dealer_map svg:not(:has(circle[data-code=T-A]))" },
        {
            trigger: ".o_dealer_map_legend:contains(Active)",
            run: "click",
        },
        {
            trigger: ".o_dealer_map_search",
            run: "edit dealer a",
        },
        { trigger: ".o_dealer_map svg:not(:has(circle[data-code=T-B]))" },
        {
            content: "Hovering tells what the point is",
            trigger: "circle[data-code=T-A]",
            run: "hover",
        },
        { trigger: ".o_dealer_map_card:contains(Dealer A):contains(Nantes)" },
        {
            trigger: "circle[data-code=T-A]",
            run: "click",
        },
        { trigger: ".o_form_view .o_field_widget[name=code]:contains(T-A)" },
    ],
});

registry.category("web_tour.tours").add("dealer_network_kanban", {
    steps: () => [
        {
            content: "The panel shows the next step",
            trigger: ".o_dealer_setup_step.btn-primary[data-step='dealer.outlet']",
        },
        { trigger: ".o_kanban_group:contains(Prospect)" },
        { trigger: ".o_kanban_group:contains(Active) .o_kanban_record:contains(Dealer A)" },
        {
            trigger: ".o_switch_view.o_list",
            run: "click",
        },
        { trigger: ".o_list_renderer .o_data_cell:contains(T-A1)" },
        {
            trigger: ".o_dealer_setup_close",
            run: "click",
        },
        { trigger: ".o_list_view:not(:has(.o_dealer_setup))" },
    ],
});

registry.category("web_tour.tours").add("dealer_network_release", {
    steps: () => [
        {
            trigger: ".o_data_row:contains(Stock levels) button[name=action_switch_on]",
            run: "click",
        },
        { trigger: ".o_data_row:contains(Stock levels) button[name=action_switch_off]" },
        {
            trigger: ".o_data_row:contains(Stock levels) .o_data_cell[name=purpose_id]",
            run: "click",
        },
        { trigger: ".o_form_view .alert-success:contains(The OEM may read this)" },
        {
            trigger: "button[name=action_switch_off]",
            run: "click",
        },
        { trigger: ".o_form_view .alert-secondary:contains(The OEM cannot read)" },
    ],
});
