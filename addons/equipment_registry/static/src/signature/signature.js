import { registry } from "@web/core/registry";
import { SignatureField, signatureField } from "@web/views/fields/signature/signature_field";
import { saveAtOnce } from "../save_at_once";

/** Odoo's signature, saved as soon as it is given: nobody walks away from an unsaved one. */
export class ProtocolSignature extends SignatureField {
    async uploadSignature(signature) {
        await super.uploadSignature(signature);
        await saveAtOnce(this.props.record);
    }
}

registry.category("fields").add("equipment_signature", {
    ...signatureField,
    component: ProtocolSignature,
});
