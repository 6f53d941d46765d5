import { registry } from "@web/core/registry";

const archive = [
    { trigger: ".o_cp_action_menus .dropdown-toggle", run: "click" },
    { trigger: ".o-dropdown-item:contains(Archive), .o_menu_item:contains(Archive)", run: "click" },
    { trigger: ".modal .modal-footer .btn-primary", run: "click" },
];

registry.category("web_tour.tours").add("guard_rail_ask", {
    steps: () => [
        ...archive,
        {
            content: "Stopped, with the reason and the way on",
            trigger: ".modal:contains(Writes offers) button:contains(Ask for a confirmation)",
            run: "click",
        },
        { trigger: ".modal .o_field_widget[name=note] input", run: "edit He closed down" },
        { trigger: ".modal button[name=action_ask]", run: "click" },
        { trigger: ".o_notification:contains(colleagues)" },
        { trigger: "body:not(:has(.modal))" },
    ],
});

registry.category("web_tour.tours").add("guard_rail_confirm", {
    steps: () => [
        { trigger: ".o_data_row:contains(Customer) td[name=what]", run: "click" },
        {
            content: "What it changes is shown",
            trigger: ".o_guard_rail_difference tr:contains(Active) strong:contains(False)",
        },
        { trigger: "button[name=action_confirm]", run: "click" },
        { trigger: ".o_arrow_button_current:contains(Confirmed)" },
    ],
});

registry.category("web_tour.tours").add("guard_rail_undo", {
    steps: () => [
        ...archive,
        { trigger: ".o_form_view .ribbon:contains(Archived)" },
        { trigger: ".o_cp_action_menus .dropdown-toggle", run: "click" },
        { trigger: ".o_guard_rail_undo", run: "click" },
        { trigger: ".o_notification:contains(Undone)" },
        { trigger: ".o_form_view:not(:has(.ribbon:contains(Archived)))" },
    ],
});
