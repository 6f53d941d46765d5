import { registry } from "@web/core/registry";

const mark = (row) => [
    {
        trigger: `.o_field_widget[name=answer_ids] .o_data_row:eq(${row}) .o_data_cell[name=mark]`,
        run: "click",
    },
    {
        // only the row that is edited has an input: not the one before it, which may linger
        trigger: `.o_field_widget[name=answer_ids] .o_data_row:eq(${row}) .o_field_widget[name=mark] input`,
        run: "click",
    },
    {
        trigger: ".o_select_menu_item:contains(Good), .dropdown-item:contains(Good)",
        run: "click",
    },
    {
        content: "The mark is there",
        trigger: `.o_field_widget[name=answer_ids] .o_data_row:eq(${row}) .o_data_cell[name=mark]:has(input:value(Good)), .o_field_widget[name=answer_ids] .o_data_row:eq(${row}) .o_data_cell[name=mark]:contains(Good)`,
    },
];

registry.category("web_tour.tours").add("deal_process_quality", {
    steps: () => [
        {
            content: "What to say first",
            trigger: ".alert:contains(I am head of sales)",
        },
        ...[0, 1, 2, 3].flatMap(mark),
        {
            trigger: "button[name=action_done]",
            run: "click",
        },
        {
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(Done)",
        },
    ],
});
