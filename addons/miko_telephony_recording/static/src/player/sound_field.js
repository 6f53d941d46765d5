import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { url } from "@web/core/utils/urls";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * Plays a sound that is kept in a binary field.
 */
export class SoundField extends Component {
    static template = "miko_telephony_recording.SoundField";
    static props = { ...standardFieldProps };

    get source() {
        const { record, name } = this.props;
        return url("/web/content", { model: record.resModel, id: record.resId, field: name });
    }
}

registry.category("fields").add("miko_sound", {
    component: SoundField,
    supportedTypes: ["binary"],
});
