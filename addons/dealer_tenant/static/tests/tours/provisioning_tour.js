import { registry } from "@web/core/registry";

/** The OEM administrator selects dealers in the list, provisions them and sees them done. */
registry.category("web_tour.tours").add("dealer_provisioning", {
    url: "/odoo/provisioning",
    steps: () => [
        {
            content: "two dealers wait for their place of work",
            trigger: ".o_list_view .o_data_row:contains('Tour Pumps')",
        },
        {
            trigger: ".o_data_row:contains('Tour Pumps') .o_list_record_selector input",
            run: "click",
        },
        {
            trigger: ".o_data_row:contains('Tour Valves') .o_list_record_selector input",
            run: "click",
        },
        {
            content: "provision both at once",
            trigger: ".o_control_panel button[name='action_provision']",
            run: "click",
        },
        {
            content: "the progress screen shows the first one done",
            trigger:
                ".o_data_row:contains('Tour Pumps') [name='provisioning_state']:contains('Done')",
        },
        {
            content: "the other one says in words why it failed",
            trigger: ".o_data_row:contains('Tour Valves'):contains('taken@tour.example')",
        },
        {
            content: "and can be tried again",
            trigger: ".o_data_row:contains('Tour Valves') button[name='action_provision']",
        },
    ],
});
