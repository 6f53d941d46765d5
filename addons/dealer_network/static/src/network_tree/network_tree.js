import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

// so many importers or dealers at the top are shown with those below them
const MOST_OPENED = 5;

const STATE_COLORS = {
    prospect: "secondary",
    candidate: "info",
    active: "success",
    suspended: "warning",
    terminated: "danger",
};

/** Say how many of a level are not loaded yet. */
function moreLabel(node) {
    return _t("Show more (%s left)", node.total - node.nodes.length);
}

/** One dealer in the tree, with those below it once they are asked for. */
export class NetworkTreeNode extends Component {
    static template = "dealer_network.NetworkTreeNode";
    static components = {};
    static props = { node: Object, tree: Object };

    get color() {
        return STATE_COLORS[this.props.node.state];
    }

    get moreLabel() {
        return moreLabel(this.props.node);
    }

    get toggleTitle() {
        return this.props.node.open ? _t("Fold") : _t("Unfold");
    }
}
NetworkTreeNode.components = { NetworkTreeNode };

/** The network as a tree; each level is loaded when it is opened. */
export class NetworkTree extends Component {
    static template = "dealer_network.NetworkTree";
    static components = { Layout, NetworkTreeNode };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.display = { controlPanel: {} };
        this.state = useState({ root: this.makeNode({ id: false }), keyword: "", empty: false });
        this.search = useDebounced(() => this.load(), 250);
        this.tree = {
            toggle: (node) => this.toggle(node),
            more: (node) => this.loadChildren(node),
            open: (node, ev) => this.open(node, ev),
        };
        onWillStart(() => this.load());
    }

    makeNode(values) {
        return { ...values, open: false, nodes: [], total: values.children || 0, matched: false };
    }

    get moreLabel() {
        return moreLabel(this.state.root);
    }

    async load() {
        const root = await this.keepLast.add(this.read(this.state.keyword.trim()));
        this.state.root = root;
        this.state.empty = !root.nodes.length;
    }

    /** Return the top of the tree: what the words find, or the first levels. */
    async read(keyword) {
        const root = this.makeNode({ id: false });
        if (keyword) {
            const found = await this.orm.call("dealer.network.screen", "search_tree", [keyword]);
            this.nest(root, found);
            return root;
        }
        const level = await this.orm.call("dealer.network.screen", "get_tree", []);
        this.append(root, level);
        if (root.nodes.length <= MOST_OPENED) {
            const parents = root.nodes.filter((node) => node.total);
            await Promise.all(parents.map((node) => this.loadChildren(node)));
        }
        return root;
    }

    /** Put the dealers found, which come in no order, below one another. */
    nest(root, { nodes, matched }) {
        const byId = Object.fromEntries(nodes.map((values) => [values.id, this.makeNode(values)]));
        for (const node of Object.values(byId)) {
            const parent = byId[node.parent_id] || root;
            parent.nodes.push(node);
            parent.open = true;
            node.matched = matched.includes(node.id);
        }
        for (const node of [root, ...Object.values(byId)]) {
            node.nodes.sort((one, other) => one.name.localeCompare(other.name));
            node.total = node.open ? node.nodes.length : node.total;
        }
    }

    append(node, level) {
        node.nodes.push(...level.nodes.map((values) => this.makeNode(values)));
        node.total = level.total;
        node.open = true;
    }

    async loadChildren(node) {
        if (node.loading) {
            return; // a second click asks for what is on its way
        }
        node.loading = true;
        try {
            const level = await this.orm.call("dealer.network.screen", "get_tree", [
                node.id,
                node.nodes.length,
            ]);
            this.append(node, level);
        } finally {
            node.loading = false;
        }
    }

    async toggle(node) {
        if (node.open) {
            node.open = false;
        } else if (node.nodes.length) {
            node.open = true;
        } else {
            await this.loadChildren(node);
        }
    }

    open(node, ev) {
        const newWindow = ev.ctrlKey || ev.metaKey;
        return this.action.doAction(
            {
                type: "ir.actions.act_window",
                res_model: "dealer.dealer",
                res_id: node.id,
                views: [[false, "form"]],
            },
            { newWindow }
        );
    }

    onInput(ev) {
        this.state.keyword = ev.target.value;
        this.search();
    }
}

registry.category("actions").add("dealer_network.tree", NetworkTree);
