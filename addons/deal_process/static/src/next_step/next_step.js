import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component, markup, useState } from "@odoo/owl";
import { useDealAnswer } from "../deal_answer";

/** What a lead or deal needs before its next stage, each line leading to where it is mended. */
export class DealNextStep extends Component {
    static template = "deal_process.NextStep";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.answer = useDealAnswer("next_step");
        this.state = useState({ method: false });
    }

    get step() {
        return this.answer.value;
    }

    /** The stage's text as its author laid it out; the server has sanitised it. */
    get method() {
        return markup(this.step.method);
    }

    get headline() {
        const { next, stage, problems } = this.step;
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
