import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { Component, onWillStart, useState } from "@odoo/owl";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { Layout } from "@web/search/layout";

/** What the head of sales wants to know at a glance: what lies still, what is late, where it sticks. */
export class DealCockpit extends Component {
    static template = "deal_process.Cockpit";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.display = { controlPanel: {} };
        this.periods = [
            [30, _t("30 days")],
            [90, _t("90 days")],
            [365, _t("A year")],
        ];
        this.state = useState({ days: 90, figures: null });
        onWillStart(() => this.load());
    }

    async load(days = this.state.days) {
        this.state.days = days;
        this.state.figures = await this.keepLast.add(
            this.orm.call("deal.cockpit", "figures", [days])
        );
    }

    get fullest() {
        return Math.max(1, ...this.state.figures.stages.map((stage) => stage.count));
    }

    openDeals(name, domain) {
        this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: "crm.lead",
            domain,
            context: { list_view_ref: "deal_process.crm_lead_view_list_deals" },
            views: [
                [false, "list"],
                [false, "form"],
            ],
        });
    }

    async openUntouched() {
        const domain = await this.orm.call("deal.cockpit", "untouched_domain", []);
        this.openDeals(_t("Untouched deals"), domain);
    }

    openLate() {
        this.openDeals(_t("Late deals"), [["deal_is_late", "=", true]]);
    }

    openStage(stage) {
        this.openDeals(stage.name, [
            ["deal_stage_id.code", "=", stage.code],
            ["deal_outcome", "=", "open"],
        ]);
    }

    openOwner(field, row) {
        this.openDeals(row.name, [
            [field, "=", row.id],
            ["deal_outcome", "=", "open"],
        ]);
    }

    openReviews() {
        this.action.doAction("deal_process.deal_review_action");
    }

    openTasks(row) {
        this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Late tasks of %s", row.name),
            res_model: "mail.activity",
            domain: [
                ["res_model", "=", "crm.lead"],
                ["user_id", "=", row.id],
                ["date_deadline", "<", "today"],
            ],
            views: [[false, "list"]],
        });
    }

    openDeal(row) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "crm.lead",
            res_id: row.id,
            views: [[false, "form"]],
        });
    }

    async takeOver(row) {
        await this.orm.call("crm.lead", "action_take_over", [[row.id]]);
        await this.load();
    }
}

registry.category("actions").add("deal_process.cockpit", DealCockpit);
