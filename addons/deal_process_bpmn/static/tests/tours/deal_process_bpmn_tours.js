import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("deal_process_bpmn", {
    steps: () => [
        {
            trigger: ".o_notebook_headers [name=bpmn]",
            run: "click",
        },
        {
            content: "Read without a warning, all stages painted",
            trigger: ".o_deal_bpmn_canvas[data-warnings='0'] svg [data-element-id=stage_selection]",
        },
        {
            trigger:
                ".o_deal_bpmn_canvas svg [data-element-id=flow_needed_certification_after_certification]",
        },
        {
            content: "The mark of the viewer's makers stays",
            trigger: ".o_deal_bpmn_canvas .bjs-powered-by",
        },
    ],
});
