import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("work_guide_staff", {
    steps: () => [
        {
            trigger: ".o_form_view .o_field_widget[name=role_id]",
            content: _t("The role decides what the person may do, and which path begins."),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=date_start]",
            content: _t("The login is given on the first day."),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=date_end]",
            content: _t("The last day at work: access ends with it, the history stays."),
            tooltipPosition: "bottom",
            run: "click",
        },
    ],
});
