import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("service_offer_to_contract", {
    steps: () => [
        {
            content: "The offer that waits",
            trigger: ".o_kanban_record:contains(Customer of A)",
            run: "click",
        },
        {
            trigger: "button[name=action_accept]",
            run: "click",
        },
        {
            content: "The contract is drafted with plan and machine",
            trigger: ".o_field_widget[name=unit_ids] .o_data_row:contains(V-1)",
        },
        {
            trigger: "button[name=action_activate]",
            run: "click",
        },
        {
            content: "It has a number, and visits",
            trigger: ".o_field_widget[name=name]:contains(MC-)",
        },
        {
            trigger: "button[name=action_view_visits]",
            run: "click",
        },
        {
            content: "The first visit is planned",
            trigger: ".o_list_view .o_data_row:contains(V-1):contains(Planned)",
        },
    ],
});

tours.add("service_offer_refused", {
    steps: () => [
        {
            trigger: ".o_kanban_record:contains(Customer of A)",
            run: "click",
        },
        {
            trigger: "button[name=action_ask_refusal]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=refusal_reason_id] label:contains(Own staff)",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=refusal_note] input",
            run: "edit We do it ourselves",
        },
        {
            trigger: ".modal button[name=action_refuse]",
            run: "click",
        },
        {
            trigger:
                "body:not(:has(.modal)) .o_field_widget[name=refusal_reason_id]:contains(Own staff)",
        },
    ],
});
