import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatFloat } from "@web/core/utils/numbers";
import { parseFloat } from "@web/views/fields/parsers";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { saveAtOnce } from "../save_at_once";

import { Component, onWillStart } from "@odoo/owl";

/**
 * Checklist for a phone in one hand: one card per line, answered by one tap or one number. Each
 * answer is stored at once.
 */
export class ProtocolChecklist extends Component {
    static template = "equipment_registry.ProtocolChecklist";
    static props = { ...standardFieldProps };

    setup() {
        // a checklist has no pages
        onWillStart(async () => {
            const list = this.props.record.data[this.props.name];
            if (list.count > list.limit) {
                await list.load({ limit: list.count });
            }
        });
    }

    get lines() {
        return this.props.record.data[this.props.name].records;
    }

    /** Headings with their lines, in the order of the checklist. */
    get sections() {
        const sections = [];
        for (const line of this.lines) {
            const title = line.data.section || "";
            if (!sections.length || sections.at(-1).title !== title) {
                sections.push({ title, lines: [] });
            }
            sections.at(-1).lines.push(line);
        }
        return sections;
    }

    get results() {
        return [
            { value: "ok", label: _t("OK"), style: "success" },
            { value: "not_ok", label: _t("Not OK"), style: "danger" },
            { value: "na", label: _t("N/A"), style: "secondary" },
        ];
    }

    choices(line) {
        const results = this.results;
        return line.data.kind === "check" ? results : results.slice(2);
    }

    needsRemark(line) {
        return line.data.verdict === "deviation" || Boolean(line.data.remark);
    }

    valueOf(line) {
        return line.data.is_measured
            ? formatFloat(line.data.value, { digits: [16, 6], trailingZeros: false })
            : "";
    }

    async answer(line, changes) {
        await line.update(changes);
        await saveAtOnce(this.props.record);
    }

    choose(line, value) {
        return this.answer(line, { result: line.data.result === value ? false : value });
    }

    measure(line, ev) {
        const text = ev.target.value.trim();
        if (!text) {
            return this.answer(line, { value: 0, is_measured: false });
        }
        let value;
        try {
            value = parseFloat(text);
        } catch {
            ev.target.value = this.valueOf(line);
            return;
        }
        return this.answer(line, { value, is_measured: true });
    }

    write(line, name, ev) {
        return this.answer(line, { [name]: ev.target.value.trim() || false });
    }
}

export const protocolChecklist = {
    component: ProtocolChecklist,
    displayName: _t("Checklist"),
    supportedTypes: ["one2many"],
    relatedFields: [
        { name: "sequence", type: "integer", readonly: true },
        { name: "section", type: "char", readonly: true },
        { name: "name", type: "char", readonly: true },
        { name: "help", type: "char", readonly: true },
        { name: "kind", type: "selection", selection: [], readonly: true },
        { name: "is_required", type: "boolean", readonly: true },
        { name: "limit_text", type: "char", readonly: true },
        { name: "uom_id", type: "many2one", relation: "uom.uom", readonly: true },
        { name: "verdict", type: "selection", selection: [], readonly: true },
        { name: "result", type: "selection", selection: [], readonly: false },
        { name: "value", type: "float", readonly: false },
        { name: "is_measured", type: "boolean", readonly: false },
        { name: "text", type: "char", readonly: false },
        { name: "remark", type: "char", readonly: false },
    ],
};

registry.category("fields").add("equipment_checklist", protocolChecklist);
