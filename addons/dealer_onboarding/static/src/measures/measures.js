import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { formatFloat } from "@web/views/fields/formatters";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** A dealer's figures beside the quartiles of the network, or of a region. */
export class OnboardingMeasures extends Component {
    static template = "dealer_onboarding.Measures";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.display = { controlPanel: {} };
        this.state = useState({ data: null });
        onWillStart(() => this.load(this.props.action.params?.dealer_id, null));
    }

    async load(dealer, region) {
        this.state.data = await this.keepLast.add(
            this.orm.call("dealer.onboarding.measure", "load", [
                Number(dealer) || null,
                region || null,
            ])
        );
    }

    /** Dealers are told by exam, without the questions. */
    get byQuestion() {
        return this.state.data.questions.some((row) => row.question);
    }

    /** A figure as the user's language writes it. */
    number(value) {
        return formatFloat(value, { digits: [16, 1], trailingZeros: false });
    }

    text(measure) {
        return measure.value === null ? "–" : `${this.number(measure.value)} ${measure.unit}`;
    }

    share(value) {
        return value === null ? "–" : `${value} %`;
    }
}

registry.category("actions").add("dealer_onboarding.measures", OnboardingMeasures);
