import { registry } from "@web/core/registry";

const answer = (criterion) => `.o_field_widget[name=answer_ids] .o_data_row:contains(${criterion})`;

registry.category("web_tour.tours").add("equipment_offer_selection", {
    steps: () => [
        {
            content: "What is wanted, in a few words",
            trigger: ".o_field_widget[name=title] input",
            run: "edit Tour: whey line",
        },
        {
            trigger: ".o_field_widget[name=partner_id] input",
            run: "edit Dairy",
        },
        {
            trigger: ".o-autocomplete--dropdown-item > a:contains(Dairy)",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=type_id] input",
            run: "edit Pump",
        },
        {
            trigger: ".o-autocomplete--dropdown-item > a:contains(/^Pump$/)",
            run: "click",
        },
        {
            content: "The questions of the type appear",
            trigger: answer("Flow"),
        },
        {
            trigger: `${answer("Flow")} td[name=figure]`,
            run: "click",
        },
        {
            content: "The customer speaks of litres per second",
            trigger: ".o_field_widget[name=answer_ids] .o_selected_row [name=figure] input",
            run: "edit 9 l/s && click .o_form_sheet",
        },
        {
            content: "It is understood",
            trigger: `${answer("Flow")} td[name=understood]:contains(32.4)`,
        },
        {
            trigger: "button[name=action_compare]:contains(Compare products)",
            run: "click",
        },
        {
            content: "The small pump fits, with its reasons and what is in stock",
            trigger:
                ".o_kanban_record:contains(Small pump):contains(Fits):contains(Flow):contains(free in stock)",
        },
        {
            trigger:
                ".o_kanban_record:contains(Small pump) button[name=action_choose]:contains(Choose)",
            run: "click",
        },
        {
            trigger: ".o_kanban_record:contains(Small pump) button:contains(Chosen)",
        },
        {
            trigger: "button[name=action_make_quotation]",
            run: "click",
        },
        {
            content: "The quotation has the pump",
            trigger: ".o_sale_order .o_data_row:contains(Small pump)",
        },
        {
            trigger: ".o_sale_order .nav-link[name=offer]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=offer_title] input",
            run: "edit Pumps of the tour",
        },
        {
            trigger: "button[name=action_send_offer].btn-primary",
            run: "click",
        },
        {
            content: "The offer is attached",
            trigger: ".modal .o_field_widget[name=attachment_ids] :contains(Commercial offer)",
        },
        {
            trigger: ".modal button[name=action_send_mail]",
            run: "click",
        },
        {
            content: "It is sent, and to whom stands in the list",
            trigger:
                ".o_field_widget[name=offer_sending_ids] .o_data_row:contains(anna@dairy.example)",
        },
    ],
});
