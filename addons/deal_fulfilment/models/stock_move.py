from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date

SOURCES = [
    ("stock", "From stock"),
    ("order", "To be ordered"),
    ("manufacture", "Manufactured"),
    ("buy", "Bought"),
    ("transfer", "From another warehouse"),
    ("missing", "Missing"),
]
# made, bought or brought for this very move, and chained to it
ORDERED = ("order", "manufacture", "buy", "transfer")
OPEN = ("draft", "waiting", "confirmed", "partially_available", "assigned")


class StockMove(models.Model):
    """A delivery that knows where its goods come from."""

    _inherit = "stock.move"

    fulfilment_source = fields.Selection(
        SOURCES,
        string="Source of the goods",
        copy=False,
        readonly=True,
        help="Set where a sale order line was split by what is free in the warehouse.",
    )

    _fulfilment_open_idx = models.Index(
        "(company_id, sale_line_id) WHERE fulfilment_source IS NOT NULL"
        " AND state NOT IN ('done', 'cancel')"
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            # the rule's own method is "stock, else order"; the part to be ordered is the "else"
            if vals.get("fulfilment_source") == "order":
                vals["procure_method"] = "make_to_order"
        return super().create(vals_list)

    def write(self, vals):
        res = super().write(vals)
        # `state` comes with the date when a move is done: that is no delay
        if "date" in vals and "state" not in vals:
            served = self.move_dest_ids.filtered("fulfilment_source")
            if served:
                served.sale_line_id._refresh_forecast(self._date_reason())
        return res

    # -- overrides of stock

    def _prepare_procurement_qty(self):
        """What a part orders is settled by the split; stock would subtract the free stock again."""
        parts = self.filtered("fulfilment_source")
        if not parts:
            return super()._prepare_procurement_qty()
        others = self - parts
        quantities = dict(
            zip(others.ids, super(StockMove, others)._prepare_procurement_qty(), strict=True)
        )
        for move in parts:
            ordered = move.procure_method == "make_to_order"
            quantities[move.id] = move.product_uom_qty if ordered else 0.0
        return [quantities[move.id] for move in self]

    def _prepare_procurement_values(self):
        """A part from stock orders nothing: spare it the search for rules and lead times."""
        if self.fulfilment_source in ("stock", "missing"):
            return {"company_id": self.company_id}
        return super()._prepare_procurement_values()

    def _key_assign_picking(self):
        """One delivery for the whole order, whatever is made for it.

        Stock keeps moves of different productions apart, and looks for a transfer for each.
        """
        keys = super()._key_assign_picking()
        if not self.fulfilment_source:
            return keys
        return tuple(key for key in keys if key != self.created_production_id)

    @api.model
    def _prepare_merge_moves_distinct_fields(self):
        return [*super()._prepare_merge_moves_distinct_fields(), "fulfilment_source"]

    def _clean_merged(self):
        # a move merged into another is no demand that has gone
        res = super()._clean_merged()
        self.filtered("fulfilment_source").fulfilment_source = False
        return res

    def _prepare_move_split_vals(self, qty):
        return {
            **super()._prepare_move_split_vals(qty),
            "fulfilment_source": self.fulfilment_source,
        }

    def _action_confirm(self, merge=True, merge_into=False, create_proc=True):
        moves = super()._action_confirm(merge=merge, merge_into=merge_into, create_proc=create_proc)
        # stock decided that they wait for an order before the rule found that there is none
        unsupplied = moves.filtered(
            lambda move: move.fulfilment_source in ("stock", "missing")
            and move.state == "waiting"
            and not move.move_orig_ids
        )
        if unsupplied:
            unsupplied._recompute_state()
            unsupplied._action_assign()
        return moves

    def _action_cancel(self):
        """What was ordered for a cancelled delivery comes back; what lost its supply is missing."""
        to_cancel = self.filtered(lambda move: move.state not in ("done", "cancel"))
        gone = [
            (move.product_qty, move._supply_documents(), move.sale_line_id)
            for move in to_cancel
            if move.fulfilment_source in ORDERED
        ]
        served = (to_cancel.move_dest_ids - self).filtered(
            lambda move: move.fulfilment_source in ORDERED and move.state in OPEN
        )
        res = super()._action_cancel()
        for quantity, documents, line in gone:
            self._reduce_supply(quantity, documents, line)
        if served:
            served._check_supply(to_cancel._cancel_reason())
        return res

    def _get_upstream_documents_and_responsibles(self, visited):
        # sudo: who cancels or lowers an order need not be allowed to read what was bought for it
        return super(StockMove, self.sudo())._get_upstream_documents_and_responsibles(visited)

    def _action_done(self, cancel_backorder=False):
        done = super()._action_done(cancel_backorder=cancel_backorder)
        done._check_was_in_warehouse()
        return done

    def _check_was_in_warehouse(self):
        """Refuse to ship what is not in the warehouse: it would leave a negative quantity."""
        lines = self.filtered(
            lambda move: move.sale_line_id
            and move.location_id.usage == "internal"
            and move.location_dest_id.usage in ("customer", "transit")
            and move.product_id.is_storable
        ).move_line_ids
        if not lines:
            return
        owed = (
            self.env["stock.quant"]
            .sudo()
            .search(
                [
                    ("product_id", "in", lines.product_id.ids),
                    ("location_id", "in", lines.location_id.ids),
                    ("quantity", "<", 0),
                ]
            )
        )
        taken = {self._stock_key(line) for line in lines}
        for quant in owed:
            if self._stock_key(quant) in taken:
                raise UserError(
                    self.env._(
                        "%(product)s cannot be shipped: %(quantity)s %(unit)s more would leave "
                        "%(location)s than are there. Wait for the production or the receipt, or "
                        "deliver what is there and keep the rest as a back order.",
                        product=quant.product_id.display_name,
                        quantity=-quant.quantity,
                        unit=quant.product_uom_id.name,
                        location=quant.location_id.display_name,
                    )
                )

    @api.model
    def _stock_key(self, record):
        return (
            record.product_id,
            record.location_id,
            record.lot_id,
            record.package_id,
            record.owner_id,
        )

    # -- supply

    def _supply_documents(self):
        """Return the open productions and purchase order lines that a part waits for.

        With the rights of the system, so that they can be lowered.
        """
        # sudo: who cancels or lowers an order need not be allowed to read what supplies it
        part = self.sudo()
        productions = part.move_orig_ids.production_id.filtered(
            lambda production: production.state not in ("done", "cancel")
        )
        lines = (part.created_purchase_line_ids | part.move_orig_ids.purchase_line_id).filtered(
            lambda line: line.order_id.state != "cancel"
        )
        return productions, lines

    def _has_open_supply(self):
        self.ensure_one()
        # sudo: as in `_supply_documents`
        part = self.sudo()
        if part.move_orig_ids.filtered(lambda move: move.state in OPEN):
            return True
        return bool(
            part.created_purchase_line_ids.filtered(
                lambda line: line.order_id.state in ("draft", "sent", "to approve")
            )
        )

    @api.model
    def _reduce_supply(self, quantity, documents, line):
        """Order less where nothing has begun; where it has, tell whoever plans.

        :param quantity: what is no longer needed, in the product's unit
        :param documents: what `_supply_documents` returned
        :param line: sale.order.line that no longer needs it
        """
        productions, purchase_lines = documents
        unit = line.product_id.uom_id
        for document in (*productions.sorted("id", reverse=True), *purchase_lines):
            if unit.compare(quantity, 0) > 0:
                quantity -= document._reduce_by(quantity)
        if unit.compare(quantity, 0) > 0 and (productions or purchase_lines):
            begun = (productions or purchase_lines.order_id)[:1]
            begun._tell_surplus(quantity, line)

    def _reducible(self):
        """Return how much less a part can order without touching what has begun."""
        self.ensure_one()
        productions, lines = self._supply_documents()
        return sum(document._reducible_quantity() for document in (*productions, *lines))

    def _decrease(self, quantity):
        """Need less: first what is missing, then what is not begun, then stock, then the rest.

        :param quantity: in the product's unit
        :return: what could not be taken from these moves
        """
        steps = [
            [(move, move.product_qty) for move in self if move.fulfilment_source == "missing"],
            [
                (move, min(move.product_qty, move._reducible()))
                for move in self
                if move.fulfilment_source in ORDERED
            ],
            [(move, move.product_qty) for move in self if move.fulfilment_source == "stock"],
            [(move, None) for move in self if move.fulfilment_source in ORDERED],
        ]
        for step in steps:
            for move, limit in step:
                unit = move.product_id.uom_id
                if move.state == "cancel" or unit.compare(quantity, 0) <= 0:
                    continue
                taken = min(quantity, move.product_qty if limit is None else limit)
                if unit.compare(taken, 0) > 0:
                    move._need_less(taken)
                    quantity -= taken
        return quantity

    def _need_less(self, quantity):
        """Lower the demand by a quantity in the product's unit, and what was ordered for it."""
        self.ensure_one()
        documents = self._supply_documents()
        unit = self.product_id.uom_id
        if unit.compare(quantity, self.product_qty) >= 0:
            # cancelling gives the supply back by itself
            self._action_cancel()
            return
        left = unit._compute_quantity(self.product_qty - quantity, self.product_uom, round=False)
        self.product_uom_qty = left
        if self.fulfilment_source in ORDERED:
            self._reduce_supply(quantity, documents, self.sale_line_id)
        self._action_assign()

    def _check_supply(self, reason):
        """Call what has lost its supply missing: what came before stays with its move.

        :param reason: for the task, see `deal.fulfilment.task._in_words`
        """
        # sudo: who cancels a production or purchase need not be allowed to read what was sold
        for move in self.sudo():
            if move.state not in OPEN or move._has_open_supply():
                continue
            unit = move.product_uom
            lacking = move.product_uom_qty - move.quantity
            if unit.compare(lacking, 0) <= 0:
                continue
            if unit.is_zero(move.quantity):
                move._set_missing(reason)
                continue
            vals_list = move._split(unit._compute_quantity(lacking, move.product_id.uom_id))
            rest = move.create(
                [
                    {
                        **vals,
                        "fulfilment_source": "missing",
                        "procure_method": "make_to_stock",
                        "move_orig_ids": False,
                    }
                    for vals in vals_list
                ]
            )
            rest._action_confirm(merge=False)
            rest._set_missing(reason)

    def _set_missing(self, reason):
        """Nothing supplies these moves any more: they wait for stock, and a person is asked."""
        if not self:
            return
        # sudo: as in `_check_supply`
        parts = self.sudo()
        parts.write(
            {
                "fulfilment_source": "missing",
                "procure_method": "make_to_stock",
                "move_orig_ids": [Command.clear()],
                "created_purchase_line_ids": [Command.clear()],
                "created_production_id": False,
            }
        )
        for line in parts.sale_line_id:
            moves = parts.filtered(lambda move, own=line: move.sale_line_id == own)
            line._ask_for_supply(moves, reason)
        parts.sale_line_id._refresh_forecast(reason)

    def action_supply_again(self):
        """Make or buy what is missing, as if it had just been ordered.

        For moves whose production or purchase was cancelled, or whose product has got a bill of
        materials or a vendor since. What is free in the warehouse by now is taken first.
        """
        self.check_access("write")
        moves = self.sudo().filtered(
            lambda move: move.fulfilment_source == "missing" and move.state in OPEN
        )
        moves._action_assign()
        requests = []
        for move in moves:
            unit = move.product_uom
            lacking = move.product_uom_qty - move.quantity
            if unit.compare(lacking, 0) <= 0:
                move.fulfilment_source = "stock"
                continue
            ordering = move
            if not unit.is_zero(move.quantity):
                vals_list = move._split(unit._compute_quantity(lacking, move.product_id.uom_id))
                ordering = self.sudo().create(vals_list)
                move.fulfilment_source = "stock"
                ordering._action_confirm(merge=False)
            ordering.write({"fulfilment_source": "order", "procure_method": "make_to_order"})
            ordering.state = "waiting"
            requests.append(
                self.env["stock.rule"].Procurement(
                    ordering.product_id,
                    lacking,
                    unit,
                    ordering.location_id,
                    ordering.rule_id.name or "/",
                    ordering._prepare_procurement_origin(),
                    ordering.company_id,
                    ordering._prepare_procurement_values(),
                )
            )
        self.env["stock.rule"].sudo().run(requests)
        moves.sale_line_id._supply_found()
        return True

    # -- reasons

    def _date_reason(self):
        """Say which document moved the date of the goods."""
        document = self.production_id or self.purchase_line_id.order_id or self.picking_id
        date = max(self.mapped("date"))
        return lambda env: env._(
            "%(document)s is now planned for %(date)s",
            document=", ".join(document.mapped("display_name")),
            date=format_date(env, date),
        )

    def _cancel_reason(self):
        """Say which document was to bring the goods."""
        document = self.production_id or self.purchase_line_id.order_id or self.picking_id
        return lambda env: env._(
            "%(document)s was cancelled.", document=", ".join(document.mapped("display_name"))
        )
