import { registry } from "@web/core/registry";

const choose = (name, text) => [
    { trigger: `.modal .o_field_widget[name=${name}] input`, run: `edit ${text}` },
    {
        trigger: `.modal .o_field_widget[name=${name}] .ui-menu-item > a:contains(${text})`,
        run: "click",
    },
];

registry.category("web_tour.tours").add("dealer_onboarding_hire", {
    steps: () => [
        { trigger: ".o_menu_sections button:contains(People)", run: "click" },
        { trigger: ".dropdown-item:contains(/^Hire$/)", run: "click" },
        { trigger: ".modal .o_field_widget[name=name] input", run: "edit Nora Newcomer" },
        { trigger: ".modal .o_field_widget[name=email] input", run: "edit nora@a.example" },
        ...choose("role_id", "Marketer"),
        {
            content: "The path of the role and the plan of the first day are there",
            trigger: ".modal .o_field_widget[name=path_ids]:contains(Test path)",
        },
        { trigger: ".modal .o_field_widget[name=plan]" },
        ...choose("mentor_id", "t_seller_a"),
        { trigger: ".modal button[name=action_hire]", run: "click" },
        {
            content: "The plan opens",
            trigger: ".o_form_view .o_field_widget[name=task_ids]:contains(Talk)",
        },
        { trigger: ".o_form_view .o_field_widget[name=mentor_id] input:value(t_seller_a)" },
    ],
});
