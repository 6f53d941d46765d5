import { registry } from "@web/core/registry";
import { DomainField, domainField } from "@web/views/fields/domain/domain_field";

/**
 * The filter of a rule. Who writes the network's rules need not read the records that they are
 * about: the filter is checked, and no record is counted or shown.
 */
export class RuleDomainField extends DomainField {
    static template = "dealer_network.RuleDomainField";

    async checkProps(props = this.props) {
        if (!this.getResModel(props)) {
            this.updateState({});
            return;
        }
        const isValid = await this.quickValidityCheck(props);
        this.updateState({ isValid, recordCount: 0, hasLimitedCount: false });
    }
}

registry.category("fields").add("rule_domain", { ...domainField, component: RuleDomainField });
