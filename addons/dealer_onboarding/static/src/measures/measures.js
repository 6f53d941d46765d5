import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** Own figures beside the network's quartiles. */
export class OnboardingMeasures extends Component {
    static template = "dealer_onboarding.Measures";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.display = { controlPanel: {} };
        this.state = useState({ data: null });
        onWillStart(async () => {
            const dealer = this.props.action.params?.dealer_id || null;
            this.state.data = await this.orm.call("dealer.onboarding.measure", "load", [dealer]);
        });
    }

    text(measure) {
        return measure.value === null ? "–" : `${measure.value} ${measure.unit}`;
    }
}

registry.category("actions").add("dealer_onboarding.measures", OnboardingMeasures);
