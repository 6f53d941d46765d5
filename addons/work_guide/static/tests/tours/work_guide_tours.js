import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("work_guide_edit", {
    steps: () => [
        { trigger: ".o_work_guide_toggle", run: "click" },
        { trigger: ".o_work_guide_panel:contains(People: begin)" },
        { trigger: ".o_work_guide_edit", run: "click" },
        { trigger: ".o_work_guide_method", run: "edit Written in a tour" },
        {
            content: "Clicking twice publishes once",
            trigger: ".o_work_guide_save",
            run() {
                this.anchor.click();
                this.anchor.click();
            },
        },
        { trigger: ".o_work_guide_text:contains(Written in a tour)" },
        { trigger: ".o_work_guide_helped:contains(Version 2)" },
        { trigger: ".o_work_guide_panel .btn-close", run: "click" },
        { trigger: "body:not(:has(.o_work_guide_panel))" },
    ],
});

registry.category("web_tour.tours").add("work_guide_read", {
    steps: () => [
        { trigger: ".o_work_guide_toggle", run: "click" },
        { trigger: ".o_work_guide_text:contains(Written in a tour)" },
        {
            content: "Dealers read, they do not edit",
            trigger: ".o_work_guide_panel:not(:has(.o_work_guide_edit))",
        },
        { trigger: ".o_work_guide_panel .form-check input:first", run: "click" },
        { trigger: ".o_work_guide_yes", run: "click" },
        { trigger: ".o_work_guide_yes.btn-success" },
        { trigger: ".o_work_guide_panel .btn-close", run: "click" },
        { trigger: "body:not(:has(.o_work_guide_panel))" },
    ],
});

registry.category("web_tour.tours").add("work_guide_page", {
    steps: () => [
        { trigger: ".o_data_row:contains(t_seller_a) .o_data_cell[name=name]", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=person_id]:contains(t_seller_a)" },
        { trigger: ".o_work_guide_toggle", run: "click" },
        { trigger: "#o_work_guide_0", run: "click" },
        { trigger: "#o_work_guide_0:checked" },
        { trigger: ".o_pager_next", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=person_id]:contains(t_principal_a)" },
        {
            content: "What was ticked for one is not ticked for the next",
            trigger: "#o_work_guide_0:not(:checked)",
        },
        { trigger: ".o_work_guide_panel .btn-close", run: "click" },
        { trigger: "body:not(:has(.o_work_guide_panel))" },
    ],
});

registry.category("web_tour.tours").add("work_guide_compose", {
    steps: () => [
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: ".o_field_widget[name=name] input", run: "edit Brands" },
        { trigger: ".o_field_widget[name=model_id] input", run: "edit Brand" },
        {
            trigger: ".o_field_widget[name=model_id] .ui-menu-item > a:contains(/^Brand$/)",
            run: "click",
        },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: "button[name=action_new_version]:enabled", run: "click" },
        { trigger: ".o_field_widget[name=method] textarea", run: "edit One line each" },
        { trigger: "button[name=action_publish]", run: "click" },
        { trigger: ".o_arrow_button_current:contains(In force)" },
    ],
});
