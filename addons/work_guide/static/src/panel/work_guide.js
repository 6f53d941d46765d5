import { Component, onMounted, onWillUnmount, useEffect, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { session } from "@web/session";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { FormController } from "@web/views/form/form_controller";

const OPEN_KEY = "work_guide.open";

/**
 * The question mark of a form and the panel behind it. Nothing is asked of the server before the
 * panel is opened, and then beside the form, never before it.
 */
export class WorkGuide extends Component {
    static template = "work_guide.WorkGuide";
    static props = { model: Object };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.keepLast = new KeepLast();
        this.canEdit = session.work_guide_editor;
        this.state = useState({
            open: browser.localStorage.getItem(OPEN_KEY) === "1",
            guides: null,
            current: 0,
            edit: null,
            saving: false,
            ticked: {},
        });
        this.record = {};
        this.reload = useDebounced(() => this.state.open && this.load(), 400);
        onMounted(() => {
            this.props.model.bus.addEventListener("update", this.reload);
        });
        onWillUnmount(() => this.props.model.bus.removeEventListener("update", this.reload));
        useEffect(
            (open) => {
                if (open) {
                    this.load();
                }
            },
            () => [this.state.open, this.props.model.root?.resId]
        );
    }

    get isGuided() {
        return (session.work_guide_models || []).includes(this.props.model.root?.resModel);
    }

    get guide() {
        return this.state.guides?.[this.state.current];
    }

    async load() {
        if (!this.isGuided) {
            return;
        }
        const { id, resModel, resId } = this.props.model.root;
        if (this.isOther(id, resId)) {
            this.state.ticked = {};
        }
        this.record = { id, resId };
        const guides = await this.keepLast.add(
            this.orm.silent.call("work.guide", "panel", [resModel, resId || false])
        );
        const shown = this.guide?.version_id;
        this.state.guides = guides;
        const kept = guides.findIndex((guide) => guide.version_id === shown);
        this.state.current = Math.max(kept, 0);
        if (this.guide && this.guide.version_id !== shown) {
            this.state.edit = null;
            this.state.ticked = {};
            this.note(null);
        }
    }

    /** Another record, not the same one read again or saved for the first time. */
    isOther(id, resId) {
        return this.record.id !== id && (!resId || this.record.resId !== resId);
    }

    toggle() {
        this.state.open = !this.state.open;
        browser.localStorage.setItem(OPEN_KEY, this.state.open ? "1" : "0");
    }

    choose(index) {
        this.state.current = index;
        this.state.edit = null;
        this.state.ticked = {};
        this.note(null);
    }

    note(helped) {
        return this.orm.silent.call("work.guide.version", "record_reading", [
            this.guide.version_id,
            helped,
        ]);
    }

    async answer(helped) {
        this.guide.helped = helped;
        await this.note(helped);
    }

    startEdit() {
        this.state.edit = { ...this.guide.raw };
    }

    async save() {
        if (this.state.saving) {
            return;
        }
        this.state.saving = true;
        let number;
        try {
            number = await this.orm.call("work.guide", "edit_in_place", [
                [this.guide.id],
                { ...this.state.edit },
            ]);
        } finally {
            this.state.saving = false;
        }
        this.state.edit = null;
        this.notification.add(`${this.guide.name} · ${number}`, { type: "success" });
        await this.load();
    }

    /** Names of the tours that an author can choose. */
    get tours() {
        return registry
            .category("web_tour.tours")
            .getEntries()
            .map(([name]) => name)
            .sort();
    }

    /** Start the guide's tour: one of an add-on, or one that was recorded in this database. */
    async showTour() {
        const name = this.guide.raw.tour_name;
        const isShipped = registry.category("web_tour.tours").contains(name);
        if (!isShipped && !(await this.orm.searchCount("web_tour.tour", [["name", "=", name]]))) {
            this.notification.add(_t("The tour “%s” is not there any more.", name), {
                type: "warning",
            });
            return;
        }
        this.toggle();
        await this.env.services.tour_service.startTour(name, {
            mode: "manual",
            redirect: false,
            fromDB: !isShipped,
            rainbowManMessage: _t("That is the whole way."),
        });
    }
}

FormController.components = { ...FormController.components, WorkGuide };
