import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("work_guide_inquiry_answer", {
    steps: () => [
        {
            trigger: ".o_form_view .o_notebook a[name=thread]",
            content: _t("What was said before about the same: read it first."),
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=deadline]",
            content: _t("Answer before this hour, if only to say when the full answer comes."),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_form_statusbar button[name=action_reply]",
            content: _t("Answer from here: the letter is kept and the clock stops."),
            tooltipPosition: "bottom",
            run: "click",
        },
    ],
});
