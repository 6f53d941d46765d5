import { registry } from "@web/core/registry";
import { SignatureField, signatureField } from "@web/views/fields/signature/signature_field";

/**
 * Odoo's signature, saved as soon as it is given: nobody walks away from an unsaved one. A refusal
 * of the server takes it off the screen again.
 */
export class ProtocolSignature extends SignatureField {
    async uploadSignature(signature) {
        const { name, record } = this.props;
        await super.uploadSignature(signature);
        try {
            await record.save();
        } catch (error) {
            await record.discard();
            throw error;
        }
        return record.data[name];
    }
}

registry.category("fields").add("equipment_signature", {
    ...signatureField,
    component: ProtocolSignature,
});
