import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { KanbanRenderer } from "@web/views/kanban/kanban_renderer";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { ListRenderer } from "@web/views/list/list_renderer";
import { listView } from "@web/views/list/list_view";

/** The steps to the first dealer, above the dealers until all are done. */
export class SetupPanel extends Component {
    static template = "dealer_network.SetupPanel";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ closed: true, steps: [] });
        onWillStart(async () => {
            Object.assign(
                this.state,
                await this.orm.call("dealer.network.screen", "get_setup", [])
            );
        });
    }

    get next() {
        return this.state.steps.find((step) => !step.done);
    }

    start(step) {
        return this.action.doAction(step.action);
    }

    async close() {
        this.state.closed = true;
        await this.orm.call("dealer.network.screen", "close_setup", []);
    }
}

export class DealerKanbanRenderer extends KanbanRenderer {
    static template = "dealer_network.KanbanRenderer";
    static components = { ...KanbanRenderer.components, SetupPanel };
}

export class DealerListRenderer extends ListRenderer {
    static template = "dealer_network.ListRenderer";
    static components = { ...ListRenderer.components, SetupPanel };
}

registry.category("views").add("dealer_network_kanban", {
    ...kanbanView,
    Renderer: DealerKanbanRenderer,
});
registry.category("views").add("dealer_network_list", {
    ...listView,
    Renderer: DealerListRenderer,
});
