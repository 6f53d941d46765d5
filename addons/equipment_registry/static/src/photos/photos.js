import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
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
        this.dialog = useService("dialog");
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
        if (!files.length) {
            return;
        }
        this.state.busy = true;
        try {
            if (await saveAtOnce(this.props.record)) {
                await this.store(files);
                await this.reload();
            }
        } finally {
            this.state.busy = false;
        }
    }

    async store(files) {
        const values = [];
        for (const file of files) {
            const url = await getDataURLFromFile(file);
            values.push({
                protocol_id: this.props.record.resId,
                name: file.name,
                image_1920: url.split(",")[1],
            });
        }
        await this.orm.create("equipment.protocol.photo", values);
    }

    /** Show what is stored, and lose nothing that was typed meanwhile. */
    async reload() {
        if (await saveAtOnce(this.props.record)) {
            await this.props.record.load();
        }
    }

    remove(photo) {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Remove the photo"),
            body: _t("The photo will be deleted for good. Go on?"),
            confirmLabel: _t("Remove"),
            confirm: () => this.unlink(photo),
            cancel: () => {},
        });
    }

    async unlink(photo) {
        if (await saveAtOnce(this.props.record)) {
            await this.orm.unlink("equipment.protocol.photo", [photo.id]);
            await this.reload();
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
