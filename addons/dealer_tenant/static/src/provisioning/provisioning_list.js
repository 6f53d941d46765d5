import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";
import { registry } from "@web/core/registry";

import { usePolling } from "../polling";

const INTERVAL = 3000; // ms
const UNFINISHED = ["queued", "running"];

/** Reads the list again while dealers on it are being provisioned. */
export class ProvisioningListController extends ListController {
    setup() {
        super.setup();
        usePolling(() => this.refresh(), INTERVAL);
    }

    async refresh() {
        const { root } = this.model;
        const underway = root.records.some((record) =>
            UNFINISHED.includes(record.data.provisioning_state)
        );
        if (underway && !root.editedRecord && !root.selection.length) {
            await root.load();
        }
    }
}

registry.category("views").add("dealer_provisioning_list", {
    ...listView,
    Controller: ProvisioningListController,
});
