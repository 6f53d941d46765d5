import { loadCSS, loadJS } from "@web/core/assets";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { Component, onMounted, onWillStart, onWillUnmount, useEffect, useRef } from "@odoo/owl";

const LIB = "/deal_process_bpmn/static/lib/bpmn-js";

/** A BPMN document as a picture that can be moved, zoomed and saved. */
export class BpmnField extends Component {
    static template = "deal_process_bpmn.Viewer";
    static props = { ...standardFieldProps };

    setup() {
        this.notification = useService("notification");
        this.canvas = useRef("canvas");
        onWillStart(() =>
            Promise.all([
                loadJS(`${LIB}/bpmn-navigated-viewer.production.min.js`),
                loadCSS(`${LIB}/diagram-js.css`),
                loadCSS(`${LIB}/bpmn-js.css`),
            ])
        );
        onMounted(() => {
            this.viewer = new window.BpmnJS({ container: this.canvas.el });
        });
        // again for another version of the pager, and when its stages were saved
        useEffect(
            (xml) => {
                this.draw(xml);
            },
            () => [this.xml]
        );
        onWillUnmount(() => this.viewer.destroy());
    }

    get xml() {
        return this.props.record.data[this.props.name];
    }

    async draw(xml) {
        try {
            const { warnings } = await this.viewer.importXML(xml);
            this.canvas.el.dataset.warnings = warnings.length;
            this.fit();
        } catch (error) {
            this.notification.add(_t("The picture cannot be drawn: %s", error.message), {
                type: "danger",
            });
        }
    }

    fit() {
        this.viewer.get("canvas").zoom("fit-viewport", "auto");
        // a rim, so that no line lies upon the frame
        this.zoom(0.96);
    }

    zoom(step) {
        const canvas = this.viewer.get("canvas");
        canvas.zoom(canvas.zoom() * step, "auto");
    }

    save(text, type, ending) {
        const link = document.createElement("a");
        link.href = URL.createObjectURL(new Blob([text], { type }));
        link.download = `${this.props.record.data.display_name}.${ending}`;
        link.click();
        URL.revokeObjectURL(link.href);
    }

    saveXml() {
        this.save(this.xml, "application/xml", "bpmn");
    }

    async saveSvg() {
        const { svg } = await this.viewer.saveSVG();
        this.save(svg, "image/svg+xml", "svg");
    }
}

registry.category("fields").add("deal_bpmn", {
    component: BpmnField,
    displayName: _t("BPMN diagram"),
    supportedTypes: ["text"],
});
