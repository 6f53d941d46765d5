import { Component, onWillUnmount, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const SECOND = 1000;

/** Time left until a moment, ticking; red in the last five minutes. */
export class SupportCountdown extends Component {
    static template = "dealer_access.SupportCountdown";
    static props = { ...standardFieldProps };

    setup() {
        this.state = useState({ now: Date.now() });
        const timer = setInterval(() => (this.state.now = Date.now()), SECOND);
        onWillUnmount(() => clearInterval(timer));
    }

    get secondsLeft() {
        const end = this.props.record.data[this.props.name];
        return end ? Math.max(0, Math.floor((end.toMillis() - this.state.now) / SECOND)) : 0;
    }

    get isUrgent() {
        return this.secondsLeft < 300;
    }

    get text() {
        const seconds = this.secondsLeft;
        if (!seconds) {
            return _t("Time is over");
        }
        const pad = (number) => String(number).padStart(2, "0");
        return `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
    }
}

export const supportCountdown = {
    component: SupportCountdown,
    displayName: _t("Countdown"),
    supportedTypes: ["datetime"],
};

registry.category("fields").add("support_countdown", supportCountdown);
