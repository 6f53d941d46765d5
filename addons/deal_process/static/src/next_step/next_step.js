import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component, useState } from "@odoo/owl";

/** What a lead or deal needs before its next stage, each line leading to where it is mended. */
export class DealNextStep extends Component {
    static template = "deal_process.NextStep";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ step: null, method: false });
        this.seen = null;
        useRecordObserver((record) => {
            // after each save, not after each key
            const { write_date: saved } = record.data;
            const seen = `${record.resId}/${saved}`;
            if (record.resId && seen !== this.seen) {
                this.seen = seen;
                // not awaited: the form does not wait for the hint
                this.load(record.resId);
            }
        });
    }

    get headline() {
        const { next, stage, problems } = this.state.step;
        if (!next) {
            return _t("This lead follows no process.");
        }
        if (!stage) {
            return problems.length
                ? _t("Before this lead becomes a deal:")
                : _t("Everything is there: this lead can become a deal.");
        }
        return problems.length
            ? _t("Before the next stage, “%s”:", next)
            : _t("Everything is there for the next stage, “%s”.", next);
    }

    async load(id) {
        this.state.step = await this.orm.call("crm.lead", "next_step", [[id]]);
    }

    async resolve(problem) {
        if (problem.page) {
            // at once: a page opened by a late answer drops the row begun in the meantime
            this.openPage(problem.page);
            return;
        }
        const action = await this.orm.call("crm.lead", "resolve_gate", [
            [this.props.record.resId],
            problem.gate,
        ]);
        if (action) {
            this.action.doAction(action);
        }
    }

    openPage(name) {
        const header = document.querySelector(`.o_notebook_headers [name=${name}]`);
        header?.click();
        // on a long form the open page may be out of sight
        header?.closest(".o_notebook").scrollIntoView({ block: "nearest" });
    }

    toggleMethod() {
        this.state.method = !this.state.method;
    }
}

registry.category("view_widgets").add("deal_next_step", { component: DealNextStep });
