import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Component } from "@odoo/owl";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { Layout } from "@web/search/layout";

/** What the words of the process mean, with the way to what they stand for. */
export class DealGlossary extends Component {
    static template = "deal_process.Glossary";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.display = { controlPanel: {} };
    }

    show(xmlId) {
        this.action.doAction(xmlId);
    }
}

registry.category("actions").add("deal_process.glossary", DealGlossary);
