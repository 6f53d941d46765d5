import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("equipment_certification_life", {
    steps: () => [
        { trigger: ".o_kanban_view" },
        { trigger: ".o-kanban-button-new", run: "click" },
        { trigger: ".o_field_widget[name=product_tmpl_id] input", run: "edit Oven O-1" },
        { trigger: ".o-autocomplete--dropdown-item:contains(Oven O-1)", run: "click" },
        {
            content: "Scheme and body are proposed",
            trigger: ".o_field_widget[name=body_id] input:value(Heat laboratory)",
        },
        { trigger: ".o_field_widget[name=lot_ids] input", run: "edit O1-0001" },
        { trigger: ".o-autocomplete--dropdown-item:contains(O1-0001)", run: "click" },
        { trigger: ".o_field_widget[name=lot_ids] .o_tag:contains(O1-0001)" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: "button[name=action_submit]", run: "click" },
        { trigger: "button[name=action_start_tests]", run: "click" },
        { trigger: ".nav-link[name=tests]", run: "click" },
        { trigger: ".o_field_widget[name=test_ids] button[name=action_open]", run: "click" },
        {
            content: "The limits of the scheme stand beside the result",
            trigger: ".modal .o_field_widget[name=line_ids] td[name=limits]:contains(-2)",
        },
        { trigger: ".modal .o_data_row:contains(Deviation) td[name=value]", run: "click" },
        { trigger: ".modal .o_selected_row [name=value] input", run: "edit 1.2" },
        { trigger: ".modal .o_data_row:contains(Door) td[name=check]", run: "click" },
        { trigger: ".modal .o_selected_row [name=check] input", run: "click" },
        { trigger: ".o_select_menu_item:contains('In order')", run: "click" },
        {
            // a menu left before it has closed takes its choice back
            content: "The choice is there",
            trigger:
                "body:not(:has(.o_select_menu_menu)) .modal .o_selected_row [name=check] input:value('In order')",
        },
        { trigger: ".modal button[name=action_done]", run: "click" },
        { trigger: "button[name=action_create_certificate]", run: "click" },
        { trigger: ".o_field_widget[name=name] input", run: "edit H-TOUR-1" },
        {
            content: "The scan of the body",
            trigger: ".o_field_widget[name=file] .o_input_file:not(:visible)",
            run: async ({ anchor }) => {
                const file = new File(["%PDF-1.4 scan"], "certificate.pdf", {
                    type: "application/pdf",
                });
                const data = new DataTransfer();
                data.items.add(file);
                anchor.files = data.files;
                anchor.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        { trigger: ".o_field_widget[name=file] input:value(certificate.pdf)" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: "button[name=action_validate]", run: "click" },
        { trigger: ".o_statusbar_status button[data-value=valid].o_arrow_button_current" },
        { trigger: "button[name=action_open_verification]" },
    ],
});

registry.category("web_tour.tours").add("equipment_certification_gate", {
    steps: () => [
        {
            content: "The transfer warns before anybody packs",
            trigger: ".alert-warning:contains(O1-0002)",
        },
        { trigger: "button[name=button_validate]", run: "click" },
        {
            content: "The gate says which machine lacks which certificate",
            trigger: ".o_error_dialog:contains(O1-0002):contains(no certificate)",
        },
        { trigger: ".o_error_dialog .btn-primary", run: "click" },
        { trigger: "body:not(:has(.o_error_dialog))" },
    ],
});
