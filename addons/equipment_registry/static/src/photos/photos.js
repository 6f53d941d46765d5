import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { getDataURLFromFile } from "@web/core/utils/urls";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { saveAtOnce } from "../save_at_once";

import { Component, useState } from "@odoo/owl";

/**
 * Photos straight from the phone's camera. Each is stored at once: what was taken survives a lost
 * connection or an empty battery.
 */
export class ProtocolPhotos extends Component {
    static template = "equipment_registry.ProtocolPhotos";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ busy: false });
    }

    get photos() {
        return this.props.record.data[this.props.name].records.map((photo) => ({
            id: photo.resId,
            name: photo.data.name || _t("Photo"),
            url: `/web/image/equipment.protocol.photo/${photo.resId}/image_256`,
            large: `/web/image/equipment.protocol.photo/${photo.resId}/image_1920`,
        }));
    }

    get label() {
        const wanted = (this.props.record.data.photo_minimum || 0) - this.photos.length;
        return wanted > 0 ? _t("Take a photo (%s more needed)", wanted) : _t("Take a photo");
    }

    async add(ev) {
        const files = [...ev.target.files];
        ev.target.value = "";
        const record = this.props.record;
        if (!files.length || !(await saveAtOnce(record))) {
            return;
        }
        this.state.busy = true;
        try {
            const values = [];
            for (const file of files) {
                const url = await getDataURLFromFile(file);
                values.push({
                    protocol_id: record.resId,
                    name: file.name,
                    image_1920: url.split(",")[1],
                });
            }
            await this.orm.create("equipment.protocol.photo", values);
            await record.load();
        } finally {
            this.state.busy = false;
        }
    }

    async remove(photo) {
        const record = this.props.record;
        if (await saveAtOnce(record)) {
            await this.orm.unlink("equipment.protocol.photo", [photo.id]);
            await record.load();
        }
    }
}

export const protocolPhotos = {
    component: ProtocolPhotos,
    displayName: _t("Photos"),
    supportedTypes: ["one2many"],
    relatedFields: [{ name: "name", type: "char", readonly: true }],
    fieldDependencies: [{ name: "photo_minimum", type: "integer", readonly: true }],
};

registry.category("fields").add("equipment_photos", protocolPhotos);
