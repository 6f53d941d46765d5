import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

const openApp = (menu) => [
    stepUtils.showAppsMenuItem(),
    {
        trigger: '.o_app[data-menu-xmlid="dealer_network.menu_root"]',
        run: "click",
    },
    ...menu.map((xmlid) => ({
        trigger: `[data-menu-xmlid="${xmlid}"]`,
        run: "click",
    })),
];

registry.category("web_tour.tours").add("dealer_access_ask", {
    steps: () => [
        ...openApp(["dealer_access.menu_access", "dealer_access.menu_support_access"]),
        { trigger: ".o_kanban_view .o-kanban-button-new, .o_list_button_add", run: "click" },
        { trigger: ".o_field_widget[name=dealer_id] input", run: "edit Dealer A" },
        { trigger: ".o-autocomplete--dropdown-item:contains(Dealer A)", run: "click" },
        { trigger: ".o_field_widget[name=reason] textarea", run: "edit Order does not print" },
        { trigger: "button[name=action_request]", run: "click" },
        { trigger: ".o_statusbar_status button.o_arrow_button_current[data-value=requested]" },
    ],
});

registry.category("web_tour.tours").add("dealer_access_approve", {
    steps: () => [
        ...openApp(["dealer_access.menu_access", "dealer_access.menu_support_access"]),
        { trigger: ".o_kanban_record:contains(Order does not print)", run: "click" },
        { trigger: "button[name=action_approve]", run: "click" },
        { trigger: ".o_support_countdown:contains(01:59)" },
        { trigger: "button[name=action_end]", run: "click" },
        { trigger: ".o_statusbar_status button.o_arrow_button_current[data-value=ended]" },
    ],
});

registry.category("web_tour.tours").add("dealer_access_hire", {
    steps: () => [
        ...openApp(["dealer_network.menu_people", "dealer_access.menu_hire"]),
        { trigger: ".modal .o_field_widget[name=name] input", run: "edit Robin Tour" },
        { trigger: ".modal .o_field_widget[name=email] input", run: "edit robin@a.example" },
        { trigger: ".modal .o_field_widget[name=role_id] input", run: "edit Sales" },
        { trigger: ".modal .o-autocomplete--dropdown-item:contains(Sales)", run: "click" },
        { trigger: ".modal button[name=action_hire]", run: "click" },
        // whatever follows a hire: the job, or the plan that another add-on makes of it
        { trigger: "body:not(:has(.modal)) .o_form_view:contains(Robin Tour)" },
    ],
});
