import { delay } from "@odoo/hoot-dom";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

const MANY2ONE = (name, text) => [
    { trigger: `.modal .o_field_widget[name=${name}] input`, run: `edit ${text}` },
    {
        trigger: `.modal .o_field_widget[name=${name}] .ui-menu-item > a:contains(${text})`,
        run: "click",
    },
];

registry.category("web_tour.tours").add("dealer_competence_matrix", {
    steps: () => [
        {
            content: "The seller lacks what the role asks",
            trigger: ".o_matrix_row:contains(t_seller_a) .o_matrix_gap",
        },
        {
            content: "Search keeps the line of one person",
            trigger: ".o_matrix_search",
            run: "edit t_seller",
        },
        { trigger: ".o_matrix_table:not(:has(.o_matrix_row:contains(t_principal_a)))" },
        { trigger: ".o_menu_sections button:contains(Competence)", run: "click" },
        { trigger: ".dropdown-item:contains(Sign off)", run: "click" },
        ...MANY2ONE("staff_id", "t_seller_a"),
        ...MANY2ONE("competence_id", "Writes offers"),
        {
            content: "What was seen",
            trigger: ".modal .o_field_widget[name=note] input",
            run: "edit Three offers without a correction",
        },
        { trigger: ".modal .o_field_widget[name=skill_level_id] input:value(Does it alone)" },
        { trigger: ".modal button[name=action_sign]", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        { trigger: ".o_menu_sections button:contains(Competence)", run: "click" },
        { trigger: ".dropdown-item:contains(Competence matrix)", run: "click" },
        {
            content: "The cell is green now",
            trigger: ".o_matrix_row:contains(t_seller_a) .o_matrix_held",
        },
    ],
});

/** Choose a dealer whose answer comes after that of the next. */
function chooseBoth(trigger, model, choose) {
    let late;
    return [
        {
            trigger,
            run() {
                const ask = rpc._rpc;
                late = new Promise((resolve) => {
                    rpc._rpc = async (url, ...rest) => {
                        rpc._rpc = url.includes(model) ? ask : rpc._rpc;
                        const answer = await ask(url, ...rest);
                        if (url.includes(model)) {
                            await delay(2000);
                            setTimeout(resolve, 200);
                        }
                        return answer;
                    };
                });
                choose("Dealer A");
                choose("Dealer B");
            },
        },
        { trigger: "h3:contains(Dealer B)", run: () => late },
    ];
}

registry.category("web_tour.tours").add("dealer_competence_late", {
    steps: () => [
        ...chooseBoth(
            ".o_matrix_row button:enabled:contains(Dealer B)",
            "dealer.competence.matrix",
            (name) =>
                [...document.querySelectorAll(".o_matrix_row button:enabled")]
                    .find((button) => button.textContent === name)
                    .click()
        ),
        {
            content: "The answer that came late changed nothing",
            trigger: "h3:contains(Dealer B)",
        },
        {
            content: "The last day is written as the user's language does",
            trigger:
                ".o_matrix_row:contains(t_seller_b) .o_matrix_cell[title*='2040']:not([title*='2040-12-31'])",
        },
        { trigger: ".o_matrix_back", run: "click" },
        {
            content: "All dealers again",
            trigger: ".o_matrix_row button:enabled:contains(Dealer A)",
        },
        { trigger: "body:not(:has(.o_matrix_back))" },
    ],
});

registry.category("web_tour.tours").add("dealer_competence_passport", {
    steps: () => [
        {
            content: "What I can do",
            trigger: ".o_form_view .o_field_widget[name=competence_ids]:contains(Writes offers)",
        },
        { trigger: "button[name=action_new_public_link]", run: "click" },
        {
            trigger: ".modal .o_field_widget[name=show_employer] input",
            run: "click",
        },
        { trigger: ".modal .o_form_button_save", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        { trigger: ".o_menu_sections button:contains(Competence)", run: "click" },
        { trigger: ".dropdown-item:contains(Who may see my passport)", run: "click" },
        { trigger: ".o_list_view .o_data_row td:contains(Public page)", run: "click" },
        {
            content: "The code to be shown",
            trigger: ".o_form_view .o_field_widget[name=qr_url] img[src*='/qr']",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=url]:contains(/passport/)",
        },
    ],
});
