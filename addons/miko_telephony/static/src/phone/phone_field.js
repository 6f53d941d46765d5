import { patch } from "@web/core/utils/patch";
import { useService } from "@web/core/utils/hooks";
import { PhoneField } from "@web/views/fields/phone/phone_field";

/**
 * A click on a telephone number rings the user's own telephone; without an extension the link does
 * what links to numbers do.
 */
patch(PhoneField.prototype, {
    setup() {
        super.setup();
        this.telephone = useService("miko_telephony");
    },

    onCall(ev) {
        if (!this.telephone.state.extension) {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
        const { record, name } = this.props;
        this.telephone.dial(record.data[name], record.resModel, record.resId);
    },
});
