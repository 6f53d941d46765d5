import { Component, onWillStart, useState } from "@odoo/owl";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const LABELS = {
    held: _t("held"),
    expiring: _t("ends soon"),
    low: _t("level too low"),
    gap: _t("lacking"),
    extra: _t("held, not asked"),
};

/** Heat map: who can do what, against what is asked. */
export class CompetenceMatrix extends Component {
    static template = "dealer_competence.Matrix";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.display = { controlPanel: {} };
        this.labels = LABELS;
        this.kinds = Object.keys(LABELS);
        this.state = useState({ matrix: null, word: "", fromNetwork: false });
        onWillStart(() => this.load(this.props.action.params?.dealer_id || null));
    }

    async load(dealerId) {
        this.state.matrix = await this.keepLast.add(
            this.orm.call("dealer.competence.matrix", "load", [dealerId])
        );
    }

    /** From the network's matrix into a dealer's; without a dealer back. */
    async enter(dealerId) {
        await this.load(dealerId);
        Object.assign(this.state, { word: "", fromNetwork: Boolean(dealerId) });
    }

    get rows() {
        const word = this.state.word.trim().toLowerCase();
        const { rows } = this.state.matrix;
        return word
            ? rows.filter((row) => `${row.name} ${row.role}`.toLowerCase().includes(word))
            : rows;
    }

    get isNetwork() {
        return this.state.matrix.kind === "network";
    }

    cellTitle(row, competence) {
        const cell = row.cells[competence.id];
        if (!cell) {
            return competence.name;
        }
        const parts = [competence.name, LABELS[cell.status]];
        if (this.isNetwork) {
            parts.push(_t("%(met)s of %(wanted)s", cell));
        } else {
            parts.push(_t("level %(level)s of %(asked)s", cell));
            if (cell.until) {
                parts.push(_t("until %s", formatDate(deserializeDate(cell.until))));
            }
        }
        return parts.join(" – ");
    }

    cellText(cell) {
        if (!cell) {
            return "";
        }
        return this.isNetwork ? `${cell.coverage}` : cell.level || "";
    }

    open(row) {
        if (this.isNetwork) {
            return row.released && this.enter(row.id);
        }
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: row.name,
            res_model: "dealer.staff.competence",
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain: [["person_id", "=", row.person_id]],
        });
    }
}

registry.category("actions").add("dealer_competence.matrix", CompetenceMatrix);
