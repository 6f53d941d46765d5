import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useBus, useService } from "@web/core/utils/hooks";
import { Component, onWillStart, useState } from "@odoo/owl";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { Layout } from "@web/search/layout";

/** What the head wants to know at a glance: volume, answers, what waits, what became of it. */
export class InquiryCockpit extends Component {
    static template = "inquiry_desk.Cockpit";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.display = { controlPanel: {} };
        this.periods = [
            [1, _t("Today")],
            [7, _t("7 days")],
            [30, _t("30 days")],
            [365, _t("A year")],
        ];
        this.state = useState({ days: 7, figures: null });
        onWillStart(() => this.load());
        useBus(this.env.bus, "INQUIRY:CHANGED", () => this.load());
    }

    async load(days = this.state.days) {
        this.state.days = days;
        this.state.figures = await this.keepLast.add(
            this.orm.call("crm.inquiry.cockpit", "figures", [days])
        );
    }

    get busiest() {
        return Math.max(1, ...this.state.figures.hours.flatMap((row) => row.hours));
    }

    /** Colour of one hour of one channel: the fuller, the darker. */
    shade(count) {
        const share = Math.round((100 * count) / this.busiest);
        return `background-color: color-mix(in srgb, var(--o-inquiry-shade) ${share}%, transparent)`;
    }

    get perHour() {
        const { hours } = this.state.figures;
        return Array.from({ length: 24 }, (_unused, hour) =>
            hours.reduce((sum, row) => sum + row.hours[hour], 0)
        );
    }

    get compliance() {
        const { done = 0, done_late: doneLate = 0, late = 0 } = this.state.figures.triage;
        const total = done + doneLate + late;
        return total ? Math.round((100 * done) / total) : null;
    }

    percent(part, whole) {
        return whole ? Math.round((100 * part) / whole) : 0;
    }

    open(name, domain) {
        this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: "crm.inquiry",
            domain,
            views: [
                [false, "list"],
                [false, "form"],
            ],
        });
    }

    openUnanswered() {
        this.open(_t("Not answered"), [
            ["response_date", "=", false],
            ["state", "in", ["queued", "assigned", "to_sort"]],
        ]);
    }

    openLate() {
        this.open(_t("Escalated"), [["escalation", ">", 0], ...this.sinceDomain]);
    }

    openNew() {
        this.open(_t("New leads"), [["relation", "=", "new"], ...this.sinceDomain]);
    }

    get sinceDomain() {
        return [["date", ">=", this.state.figures.since]];
    }

    openChannel(row) {
        this.open(row.name, [["channel_id", "=", row.id], ...this.sinceDomain]);
    }
}

registry.category("actions").add("inquiry_desk.cockpit", InquiryCockpit);
