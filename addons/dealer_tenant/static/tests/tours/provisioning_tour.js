import { registry } from "@web/core/registry";

const row = (name) => `.o_data_row:contains('${name}')`;

/** The OEM administrator selects two dealers in the list and provisions them. */
registry.category("web_tour.tours").add("dealer_provisioning_start", {
    steps: () => [
        {
            trigger: `${row("Tour Pumps")} .o_list_record_selector input`,
            run: "click",
        },
        {
            trigger: `${row("Tour Valves")} .o_list_record_selector input`,
            run: "click",
        },
        {
            content: "provision both at once",
            trigger: ".o_control_panel button[name='action_provision']",
            run: "click",
        },
        {
            content: "the progress screen shows that they wait for their job",
            trigger: `${row("Tour Pumps")} [name='provisioning_state']:contains('Waiting')`,
        },
        {
            trigger: `${row("Tour Valves")} [name='provisioning_state']:contains('Waiting')`,
        },
    ],
});

/** Later the jobs have run: one is done, the other says why it failed and can be repeated. */
registry.category("web_tour.tours").add("dealer_provisioning_end", {
    steps: () => [
        {
            trigger: `${row("Tour Pumps")} [name='provisioning_state']:contains('Done')`,
        },
        {
            content: "the failure is told in words",
            trigger: `${row("Tour Valves")}:contains('taken@tour.example')`,
        },
        {
            content: "and can be tried again",
            trigger: `${row("Tour Valves")} button[name='action_provision']`,
            run: "click",
        },
        {
            trigger: `${row("Tour Valves")} [name='provisioning_state']:contains('Waiting')`,
        },
    ],
});
