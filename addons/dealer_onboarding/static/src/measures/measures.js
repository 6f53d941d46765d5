import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** A dealer's figures beside the quartiles of the network, or of a region. */
export class OnboardingMeasures extends Component {
    static template = "dealer_onboarding.Measures";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.display = { controlPanel: {} };
        this.state = useState({ data: null });
        onWillStart(() => this.load(this.props.action.params?.dealer_id, null));
    }

    async load(dealer, region) {
        this.state.data = await this.orm.call("dealer.onboarding.measure", "load", [
            Number(dealer) || null,
            region || null,
        ]);
    }

    text(measure) {
        return measure.value === null ? "–" : `${measure.value} ${measure.unit}`;
    }

    share(value) {
        return value === null ? "–" : `${value} %`;
    }
}

registry.category("actions").add("dealer_onboarding.measures", OnboardingMeasures);
