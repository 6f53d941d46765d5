import { useState } from "@odoo/owl";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";

/**
 * What a method of the deal that a form shows answers: asked when a deal comes into sight and after
 * each save, not after each key. The form does not wait for it, and never shows another deal's.
 *
 * @param {string} method of `crm.lead`, without arguments
 * @returns {{ value: any, ask: () => Promise<void> }} null until the answer is there
 */
export function useDealAnswer(method) {
    const orm = useService("orm");
    const keepLast = new KeepLast();
    let shown = { id: null, saved: null };
    const answer = useState({
        value: null,
        async ask() {
            answer.value = await keepLast.add(orm.call("crm.lead", method, [[shown.id]]));
        },
    });
    useRecordObserver(({ resId: id, data }) => {
        const saved = String(data.write_date);
        if (!id || (id === shown.id && saved === shown.saved)) {
            return;
        }
        if (id !== shown.id) {
            answer.value = null;
        }
        shown = { id, saved };
        answer.ask();
    });
    return answer;
}
