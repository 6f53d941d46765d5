import { registry } from "@web/core/registry";
import { View } from "@web/views/view";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component, useSubEnv } from "@odoo/owl";

/** A page of a form that is read when it is opened: another form view of the same record. */
export class DealLazyPage extends Component {
    static template = "deal_process.LazyPage";
    static components = { View };
    static props = { ...standardWidgetProps, viewId: Number };

    setup() {
        // the inner form has no title, the breadcrumb keeps that of the outer one
        useSubEnv({ config: { ...this.env.config, setDisplayName: () => {} } });
    }

    get viewProps() {
        const { resModel, resId, context } = this.props.record;
        return {
            type: "form",
            viewId: this.props.viewId,
            resModel,
            resId,
            context,
            readonly: true,
            preventEdit: true,
            display: { controlPanel: false },
        };
    }
}

registry.category("view_widgets").add("deal_lazy_page", {
    component: DealLazyPage,
    extractProps: ({ attrs }) => ({ viewId: Number(attrs.view_id) }),
});
