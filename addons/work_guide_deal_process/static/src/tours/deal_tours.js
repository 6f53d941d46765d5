import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

const needs = () => ({
    trigger: ".o_form_view .o_notebook a[name=needs]",
    content: _t("What is to be done, and with what: write the customer's needs here."),
    run: "click",
});
const dossier = () => ({
    trigger: ".o_form_view .o_notebook a[name=dossier]",
    content: _t("The dossier: every paper by stage, and which ones are still missing."),
    run: "click",
});
const nextStep = () => ({
    trigger: ".o_form_view .o_deal_next_step",
    content: _t("Here stands what the next stage still waits for. When it is green, go on."),
    tooltipPosition: "bottom",
    run: "click",
});

registry
    .category("web_tour.tours")
    .add("work_guide_deal_selection", { steps: () => [needs(), dossier(), nextStep()] })
    .add("work_guide_deal_stage", { steps: () => [dossier(), nextStep()] });
