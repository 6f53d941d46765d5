import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";
import { Component } from "@odoo/owl";
import { DEAL_CHANGED, useDealAnswer } from "../deal_answer";

/** Every document of a deal by stage, and what is missing. */
export class DealDossier extends Component {
    static template = "deal_process.Dossier";
    static props = { ...standardWidgetProps };

    setup() {
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.answer = useDealAnswer("dossier");
    }

    get dealId() {
        return this.props.record.resId;
    }

    /** A day as the user's language writes it. */
    day(text) {
        return text ? formatDate(deserializeDate(text)) : "";
    }

    count(stage) {
        return stage.kinds.reduce((sum, kind) => sum + kind.documents.length, 0);
    }

    missing(stage) {
        return stage.kinds.filter((kind) => kind.missing).length;
    }

    open(document) {
        if (document.open) {
            this.action.doAction({
                type: "ir.actions.act_window",
                res_model: document.model,
                res_id: document.id,
                views: [[false, "form"]],
            });
        }
    }

    file(kind) {
        this.dialog.add(FormViewDialog, {
            resModel: "deal.document",
            title: _t("File a document"),
            context: { default_lead_id: this.dealId, default_type_id: kind.id },
            onRecordSaved: () => this.props.record.model.bus.trigger(DEAL_CHANGED),
        });
    }
}

registry.category("view_widgets").add("deal_dossier", { component: DealDossier });
