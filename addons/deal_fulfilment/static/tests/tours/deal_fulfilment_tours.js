import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("deal_fulfilment_seller", {
    steps: () => [
        {
            content: "The goods of the deal",
            trigger: ".nav-link[name=fulfilment]",
            run: "click",
        },
        {
            content: "What is in stock is ready",
            trigger: ".o_data_row:contains(CP-40 in stock):contains(From stock):contains(Ready)",
        },
        {
            content: "What is made says by which order, and how far it is",
            trigger:
                ".o_data_row:contains(CP-80 made):contains(Manufactured):contains(/MO/):contains(Waiting)",
        },
        {
            content: "What nobody supplies is seen at once",
            trigger: ".o_data_row.text-danger:contains(Neither made nor bought)",
        },
        {
            content: "Promise another date",
            trigger: ".o_data_row:contains(CP-80 made) button[name=action_change_promise]",
            run: "click",
        },
        {
            trigger:
                ".modal .o_field_widget[name=promised_date] button, .modal .o_field_widget[name=promised_date] input",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=promised_date] input",
            run: "edit 11/30/2035 12:00:00",
        },
        {
            content: "Not without a reason",
            trigger: ".modal button[name=action_promise]",
            run: "click",
        },
        {
            trigger:
                ".modal .o_field_invalid[name=reason] input, .modal .o_field_invalid input[id^=reason]",
            run: "edit The foundation is not ready",
        },
        {
            trigger: ".modal button[name=action_promise]",
            run: "click",
        },
        { trigger: "body:not(:has(.modal))" },
        {
            content: "The history keeps it",
            trigger:
                ".o_field_widget[name=promise_change_ids] .o_data_row:contains(The foundation is not ready)",
        },
    ],
});

tours.add("deal_fulfilment_planner", {
    steps: () => [
        {
            content: "What is missing comes first to the planner's eye",
            trigger: ".o_data_row.text-danger:contains(Neither made nor bought)",
        },
        {
            content: "It has a bill of materials now: make it",
            trigger:
                ".o_data_row:contains(Neither made nor bought) button[name=action_supply_again]",
            run: "click",
        },
        {
            trigger: ".o_data_row:contains(Neither made nor bought):contains(Manufactured)",
        },
        {
            content: "Open what makes it",
            trigger:
                ".o_data_row:contains(Neither made nor bought) button[name=action_open_document]",
            run: "click",
        },
        {
            trigger:
                ".o_form_view .o_field_widget[name=product_id]:contains(Neither), .o_form_view .o_field_widget[name=product_id] input",
        },
    ],
});
