import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("dealer_tenant_isolation_check", {
    steps: () => [
        {
            content: "the principal checks its own dealer",
            trigger: "button[name=action_check_isolation]",
            run: "click",
        },
        {
            content: "the result says in a sentence that nothing got through",
            trigger: ".alert-success .o_isolation_headline:contains(got nothing)",
        },
        {
            content: "and kind by kind, with a tick at every door",
            trigger: ".o_field_widget[name=line_ids] .o_data_row .o_data_cell:contains(✓)",
        },
    ],
});
