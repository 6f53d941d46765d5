import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const SELLERS_COLUMN = ".o_kanban_group:has(.o_column_title:contains(Tour Seller))";

tours.add("inquiry_desk_triage", {
    steps: () => [
        {
            content: "The oldest comes first, with its suggestion",
            trigger: ".o_data_row:first:contains(Tour pump):contains(Tour Seller)",
        },
        {
            content: "Put the cursor on the row",
            trigger: ".o_data_row:contains(Tour pump) .o_data_cell[name=age_hours]",
            run() {
                this.anchor.focus();
            },
        },
        {
            content: "One key assigns",
            trigger: ".o_data_row:contains(Tour pump) .o_data_cell[name=age_hours]",
            run: "press a",
        },
        { trigger: ".o_list_view:not(:has(.o_data_row:contains(Tour pump)))" },
        {
            content: "The board, to drag",
            trigger: "[data-menu-xmlid='inquiry_desk.menu_board']",
            run: "click",
        },
        { trigger: `${SELLERS_COLUMN} .o_kanban_record:contains(Tour pump)` },
        {
            trigger: ".o_kanban_record:contains(Tour valve)",
            run: `drag_and_drop ${SELLERS_COLUMN} .o_kanban_record:contains(Tour pump)`,
        },
        { trigger: `${SELLERS_COLUMN} .o_kanban_record:contains(Tour valve)` },
        {
            content: "The card is saved: on a board that was read anew it is there still",
            trigger: "[data-menu-xmlid='inquiry_desk.menu_triage']",
            run: "click",
        },
        { trigger: ".o_list_view .o_data_row:contains(Tour motor)" },
        {
            trigger: "[data-menu-xmlid='inquiry_desk.menu_board']",
            run: "click",
        },
        { trigger: `${SELLERS_COLUMN} .o_kanban_record:contains(Tour valve)` },
    ],
});

tours.add("inquiry_desk_template", {
    steps: () => [
        {
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=name] input",
            run: "edit Tour form",
        },
        {
            trigger: ".o_field_widget[name=body_pattern] input",
            run: "edit ^Tour form",
        },
        {
            trigger: ".o_field_widget[name=line_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=line_ids] .o_field_widget[name=field] .o_select_menu_toggler, .o_field_widget[name=line_ids] .o_field_widget[name=field] input, .o_field_widget[name=line_ids] .o_field_widget[name=field] select",
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains(Telephone)",
            run: "click",
        },
        {
            // a menu left before it has closed takes its choice back
            content: "The choice is there",
            trigger:
                "body:not(:has(.o_select_menu_menu)) .o_field_widget[name=line_ids] .o_field_widget[name=field] input:value(Telephone)",
        },
        {
            trigger: ".o_field_widget[name=line_ids] .o_field_widget[name=labels] input",
            run: "edit Numéro; Phone number",
        },
        {
            content: "Paste a mail",
            trigger: ".o_field_widget[name=sample] textarea",
            run: ({ edit }) => edit("Tour form\nNuméro: 02 40 00 00 77"),
        },
        {
            content: "Leave the field",
            trigger: ".o_field_widget[name=name] input",
            run: "click",
        },
        {
            trigger:
                ".o_inquiry_preview:contains(02 40 00 00 77), .o_inquiry_preview:contains(+33240000077)",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        { trigger: ".o_form_saved" },
    ],
});

tours.add("inquiry_desk_to_sort", {
    steps: () => [
        {
            trigger: ".o_data_row:contains(Tour riddle) .o_data_cell[name=subject]",
            run: "click",
        },
        { trigger: ".o_inquiry_reason" },
        { trigger: "button[name=action_original]" },
        {
            trigger: ".o_field_widget[name=phone] input",
            run: "edit 02 40 00 00 88",
        },
        {
            trigger: "button[name=action_take_as_read]",
            run: "click",
        },
        { trigger: "button[name=action_lead]" },
        { trigger: ".o_arrow_button_current:contains(To assign)" },
    ],
});

tours.add("inquiry_desk_cockpit", {
    steps: () => [
        { trigger: ".o_inquiry_total:contains(4)" },
        { trigger: ".o_inquiry_channels:contains(Chat of the tour)" },
        { trigger: ".o_inquiry_hours td:contains(Chat of the tour)" },
        {
            trigger: ".btn:contains(30 days)",
            run: "click",
        },
        { trigger: ".btn.active:contains(30 days)" },
        {
            trigger: ".o_inquiry_unanswered",
            run: "click",
        },
        { trigger: ".o_list_view .o_data_row:contains(Tour valve)" },
    ],
});
