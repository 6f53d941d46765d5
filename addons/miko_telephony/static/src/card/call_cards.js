import { Component, onMounted, onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

/**
 * One call: who it is, what is known of him, what can be done.
 */
export class CallCard extends Component {
    static template = "miko_telephony.CallCard";
    static props = { card: Object };

    setup() {
        this.telephone = useService("miko_telephony");
        this.state = useState({ now: Date.now(), transfer: false, chosen: "", form: false });
        onMounted(() => {
            this.timer = browser.setInterval(() => (this.state.now = Date.now()), 1000);
        });
        onWillUnmount(() => browser.clearInterval(this.timer));
    }

    get card() {
        return this.props.card;
    }

    get title() {
        const titles = {
            ringing: this.card.direction === "outbound" ? _t("Calling") : _t("Incoming call"),
            info: _t("Your customer is calling"),
            talking: _t("You are talking"),
            ended: _t("Call ended"),
            gone: this.card.by ? _t("Taken by %s", this.card.by) : _t("Call ended"),
        };
        return titles[this.card.state];
    }

    get who() {
        const { partner, named, anonymous, number } = this.card;
        return partner.name || named || (anonymous ? _t("Hidden number") : number);
    }

    get live() {
        return ["ringing", "info", "talking"].includes(this.card.state);
    }

    /** A contact that this very call has made is a number: the form goes on asking who it is. */
    get unknown() {
        return !this.card.partner.id || this.card.first_contact;
    }

    /** Whom the customer may be given: an extension is a colleague's at the call's own exchange only. */
    get colleagues() {
        return this.telephone.state.colleagues[this.card.pbx] || [];
    }

    get clock() {
        const since = Date.parse(this.card.answered || this.card.started);
        const seconds = Math.max(0, Math.round((this.state.now - since) / 1000));
        return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    }

    get showForm() {
        return (
            this.state.form ||
            (this.card.direction === "inbound" &&
                (this.unknown || this.card.state !== "ringing") &&
                this.card.state !== "info")
        );
    }

    onInput() {
        this.card.dirty = true;
        this.card.saved = "";
    }

    /** Arrow keys choose, too, one option after the other: only the button acts. */
    onChoose(ev) {
        this.state.chosen = ev.target.value;
    }

    /** The option chosen is an extension, with "?" before it when the colleague is to be asked first. */
    onTransfer() {
        const chosen = this.state.chosen;
        Object.assign(this.state, { transfer: false, chosen: "" });
        if (chosen) {
            const consult = chosen.startsWith("?");
            const number = consult ? chosen.slice(1) : chosen;
            this.telephone.press(this.card, "transfer", number, consult);
        }
    }
}

/**
 * The cards of all calls that concern the user, over whatever screen he works in.
 */
export class CallCards extends Component {
    static template = "miko_telephony.CallCards";
    static components = { CallCard };
    static props = {};

    setup() {
        this.telephone = useState(useService("miko_telephony").state);
    }
}

registry.category("main_components").add("miko_telephony.CallCards", { Component: CallCards });
