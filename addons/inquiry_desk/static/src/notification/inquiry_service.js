import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

/**
 * Shows a popup for each inquiry that concerns the user, and tells the open lists that something changed.
 */
export const inquiryService = {
    dependencies: ["action", "bus_service", "notification"],

    start(env, { action, bus_service: bus, notification }) {
        const open = (id) =>
            action.doAction({
                type: "ir.actions.act_window",
                res_model: "crm.inquiry",
                res_id: id,
                views: [[false, "form"]],
            });
        bus.subscribe("inquiry_desk/inquiry", ({ id, event, title, message }) => {
            const close = notification.add(message, {
                title,
                type: event === "late" || event === "to_sort" ? "warning" : "info",
                sticky: event !== "assigned",
                className: "o_inquiry_notification",
                buttons: [
                    {
                        name: _t("Open"),
                        primary: true,
                        onClick: () => {
                            close();
                            open(id);
                        },
                    },
                ],
            });
            env.bus.trigger("INQUIRY:CHANGED", { id });
        });
        bus.start();
    },
};

registry.category("services").add("inquiry_desk", inquiryService);
