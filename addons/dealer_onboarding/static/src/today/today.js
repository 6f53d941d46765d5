import { Component, onWillStart, status, useState } from "@odoo/owl";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { computeAppsAndMenuItems } from "@web/webclient/menus/menu_helpers";

/** What is asked of me today, five things at most, and the way to everything else. */
export class Today extends Component {
    static template = "dealer_onboarding.Today";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.menu = useService("menu");
        this.display = { controlPanel: {} };
        this.state = useState({ today: null });
        onWillStart(() => this.load());
    }

    async load() {
        this.state.today = await this.orm.call("dealer.today", "load", []);
    }

    /** The apps but this one, which is what the person sees already. */
    get apps() {
        const { apps } = computeAppsAndMenuItems(this.menu.getMenuAsTree("root"));
        return apps.filter((app) => app.xmlid !== "dealer_onboarding.menu_root");
    }

    /** A day as the user's language writes it. */
    day(text) {
        return formatDate(deserializeDate(text));
    }

    async open(item) {
        const action = await this.orm.call(item.model, item.method, [[item.id]]);
        if (action && action.type) {
            await this.action.doAction(action);
        }
        if (status(this) === "mounted") {
            await this.load();
        }
    }

    all() {
        return this.action.doAction("dealer_onboarding.dealer_learning_task_action");
    }
}

registry.category("actions").add("dealer_onboarding.today", Today);
