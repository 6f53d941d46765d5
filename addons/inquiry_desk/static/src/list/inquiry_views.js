import { status } from "@odoo/owl";
import { useBus } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { getActiveHotkey } from "@web/core/hotkeys/hotkey_service";
import { registry } from "@web/core/registry";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { ListController } from "@web/views/list/list_controller";
import { ListRenderer } from "@web/views/list/list_renderer";
import { listView } from "@web/views/list/list_view";

const PAUSE = 300; // ms: a burst of mails reloads the list once

/**
 * A controller whose records are loaded again when an inquiry arrives, unless one is being edited
 * or some are ticked: what a click will act on stays as it is.
 */
const reloading = (Controller) =>
    class extends Controller {
        setup() {
            super.setup();
            const reload = useDebounced(async () => {
                const { editedRecord, selection } = this.model.root;
                if (editedRecord || selection?.length) {
                    return;
                }
                try {
                    await this.model.load();
                } catch (error) {
                    if (status(this) !== "destroyed") {
                        throw error; // who has left the screen does not want its records
                    }
                }
            }, PAUSE);
            useBus(this.env.bus, "INQUIRY:CHANGED", reload);
        }
    };

/** In the queue one key on a row decides: A assigns it as suggested. Add-ons add keys. */
export class InquiryTriageRenderer extends ListRenderer {
    static KEYS = { a: "action_assign_suggested" };

    onCellKeydown(ev, group = null, record = null) {
        const method = InquiryTriageRenderer.KEYS[getActiveHotkey(ev)];
        if (record && !record.isInEdition && method) {
            ev.preventDefault();
            ev.stopPropagation();
            this.decide(record, method);
            return;
        }
        return super.onCellKeydown(ev, group, record);
    }

    async decide(record, method) {
        await this.env.services.orm.call("crm.inquiry", method, [[record.resId]]);
        await this.props.list.load();
    }
}

registry
    .category("views")
    .add("inquiry_list", { ...listView, Controller: reloading(ListController) });
registry.category("views").add("inquiry_triage_list", {
    ...listView,
    Controller: reloading(ListController),
    Renderer: InquiryTriageRenderer,
});
registry
    .category("views")
    .add("inquiry_kanban", { ...kanbanView, Controller: reloading(KanbanController) });
