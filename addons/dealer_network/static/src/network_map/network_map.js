import {
    Component,
    onMounted,
    onWillStart,
    onWillUnmount,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { fitView, makeProjection, ringsToPath, zoomView } from "./projection";
import { readRings } from "./topology";

const OUTLINES = "/dealer_network/static/lib/world_atlas/countries.json";
const STATES = ["prospect", "candidate", "active", "suspended", "terminated"];
const MOST_LABELS = 30;

/**
 * The network on a map that is drawn here: no tile server is asked, so that no
 * position of a dealer leaves the region.
 */
export class NetworkMap extends Component {
    static template = "dealer_network.NetworkMap";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.canvas = useRef("canvas");
        this.state = useState({
            size: { width: 800, height: 500 },
            view: { x: 0, y: 0, k: 1 },
            hidden: {},
            outlets: false,
            keyword: "",
            hovered: null,
        });
        this.drag = null;
        onWillStart(() => this.load());
        onMounted(() => this.observeSize());
        onWillUnmount(() => this.observer?.disconnect());
        useExternalListener(window, "pointermove", (ev) => this.onPointerMove(ev));
        useExternalListener(window, "pointerup", () => this.onPointerUp());
    }

    async load() {
        const [data, topology] = await Promise.all([
            this.orm.call("dealer.network.screen", "get_map", []),
            browser.fetch(OUTLINES).then((response) => response.json()),
        ]);
        this.project = makeProjection(data.dealers.map((dealer) => dealer.latitude));
        this.outline = ringsToPath(readRings(topology, "countries"), this.project);
        this.dealers = data.dealers.map((dealer) => this.place(dealer));
        this.outlets = data.outlets.map((outlet) => this.place(outlet));
        this.unplaced = data.unplaced;
    }

    place(record) {
        return { ...record, at: this.project([record.longitude, record.latitude]) };
    }

    observeSize() {
        let fitted = false;
        this.observer = new ResizeObserver(([entry]) => {
            const { width, height } = entry.contentRect;
            if (width && height) {
                this.state.size = { width, height };
                if (!fitted) {
                    fitted = true;
                    this.fit();
                }
            }
        });
        this.observer.observe(this.canvas.el);
    }

    // What is shown

    get legend() {
        return STATES.map((state) => {
            const dealers = this.dealers.filter((dealer) => dealer.state === state);
            return { state, label: dealers[0]?.state_label, count: dealers.length };
        }).filter(({ count }) => count);
    }

    get unplacedLabel() {
        return _t("%s not on the map", this.unplaced);
    }

    get shown() {
        const word = this.state.keyword.trim().toLowerCase();
        return this.dealers.filter(
            (dealer) =>
                !this.state.hidden[dealer.state] &&
                (!word ||
                    [dealer.name, dealer.code, dealer.city, dealer.brands].some((text) =>
                        text.toLowerCase().includes(word)
                    ))
        );
    }

    get points() {
        return this.onScreen(this.shown);
    }

    get outletPoints() {
        if (!this.state.outlets) {
            return [];
        }
        const ids = new Set(this.shown.map((dealer) => dealer.id));
        return this.onScreen(this.outlets.filter((outlet) => ids.has(outlet.dealer_id)));
    }

    get labelled() {
        const points = this.points;
        return points.length <= MOST_LABELS ? points : [];
    }

    /** Keep what lies on the screen, with its place there. */
    onScreen(records) {
        const { view, size } = this.state;
        return records
            .map((record) => ({
                record,
                x: record.at[0] * view.k + view.x,
                y: record.at[1] * view.k + view.y,
            }))
            .filter(
                ({ x, y }) => x > -20 && y > -20 && x < size.width + 20 && y < size.height + 20
            );
    }

    get transform() {
        const { x, y, k } = this.state.view;
        return `translate(${x},${y}) scale(${k})`;
    }

    get hoverStyle() {
        const { x, y } = this.state.hovered;
        const { width, height } = this.state.size;
        const across = x > width / 2 ? `right:${width - x + 12}px` : `left:${x + 12}px`;
        const down = y > height / 2 ? `bottom:${height - y + 12}px` : `top:${y + 12}px`;
        return `${across};${down}`;
    }

    // Moving about

    fit() {
        this.state.view = fitView(
            this.shown.map((dealer) => dealer.at),
            this.state.size
        );
    }

    zoom(factor) {
        const { width, height } = this.state.size;
        this.state.view = zoomView(this.state.view, factor, [width / 2, height / 2]);
    }

    onWheel(ev) {
        const box = this.canvas.el.getBoundingClientRect();
        const at = [ev.clientX - box.left, ev.clientY - box.top];
        this.state.hovered = null;
        this.state.view = zoomView(this.state.view, Math.exp(-ev.deltaY / 400), at);
    }

    onPointerDown(ev) {
        if (ev.button === 0) {
            const { x, y } = this.state.view;
            this.drag = { fromX: ev.clientX - x, fromY: ev.clientY - y };
        }
    }

    onPointerMove(ev) {
        if (this.drag) {
            const { k } = this.state.view;
            this.state.hovered = null;
            this.state.view = {
                k,
                x: ev.clientX - this.drag.fromX,
                y: ev.clientY - this.drag.fromY,
            };
        }
    }

    onPointerUp() {
        this.drag = null;
    }

    // Dealers

    hover(point) {
        if (!this.drag) {
            this.state.hovered = point;
        }
    }

    toggleState(state) {
        this.state.hidden[state] = !this.state.hidden[state];
    }

    open(dealer) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "dealer.dealer",
            res_id: dealer.id,
            views: [[false, "form"]],
        });
    }

    openUnplaced() {
        return this.action.doAction("dealer_network.dealer_dealer_action", {
            viewType: "list",
            additionalContext: { search_default_not_on_map: 1 },
        });
    }
}

registry.category("actions").add("dealer_network.map", NetworkMap);
