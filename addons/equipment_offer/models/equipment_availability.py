from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models


class Promise(NamedTuple):
    """When a quantity of a product can leave the warehouse.

    source: stock, incoming, make, buy, service (nothing to deliver) or request (nobody knows),
    in a confirmed order agreed;
    ready: date, False for ``request``; free: quantity free now; steps: list of dicts that explain
    the date, in the form of ``equipment.selection.candidate.capacity``.
    """

    source: str
    ready: object
    free: float
    steps: list


@dataclass
class Plan:
    """What one question for dates has taken up so far.

    slots: ``{key of a resource: [(start, end)]}``, hours that other lines of the same offer take;
    depth: how many levels of components we are below what the customer gets.
    """

    slots: dict = field(default_factory=lambda: defaultdict(list))
    depth: int = 0

    def deeper(self):
        """Return the plan for components: the same hours, one level down."""
        return Plan(self.slots, self.depth + 1)


class EquipmentAvailability(models.AbstractModel):
    """Delivery dates from what is really there: stock, what is on its way, vendors, and, with
    manufacturing installed, the work centres.
    """

    _name = "equipment.availability"
    _description = "Availability of Equipment"

    @api.model
    def _promises(self, demands, warehouse, today=None, plan=None):
        """Return a :class:`Promise` per demand, in the same order.

        Demands of one product share what is there: the second gets what the first leaves.

        :param demands: list of (product.product, quantity in the product's unit)
        :param warehouse: stock.warehouse that delivers
        :param date today: the day from which is counted
        :param Plan plan: what is taken up already; empty when not given
        :rtype: list[Promise]
        """
        today = today or fields.Date.context_today(self)
        plan = plan or Plan()
        products = self.env["product.product"].union(*(product for product, _qty in demands))
        free = {
            product: product.free_qty
            for product in products.with_context(warehouse_id=warehouse.id)
        }
        left, cumulated, promises = dict(free), defaultdict(float), []
        short = []
        for index, (product, quantity) in enumerate(demands):
            cumulated[product] += quantity
            if not product.is_storable:
                promises.append(self._promise_untracked(product, today))
            elif product.uom_id.compare(left[product], quantity) >= 0:
                left[product] -= quantity
                ready = today + timedelta(days=product.sale_delay)
                promises.append(Promise("stock", ready, free[product], []))
            else:
                short.append((index, product, quantity, cumulated[product] - free[product]))
                promises.append(None)
        for index, promise in self._promises_of_short(short, free, warehouse, today, plan):
            promises[index] = promise
        return promises

    @api.model
    def _promise_untracked(self, product, today):
        """Services, and goods whose stock nobody counts."""
        if product.type == "service":
            return Promise("service", today, 0.0, [])
        return Promise("stock", today + timedelta(days=product.sale_delay), 0.0, [])

    @api.model
    def _promises_of_short(self, short, free, warehouse, today, plan):
        """Yield (index, Promise) for demands that stock does not cover.

        :param short: list of (index, product, quantity, quantity lacking in all)
        """
        products = self.env["product.product"].union(*(product for _i, product, _q, _l in short))
        expected = self._expected_receipts(products, warehouse)
        for index, product, _quantity, lacking in short:
            least = today + timedelta(days=product.sale_delay)
            arrival = self._arrival(expected[product], lacking, product)
            if arrival:
                ready = max(least, arrival)
                yield index, Promise("incoming", ready, free[product], [])
                continue
            source, ready, steps = self._replenish(product, lacking, warehouse, today, plan)
            yield index, Promise(source, ready and max(least, ready), free[product], steps)

    @api.model
    def _expected_receipts(self, products, warehouse):
        """Return ``{product: [(date, quantity)]}`` of receipts and production under way that
        nothing else waits for, by date.
        """
        incoming = defaultdict(list)
        rows = (
            self.env["stock.move"]
            .sudo()
            ._read_group(
                [
                    ("product_id", "in", products.ids),
                    ("state", "in", ("waiting", "confirmed", "partially_available", "assigned")),
                    ("location_dest_id", "child_of", warehouse.lot_stock_id.ids),
                    ("location_id.usage", "!=", "internal"),
                    ("company_id", "=", warehouse.company_id.id),
                    ("move_dest_ids", "=", False),
                ],
                ["product_id", "date:day"],
                ["product_qty:sum"],
            )
        )
        for product, moment, quantity in sorted(rows, key=lambda row: row[1]):
            incoming[product.sudo(False)].append((moment, quantity))
        return incoming

    @api.model
    def _arrival(self, expected, lacking, product):
        """Return the date on which what is expected covers what lacks, or None."""
        for moment, quantity in expected:
            lacking -= quantity
            if product.uom_id.compare(lacking, 0) <= 0:
                return fields.Date.to_date(moment)
        return None

    @api.model
    def _replenish(self, product, quantity, warehouse, today, plan):
        """Return (source, date or False, steps) for a quantity that has to be got.

        Here: bought from the first vendor. Manufacturing puts itself before this.
        """
        company = warehouse.company_id
        # with administrator's rights: the date is the seller's business, the terms are not
        vendor = (
            product.sudo()
            .with_company(company)
            ._select_seller(quantity=quantity, date=today, uom_id=product.uom_id)
        )
        if not vendor:
            return "request", False, []
        return "buy", today + timedelta(days=vendor.delay), []
