from odoo import api, fields, models
from odoo.tools import SQL, float_round

from .allotment import allot


class StockRule(models.Model):
    """Delivery rules that split each demand by what is really free.

    Stock's "take from stock, if unavailable, trigger another rule" makes one move for the whole
    demand and an order for the rest that knows nothing of the move. Here a sale order line becomes
    up to two moves under the same rule: one that is reserved from stock, and one that is chained to
    the manufacturing or purchase order which the next rule makes.
    """

    _inherit = "stock.rule"

    action = fields.Selection(selection_add=[("ask", "Ask a person")], ondelete={"ask": "cascade"})

    @api.model
    def _run_pull(self, procurements):
        parts = self._ordered_parts(procurements)
        if parts:
            parts.fulfilment_source = "transfer"
        return super()._run_pull(self._split_by_free_stock(procurements))

    @api.model
    def _run_manufacture(self, procurements):
        res = super()._run_manufacture(procurements)
        parts = self._ordered_parts(procurements)
        if parts:
            parts.fulfilment_source = "manufacture"
            self._chain_to_existing_productions(procurements)
        return res

    @api.model
    def _run_buy(self, procurements):
        parts = self._ordered_parts(procurements)
        if parts:
            parts.fulfilment_source = "buy"
        return super()._run_buy(procurements)

    @api.model
    def _run_ask(self, procurements):
        """Nothing makes, buys or brings the product: the order stands, and a person is asked."""
        parts = self._ordered_parts(procurements)
        untracked = parts.filtered(lambda move: not move.product_id.is_storable)
        untracked.write({"fulfilment_source": "stock", "procure_method": "make_to_stock"})
        (parts - untracked)._set_missing(
            lambda env: env._("It has neither a bill of materials nor a vendor.")
        )
        return True

    def _notify_responsible(self, procurement):
        """A vendor that stock's rule does not find: as visible as no rule at all."""
        super()._notify_responsible(procurement)
        self._ordered_parts([(procurement, self)])._set_missing(
            lambda env: env._("None of its vendors sells to this company.")
        )

    @api.model
    def _get_rule(self, product_id, location_id, values):
        rule = super()._get_rule(product_id, location_id, values)
        if not rule and self._is_ordered(values):
            return self.new({"action": "ask"})
        return rule

    def _filter_warehouse_routes(self, product, warehouses, route):
        """Stock looks for a bill of materials or vendor of any company: another's is of no use."""
        if not super()._filter_warehouse_routes(product, warehouses, route):
            return False
        actions = set(route.rule_ids.mapped("action"))
        usable = (self.env["res.company"], *warehouses.company_id)
        if "manufacture" in actions:
            return any(bom.type == "normal" and bom.company_id in usable for bom in product.bom_ids)
        if "buy" in actions:
            return any(seller.company_id in usable for seller in product.seller_ids)
        return True

    def _get_custom_move_fields(self):
        return [*super()._get_custom_move_fields(), "fulfilment_source"]

    def _prepare_mo_vals(
        self,
        product_id,
        product_qty,
        product_uom,
        location_dest_id,
        name,
        origin,
        company_id,
        values,
        bom,
    ):
        """A cancelled production must not cancel what the customer has ordered."""
        vals = super()._prepare_mo_vals(
            product_id,
            product_qty,
            product_uom,
            location_dest_id,
            name,
            origin,
            company_id,
            values,
            bom,
        )
        if self._is_ordered(values):
            vals["propagate_cancel"] = False
        return vals

    @api.model
    def _is_ordered(self, values):
        """Tell whether a procurement is for a part of a sale order line."""
        return any(move.fulfilment_source for move in values.get("move_dest_ids") or ())

    @api.model
    def _ordered_parts(self, procurements):
        """Return the moves of sale order lines for which the procurements are run."""
        moves = self.env["stock.move"]
        for procurement, _rule in procurements:
            moves |= procurement.values.get("move_dest_ids") or moves
        return moves.filtered("fulfilment_source")

    @api.model
    def _chain_to_existing_productions(self, procurements):
        """Chain the moves whose quantity stock added to a production that was there already."""
        for procurement, rule in procurements:
            part = (procurement.values.get("move_dest_ids") or self.env["stock.move"]).filtered(
                lambda move: move.fulfilment_source and not move.move_orig_ids
            )
            if not part:
                continue
            bom = rule._get_matching_bom(
                procurement.product_id, procurement.company_id, procurement.values
            )
            production = (
                self.env["mrp.production"]
                .sudo()
                .search(rule._make_mo_get_domain(procurement, bom), limit=1)
            )
            finished = production.move_finished_ids.filtered(
                lambda move, p=procurement: move.product_id == p.product_id
            )
            finished.move_dest_ids |= part
            part.created_production_id = production

    # -- splitting

    def _splits(self, procurement):
        """Tell whether a demand is split: a sale order line's, at the step out of the stock."""
        return (
            self.procure_method == "mts_else_mto"
            and bool(procurement.values.get("sale_line_id"))
            and not procurement.values.get("move_dest_ids")
        )

    @api.model
    def _split_by_free_stock(self, procurements):
        """Divide the demands of sale order lines into what is free and what is to be ordered.

        :param procurements: list of (Procurement, stock.rule)
        :return: the same list, divided; a decrease is taken from the moves that are there
        """
        kept, increases, decreases = [], [], []
        for procurement, rule in procurements:
            if not rule._splits(procurement):
                kept.append((procurement, rule))
            elif procurement.product_qty > 0:
                increases.append((procurement, rule))
            else:
                decreases.append((procurement, rule))
        kept += self._withdraw(decreases)
        if not increases:
            return kept
        free = self._lock_free_stock(increases)
        served = allot(
            [
                (
                    (rule.location_src_id, procurement.product_id),
                    procurement.product_uom._compute_quantity(
                        procurement.product_qty, procurement.product_id.uom_id, round=False
                    ),
                )
                for procurement, rule in increases
            ],
            free,
        )
        for (procurement, rule), quantity in zip(increases, served, strict=True):
            kept += [(part, rule) for part in self._divide(procurement, quantity)]
        return kept

    @api.model
    def _divide(self, procurement, free):
        """Return the one or two parts of a demand of which `free` (product's unit) is in stock."""
        unit = procurement.product_uom
        in_unit = procurement.product_id.uom_id._compute_quantity(free, unit, round=False)
        taken = float_round(
            min(in_unit, procurement.product_qty),
            precision_rounding=unit.rounding,
            rounding_method="DOWN",
        )
        rest = procurement.product_qty - taken
        return [
            procurement._replace(
                product_qty=quantity,
                values={**procurement.values, "fulfilment_source": source},
            )
            for source, quantity in (("stock", taken), ("order", rest))
            if unit.compare(quantity, 0) > 0
        ]

    @api.model
    def _lock_free_stock(self, procurements):
        """Return what is free by (location, product), and keep it free until the commit.

        Free is what is on hand, not reserved, and not promised to a move that waits for it. The
        quants are locked, so that of two confirmations at the same moment the later one waits
        and then, as the rows were changed after its snapshot, is retried by the server.

        :return: dict of quantities in the product's unit
        """
        by_location = {}
        for procurement, rule in procurements:
            if procurement.product_id.is_storable:
                by_location.setdefault(rule.location_src_id, self.browse())
                by_location[rule.location_src_id] |= rule
        free = {}
        self.env["stock.quant"].flush_model()
        self.env["stock.location"].flush_model(["parent_path", "usage"])
        for location, rules in by_location.items():
            products = self.env["product.product"].union(
                *(p.product_id for p, rule in procurements if rule in rules)
            )
            rows = self.env.execute_query(
                SQL(
                    """SELECT q.id, q.product_id, q.quantity - q.reserved_quantity
                         FROM stock_quant q JOIN stock_location l ON l.id = q.location_id
                        WHERE q.product_id IN %(products)s
                          AND l.usage = 'internal' AND l.parent_path LIKE %(path)s
                          AND q.quantity != q.reserved_quantity
                     ORDER BY q.id
                          FOR NO KEY UPDATE OF q""",
                    products=tuple(products.ids),
                    path=f"{location.parent_path}%",
                )
            )
            for _id, product_id, quantity in rows:
                key = (location, self.env["product.product"].browse(product_id))
                free[key] = free.get(key, 0) + quantity
            for product, quantity in self._promised_stock(location, products).items():
                free[location, product] = free.get((location, product), 0) - quantity
            if rows and set(rules.picking_type_id.mapped("reservation_method")) != {"at_confirm"}:
                # nothing will be reserved now: the promise itself must be seen by the other
                self.env.execute_query(
                    SQL(
                        "UPDATE stock_quant SET reserved_quantity = reserved_quantity"
                        " WHERE id IN %s RETURNING id",
                        tuple(row[0] for row in rows),
                    )
                )
        return free

    @api.model
    def _promised_stock(self, location, products):
        """Return by product what confirmed moves wait for in the location without having it."""
        groups = self.env["stock.move"]._read_group(
            [
                ("product_id", "in", products.ids),
                ("location_id", "child_of", location.ids),
                ("state", "in", ("confirmed", "partially_available")),
                ("procure_method", "=", "make_to_stock"),
                "|",
                ("fulfilment_source", "in", ("stock", "missing")),
                "&",
                ("fulfilment_source", "=", False),
                "|",
                ("rule_id", "=", False),
                ("rule_id.procure_method", "!=", "mts_else_mto"),
            ],
            ["product_id", "product_uom"],
            ["product_uom_qty:sum", "quantity:sum"],
        )
        promised = {}
        for product, unit, demand, reserved in groups:
            waiting = unit._compute_quantity(max(demand - reserved, 0), product.uom_id, round=False)
            promised[product] = promised.get(product, 0) + waiting
        return promised

    @api.model
    def _withdraw(self, procurements):
        """Take decreases from the moves of their lines.

        :return: what could not be taken, because it has left the warehouse already
        """
        left = []
        for procurement, rule in procurements:
            line = self.env["sale.order.line"].sudo().browse(procurement.values["sale_line_id"])
            unit = procurement.product_uom
            parts = line.move_ids.filtered(
                lambda move, p=procurement: move.fulfilment_source
                and move.product_id == p.product_id
                and move.state not in ("done", "cancel")
                and move.bom_line_id.id == p.values.get("bom_line_id", False)
            )
            rest = parts._decrease(
                unit._compute_quantity(-procurement.product_qty, procurement.product_id.uom_id)
            )
            rest = procurement.product_id.uom_id._compute_quantity(rest, unit)
            if unit.compare(rest, 0) > 0:
                left.append((procurement._replace(product_qty=-rest), rule))
        return left
