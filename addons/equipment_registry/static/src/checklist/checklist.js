import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Mutex } from "@web/core/utils/concurrency";
import { formatFloat } from "@web/core/utils/numbers";
import { parseFloat } from "@web/views/fields/parsers";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { saveAtOnce } from "../save_at_once";

import { Component, onWillStart } from "@odoo/owl";

const keyOf = (line, name) => `${line.resId} ${name}`;

/**
 * Checklist for a phone in one hand: one card per line, answered by one tap or one number. Each
 * answer is stored at once, one after the other: a save brings new records of all lines.
 */
export class ProtocolChecklist extends Component {
    static template = "equipment_registry.ProtocolChecklist";
    static props = { ...standardFieldProps };

    setup() {
        this.mutex = new Mutex();
        // what is being typed, by line and field: the save of another answer draws the inputs anew
        this.typed = {};
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

    /** What stands in an input: what is being typed, else what is stored. */
    shown(line, name) {
        const stored = name === "value" ? this.valueOf(line) : line.data[name] || "";
        return this.typed[keyOf(line, name)] ?? stored;
    }

    type(line, name, ev) {
        this.typed[keyOf(line, name)] = ev.target.value;
    }

    /**
     * Store an answer when those before it are stored.
     *
     * @param {Object} line record as it is on the screen
     * @param {(line: Object) => Object} changes what becomes of the record as it is by then
     * @param {() => void} [taken] called when the record holds the answer, before it is saved
     */
    answer({ resId }, changes, taken = () => {}) {
        const { record } = this.props;
        return this.mutex.exec(async () => {
            // a save that began elsewhere, by a signature or a photo
            await record.model.mutex.getUnlockedDef();
            const line = this.lines.find((one) => one.resId === resId);
            if (line) {
                await line.update(changes(line));
                taken();
                await saveAtOnce(record);
            }
        });
    }

    choose(line, value) {
        return this.answer(line, ({ data }) => ({ result: data.result === value ? false : value }));
    }

    measure(line, ev) {
        const text = ev.target.value.trim();
        let value = 0;
        try {
            value = text ? parseFloat(text) : 0;
        } catch {
            delete this.typed[keyOf(line, "value")];
            ev.target.value = this.valueOf(line);
            return;
        }
        return this.answerTyped(line, "value", ev, { value, is_measured: Boolean(text) });
    }

    write(line, name, ev) {
        return this.answerTyped(line, name, ev, { [name]: ev.target.value.trim() || false });
    }

    /** Store what was typed; what has been typed since then stays in the input. */
    answerTyped(line, name, ev, changes) {
        const key = keyOf(line, name);
        const text = ev.target.value;
        return this.answer(
            line,
            () => changes,
            () => {
                if (this.typed[key] === text) {
                    delete this.typed[key];
                }
            }
        );
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
