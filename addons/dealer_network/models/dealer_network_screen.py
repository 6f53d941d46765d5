from odoo import api, models
from odoo.fields import Domain

TREE_LIMIT = 80


class DealerNetworkScreen(models.AbstractModel):
    """What the tree, the map and the set-up panel of the network ask of the server.

    Everything is read with the rights of the user: a dealer sees itself and
    what is shared with it, and its tree begins there.
    """

    _name = "dealer.network.screen"
    _description = "Screens of the Dealer Network"

    @api.model
    def get_tree(self, parent_id=False, offset=0):
        """Return one level of the tree, a page at a time.

        :param int parent_id: dealer whose sub-dealers are wanted; False for the first level,
            which holds the dealers whose parent the user does not see
        :param int offset: how many the screen has already
        :return: dict(nodes, total)
        """
        dealers = self.env["dealer.dealer"]
        domain = (
            Domain("parent_id", "=", parent_id)
            if parent_id
            else Domain("parent_id", "not any", Domain.TRUE)
        )
        found = dealers.search(domain, offset=offset, limit=TREE_LIMIT)
        return {"nodes": self._tree_nodes(found), "total": dealers.search_count(domain)}

    @api.model
    def search_tree(self, keyword):
        """Return the dealers found by a keyword with everything above them.

        :param str keyword: looked for as in the dealers' search box
        :return: dict(nodes, matched): nodes in no order, ids of those found
        """
        dealers = self.env["dealer.dealer"]
        found = dealers.search([("keyword", "ilike", keyword)], limit=TREE_LIMIT)
        path_ids = {
            int(part) for path in found.mapped("parent_path") for part in path.split("/")[:-1]
        }
        above = dealers.search([("id", "in", list(path_ids))])
        return {"nodes": self._tree_nodes(above), "matched": found.ids}

    @api.model
    def get_map(self):
        """Return the points of the network: dealers, at the place of their own or of
        their main outlet, and the outlets.

        :return: dict(dealers, outlets, unplaced): unplaced counts dealers without a point
        """
        outlets = self.env["dealer.outlet"].search_fetch(
            [("has_point", "=", True)],
            ["dealer_id", "name", "city", "latitude", "longitude", "is_main"],
        )
        main = {outlet.dealer_id.id: outlet for outlet in outlets if outlet.is_main}
        dealers = self.env["dealer.dealer"].search([])
        labels = self._labels()
        points = [
            self._map_point(dealer, place, labels)
            for dealer in dealers
            if (place := dealer if dealer.has_point else main.get(dealer.id))
        ]
        return {
            "dealers": points,
            "outlets": [self._outlet_point(outlet) for outlet in outlets],
            "unplaced": len(dealers) - len(points),
        }

    @api.model
    def get_setup(self):
        """Return the steps to the first dealer, for who may take them.

        :return: dict(closed, steps): closed when there is nothing to show
        """
        closed = (
            not self.env.user.has_group("dealer_network.group_network_administrator")
            or self.env.company.dealer_onboarding_closed
        )
        steps = [] if closed else self._setup_steps()
        return {"closed": closed or all(step["done"] for step in steps), "steps": steps}

    @api.model
    def close_setup(self):
        """Do not show the set-up panel in this company again."""
        if self.env.user.has_group("dealer_network.group_network_administrator"):
            self.env.company.sudo().dealer_onboarding_closed = True
        return True

    def _labels(self):
        dealers = self.env["dealer.dealer"]
        return {
            name: dict(dealers._fields[name]._description_selection(self.env))
            for name in ("state", "mode")
        }

    def _tree_nodes(self, dealers):
        groups = self.env["dealer.dealer"]._read_group(
            [("parent_id", "in", dealers.ids)], ["parent_id"], ["__count"]
        )
        children = {parent.id: count for parent, count in groups}
        labels = self._labels()
        return [
            {
                **self._dealer_card(dealer, labels),
                "parent_id": dealer.parent_id.id,
                "children": children.get(dealer.id, 0),
            }
            for dealer in dealers
        ]

    def _dealer_card(self, dealer, labels):
        return {
            "id": dealer.id,
            "code": dealer.code,
            "name": dealer.name,
            "type": dealer.type_id.name,
            "city": dealer.city or "",
            "state": dealer.state,
            "state_label": labels["state"][dealer.state],
            "mode": dealer.mode,
            "mode_label": labels["mode"][dealer.mode],
        }

    def _map_point(self, dealer, place, labels):
        return {
            **self._dealer_card(dealer, labels),
            "brands": ", ".join(dealer.brand_ids.mapped("name")),
            "latitude": place.latitude,
            "longitude": place.longitude,
        }

    def _outlet_point(self, outlet):
        return {
            "id": outlet.id,
            "dealer_id": outlet.dealer_id.id,
            "name": outlet.name,
            "city": outlet.city or "",
            "latitude": outlet.latitude,
            "longitude": outlet.longitude,
        }

    def _setup_steps(self):
        company = self.env.company
        return [
            {
                "key": "company",
                "title": self.env._("Your company"),
                "text": self.env._("Address and logo of the OEM, for papers and mails."),
                "done": bool(company.city and company.country_id),
                "action": self._company_action(),
            },
            self._setup_step(
                "dealer.brand",
                self.env._("Brands"),
                self.env._("What the network sells."),
            ),
            self._setup_step(
                "dealer.dealer",
                self.env._("First dealer"),
                self.env._("Name, code and type are enough."),
            ),
            self._setup_step(
                "dealer.outlet",
                self.env._("Outlets"),
                self.env._("Where it works, when it is open, for which brands."),
            ),
            self._setup_step(
                "dealer.staff",
                self.env._("People"),
                self.env._("Who works there, in which role."),
            ),
        ]

    def _setup_step(self, model, title, text):
        return {
            "key": model,
            "title": title,
            "text": text,
            "done": bool(self.env[model].search([], limit=1)),
            "action": {
                "type": "ir.actions.act_window",
                "name": title,
                "res_model": model,
                "views": [[False, "form"]],
            },
        }

    def _company_action(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env.company.name,
            "res_model": "res.company",
            "res_id": self.env.company.id,
            "views": [[False, "form"]],
        }
