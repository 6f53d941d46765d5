import { delay } from "@odoo/hoot-dom";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

/** Answer all questions of the exam's only page. */
function answers(value) {
    return {
        content: `Answer: ${value}`,
        trigger: "div.js_question-wrapper:contains(Question 0)",
        run() {
            for (const label of document.querySelectorAll("div.js_question-wrapper label")) {
                if (label.textContent.includes(value)) {
                    label.click();
                }
            }
        },
    };
}

const item = (text) => ({
    content: `Today asks for ${text}`,
    trigger: `.o_today_item:contains(${text})`,
    run: "click",
});

const sit = (value) => [
    { trigger: "button.btn:contains(Start):not(.disabled)", run: "click" },
    answers(value),
    { trigger: "button[value=finish]:not(.disabled)", run: "click" },
    { trigger: ".modal .modal-footer .btn-primary", run: "click" },
];

registry.category("web_tour.tours").add("dealer_onboarding_newcomer", {
    steps: () => [
        { trigger: ".o_today_path:contains(Test path)" },
        item("Talk"),
        { trigger: ".o_form_view button[name=action_done]:visible", run: "click" },
        { trigger: ".o_arrow_button_current:contains(Waits for the mentor)" },
        {
            content: "Back to Today",
            trigger: ".o_menu_sections [data-menu-xmlid='dealer_onboarding.menu_today']",
            run: "click",
        },
        { trigger: ".o_today_asked:contains(Talk)" },
        {
            content: "The course opens in a window of its own; here it is opened in this one",
            trigger: ".o_today_item:contains(Read the course)",
            async run() {
                const kwargs = { model: "dealer.today", method: "load", args: [], kwargs: {} };
                const today = await rpc("/web/dataset/call_kw/dealer.today/load", kwargs);
                const course = today.items.find((line) => line.title === "Read the course");
                const action = await rpc(`/web/dataset/call_kw/${course.model}/action_open`, {
                    model: course.model,
                    method: "action_open",
                    args: [[course.id]],
                    kwargs: {},
                });
                window.location = action.url;
            },
            expectUnloadPage: true,
        },
        {
            trigger: ".o_wslides_slides_list_slide a:contains(Only page), a:contains(Only page)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Reading to the end completes the page",
            trigger:
                ".o_wslides_fs_sidebar .o_wslides_button_complete[data-completed='true'], .o_wslides_slide_completed, .o_wslides_sidebar_done_button:has(.fa-check-circle)",
        },
        {
            trigger: "body",
            run() {
                window.location = "/odoo/today";
            },
            expectUnloadPage: true,
        },
        { trigger: ".o_today_item:contains(Sit the exam)", run: "click", expectUnloadPage: true },
        ...sit("Wrong"),
        { trigger: ".o_survey_finished" },
        {
            trigger: "body",
            run() {
                window.location = "/odoo/today";
            },
            expectUnloadPage: true,
        },
        { trigger: ".o_today_item:contains(Sit the exam)", run: "click", expectUnloadPage: true },
        ...sit("Right"),
        { trigger: ".o_survey_finished" },
        {
            trigger: "body",
            run() {
                window.location = "/odoo/today";
            },
            expectUnloadPage: true,
        },
        {
            content: "Now practice is asked",
            trigger: ".o_today_item:contains(Two contacts)",
        },
        { trigger: ".o_dealer_today_page:not(:contains(Sit the exam))" },
    ],
});

registry.category("web_tour.tours").add("dealer_onboarding_mentor_signs", {
    steps: () => [
        { trigger: ".o_kanban_record:contains(t_newcomer)", run: "click" },
        {
            trigger: ".o_form_view .o_data_row:contains(Talk) button[name=action_sign]",
            run: "click",
        },
        { trigger: ".o_form_view .o_data_row:contains(Talk):contains(Done)" },
    ],
});

let late;

/** The next answer of the measures comes two seconds later than it would. */
function delayMeasures() {
    const ask = rpc._rpc;
    late = new Promise((resolve) => {
        rpc._rpc = async (url, ...rest) => {
            const isNext = url.includes("dealer.onboarding.measure");
            rpc._rpc = isNext ? ask : rpc._rpc;
            const answer = await ask(url, ...rest);
            if (isNext) {
                await delay(2000);
                setTimeout(resolve, 200);
            }
            return answer;
        };
    });
}

function chooseDealer(name) {
    const select = document.querySelector(".o_measure_dealer");
    select.value = [...select.options].find((option) => option.text === name).value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
}

registry.category("web_tour.tours").add("dealer_onboarding_late", {
    steps: () => [
        {
            trigger: ".o_measure_dealer:has(option:contains(Dealer B))",
            run() {
                delayMeasures();
                chooseDealer("Dealer A");
                chooseDealer("Dealer B");
            },
        },
        { trigger: "h2:contains(Dealer B)", run: () => late },
        {
            content: "The answer that came late changed nothing",
            trigger: "h2:contains(Dealer B)",
        },
    ],
});

registry.category("web_tour.tours").add("dealer_onboarding_compose", {
    steps: () => [
        { trigger: ".o-kanban-button-new", run: "click" },
        { trigger: ".o_field_widget[name=name] input", run: "edit Composed in a tour" },
        { trigger: ".o_field_widget[name=role_ids] input", run: "edit Champion" },
        { trigger: ".ui-menu-item > a:contains(Champion)", run: "click" },
        { trigger: ".o_field_widget[name=days_target] input", run: "edit 7" },
        { trigger: ".o_field_x2many_list_row_add a", run: "click" },
        { trigger: ".modal .o_field_widget[name=name] input", run: "edit Meet the mentor" },
        { trigger: ".modal .o_field_widget[name=kind] label:contains(Talk)", run: "click" },
        {
            trigger: ".modal .o_form_button_save_new, .modal button:contains(Save & New)",
            run: "click",
        },
        {
            content: "The first step is in the list behind, the form is empty again",
            trigger: ".o_data_row:contains(Meet the mentor)",
        },
        { trigger: ".modal .o_field_widget[name=name] input", run: "edit Three contacts" },
        { trigger: ".modal .o_field_widget[name=kind] label:contains(Practice)", run: "click" },
        {
            trigger: ".modal .o_field_widget[name=practice_kind_id] input",
            run: "edit Contact",
        },
        {
            trigger:
                ".modal .o_field_widget[name=practice_kind_id] .ui-menu-item > a:contains(Contact)",
            run: "click",
        },
        { trigger: ".modal .o_field_widget[name=practice_count] input", run: "edit 3" },
        { trigger: ".modal .o_field_widget[name=practice_domain]" },
        { trigger: ".modal .o_form_button_save", run: "click" },
        { trigger: ".o_data_row:contains(Three contacts)" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved, .o_form_view:not(.o_form_dirty)" },
        { trigger: ".o_breadcrumb:contains(Composed in a tour)" },
    ],
});
