import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";
import { registry } from "@web/core/registry";

import { usePolling } from "../polling";

const INTERVAL = 2000; // ms

/** Reads the check again while its job is at work. */
export class IsolationFormController extends FormController {
    setup() {
        super.setup();
        usePolling(() => this.refresh(), INTERVAL);
    }

    async refresh() {
        const { root } = this.model;
        if (root.data.state === "running") {
            await root.load();
        }
    }
}

registry.category("views").add("dealer_isolation_form", {
    ...formView,
    Controller: IsolationFormController,
});
