import { useComponent, useState } from "@odoo/owl";
import { KeepLast } from "@web/core/utils/concurrency";
import { useBus, useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";

/** Told on the bus of a form's model when something beside its record changed. */
export const DEAL_CHANGED = "deal_process.deal_changed";

/**
 * What a method of the deal that a form shows answers: asked when a deal comes into sight or is read
 * again, after each save and `DEAL_CHANGED`, not after each key. The form does not wait for it, and
 * never shows another deal's.
 *
 * @param {string} method of `crm.lead`, without arguments
 * @returns {{ value: any, ask: () => Promise<void> }} null until the answer is there
 */
export function useDealAnswer(method) {
    const orm = useService("orm");
    const keepLast = new KeepLast();
    let shown = { id: null, state: null };
    const answer = useState({
        value: null,
        async ask() {
            answer.value = await keepLast.add(orm.call("crm.lead", method, [[shown.id]]));
        },
    });
    useRecordObserver(({ id: loaded, resId: id, data }) => {
        // a form that is read again has another record of the same deal, maybe of the same second
        const state = `${loaded}/${data.write_date}`;
        if (!id || (id === shown.id && state === shown.state)) {
            return;
        }
        if (id !== shown.id) {
            answer.value = null;
        }
        shown = { id, state };
        answer.ask();
    });
    useBus(useComponent().props.record.model.bus, DEAL_CHANGED, () => shown.id && answer.ask());
    return answer;
}
