import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { reactive } from "@odoo/owl";

const SHOWN = ["ringing", "info", "talking"];
const FAREWELL = 15000; // milliseconds that the card of an ended call stays when nothing is typed

/**
 * Knows the calls that concern the user, wherever in Odoo he is: asks at the start for those going on,
 * and takes what the listener sends over the bus.
 */
export const telephoneService = {
    dependencies: ["action", "bus_service", "notification", "orm"],

    start(env, { action, bus_service: bus, notification, orm }) {
        const state = reactive({ extension: false, canListen: false, colleagues: {}, cards: [] });

        const find = (id) => state.cards.find((card) => card.id === id && !card.closed);
        // A closed card keeps its place until none is left: taken out while another comes in, it would
        // make those between move, and who types in one of them would lose the cursor.
        const close = (id) => {
            const card = find(id);
            if (card) {
                card.closed = true;
            }
            if (state.cards.every((one) => one.closed)) {
                state.cards.splice(0);
            }
        };

        const busy = new Set(); // keys of cards that the server is keeping, and "dial"
        // What is typed, or on its way to the server, keeps a card.
        const kept = (card) => card.dirty || busy.has(card.key);
        const closeLater = (id, delay) =>
            browser.setTimeout(() => {
                const left = find(id);
                if (left && !kept(left) && !SHOWN.includes(left.state)) {
                    close(id);
                }
            }, delay);

        let serial = 0; // a call may come back after its card was closed
        let withdrawn = new Set(); // calls that ended for the user while the server was asked

        function show(change) {
            const card = find(change.id);
            if (!SHOWN.includes(change.state)) {
                withdrawn.add(change.id);
            }
            if (!SHOWN.includes(change.state) && !card) {
                return;
            }
            if (!card) {
                if (change.form) {
                    state.cards.push({ ...change, key: ++serial, dirty: false, saved: "" });
                }
                return;
            }
            Object.assign(card, {
                state: change.state,
                by: change.by,
                answered:
                    card.answered ||
                    (change.state === "talking" ? new Date().toISOString() : false),
            });
            if (change.state === "gone" && !kept(card)) {
                close(card.id);
            } else if (!SHOWN.includes(change.state)) {
                closeLater(card.id, FAREWELL);
            }
        }

        const showing = () => state.cards.filter((card) => !card.closed);

        // What the server says, without undoing what the bus brought while it was asked.
        function take(mine, before) {
            state.extension = mine.extension;
            state.canListen = Boolean(mine.can_listen);
            state.colleagues = mine.colleagues || {};
            const live = new Set(mine.cards.map((card) => card.id));
            for (const card of before) {
                if (!live.has(card.id) && SHOWN.includes(card.state)) {
                    show({ id: card.id, state: "gone", by: "" });
                }
            }
            mine.cards.filter((card) => !withdrawn.has(card.id)).forEach(show);
        }

        async function refresh() {
            const before = showing();
            withdrawn = new Set();
            take(await orm.silent.call("miko.call", "my_telephone", []), before);
        }

        const service = {
            state,
            close,
            refresh,

            /** Ring the own telephone, then the number; a double click calls once. */
            async dial(number, model, id) {
                if (busy.has("dial")) {
                    return;
                }
                busy.add("dial");
                try {
                    await orm.call("miko.call", "dial", [number, model || false, id || false]);
                } finally {
                    busy.delete("dial");
                }
                notification.add(_t("Your telephone rings: pick it up to be connected."), {
                    type: "info",
                });
            },

            /** Press a button of the call: name of a method of miko.call. */
            press(card, method, ...args) {
                return orm.call("miko.call", method, [[card.id], ...args]);
            },

            /** Open what a method of miko.call points to. */
            async open(card, method) {
                const opened = await this.press(card, method);
                if (opened) {
                    action.doAction(opened);
                }
            },

            openRecord(model, id) {
                action.doAction({
                    type: "ir.actions.act_window",
                    res_model: model,
                    res_id: id,
                    views: [[false, "form"]],
                });
            },

            /** Keep what has been typed until now; what is typed meanwhile is still to be saved. */
            async save(card) {
                if (!card.dirty) {
                    return;
                }
                const form = { ...card.form };
                card.dirty = false;
                busy.add(card.key);
                try {
                    const saved = await this.press(card, "save_form", form);
                    const words = saved.inquiry || _t("kept with the call");
                    Object.assign(card, {
                        named: form.name,
                        lead: saved.lead,
                        saved: card.dirty ? "" : words,
                    });
                } catch (error) {
                    card.dirty = true;
                    throw error;
                } finally {
                    busy.delete(card.key);
                }
                if (!SHOWN.includes(card.state)) {
                    closeLater(card.id, 3000);
                }
            },
        };

        bus.subscribe("miko_telephony/card", show);
        bus.addEventListener("BUS:RECONNECT", refresh);
        bus.start();
        refresh();
        return service;
    },
};

registry.category("services").add("miko_telephony", telephoneService);
