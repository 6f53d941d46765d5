import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { session } from "@web/session";
import { useService } from "@web/core/utils/hooks";

/** Takes back the user's last change of the record, for a day. */
export class UndoMenuItem extends Component {
    static template = "guard_rail.UndoMenuItem";
    static components = { DropdownItem };
    static props = {};

    setup() {
        // the menu closes on the click, and a service of a closed component answers no more
        this.orm = this.env.services.orm;
        this.notification = useService("notification");
        this.action = useService("action");
    }

    async undo() {
        const { root } = this.env.model;
        if (await root.isDirty()) {
            // a form that is read anew forgets what was typed
            this.notification.add(_t("Save or discard your changes first."), { type: "warning" });
            return;
        }
        const { resModel, resId } = root;
        const change = await this.orm.call("guard.undo", "last", [resModel, resId]);
        if (!change) {
            this.notification.add(_t("You have changed nothing here that can be undone."), {
                type: "info",
            });
            return;
        }
        await this.orm.call("guard.undo", "action_undo", [[change.id]]);
        await root.load();
        this.notification.add(_t("Undone: %s", change.text), { type: "success" });
    }
}

registry.category("cogMenu").add(
    "guard-rail-undo",
    {
        Component: UndoMenuItem,
        groupNumber: 5,
        isDisplayed: ({ config, model }) =>
            config.viewType === "form" &&
            Boolean(model?.root?.resId) &&
            (session.guard_undo_models || []).includes(model.root.resModel),
    },
    { sequence: 5 }
);
