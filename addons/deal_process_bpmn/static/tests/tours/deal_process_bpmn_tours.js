import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("deal_process_bpmn", {
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

tours.add("deal_process_bpmn_pager", {
    steps: () => [
        {
            trigger: ".o_data_row:first .o_data_cell",
            run: "click",
        },
        {
            trigger: ".o_notebook_headers [name=bpmn]",
            run: "click",
        },
        {
            trigger: ".o_deal_bpmn_canvas svg [data-element-id=stage_choosing]",
        },
        {
            content: "The next version has its own picture",
            trigger: ".o_pager_next",
            run: "click",
        },
        {
            trigger:
                ".o_deal_bpmn_canvas:not(:has([data-element-id=stage_choosing])) [data-element-id=stage_selection]",
        },
    ],
});
