from datetime import datetime, time, timedelta

from odoo import api, fields, models

#: A component of a component of a component … is looked at so deep, deeper by vendor alone.
MAX_DEPTH = 4


class EquipmentAvailability(models.AbstractModel):
    """Adds what the factory makes: components, then operations one after the other, each in the
    first free hours of its work centre.
    """

    _inherit = "equipment.availability"

    @api.model
    def _replenish(self, product, quantity, warehouse, today, plan):
        """What has a bill of materials is made; the rest is left to the vendors."""
        bom = self._bom(product, warehouse) if plan.depth < MAX_DEPTH else None
        if not bom:
            return super()._replenish(product, quantity, warehouse, today, plan)
        start, steps = self._components_ready(bom, product, quantity, warehouse, today, plan)
        if not start:
            return "request", False, steps
        end, operations = self._operations_done(bom, product, quantity, start, plan)
        if not end:
            return "request", False, steps + operations
        return "make", end, steps + operations

    @api.model
    def _bom(self, product, warehouse):
        """Return the bill of materials by which the warehouse's company makes a product.

        With administrator's rights: sellers may not read bills of materials, but may say when
        something is ready.
        """
        found = (
            self.env["mrp.bom"]
            .sudo()
            ._bom_find(product.sudo(), company_id=warehouse.company_id.id, bom_type="normal")
        )
        return found[product.sudo()]

    @api.model
    def _components_ready(self, bom, product, quantity, warehouse, today, plan):
        """Return the day on which all components are there (False: never), and what decides it."""
        factor = product.uom_id._compute_quantity(quantity, bom.product_uom_id, round=False)
        _boms, lines = bom.explode(product.sudo(), factor / bom.product_qty)
        demands = [
            (
                line.product_id.sudo(False),
                line.product_uom_id._compute_quantity(
                    values["qty"], line.product_id.uom_id, round=False
                ),
            )
            for line, values in lines
        ]
        if not demands:
            return today, []
        promises = self._promises(demands, warehouse, today, plan.deeper())
        if not all(promise.ready for promise in promises):
            return False, []
        (component, _quantity), last = max(
            zip(demands, promises, strict=True), key=lambda pair: pair[1].ready
        )
        if last.ready <= today:
            return today, []
        return last.ready, [
            {"kind": "component", "product": component.id, "end": last.ready.isoformat()}
        ]

    @api.model
    def _operations_done(self, bom, product, quantity, start, plan):
        """Return the day on which the last operation ends (False: no free hours), and the
        operations with the hours in which they can be done.
        """
        moment, steps = datetime.combine(start, time.min), []
        if start <= fields.Date.context_today(self):
            moment = max(moment, fields.Datetime.now())
        for operation in bom.operation_ids:
            if operation._skip_operation_line(product.sudo()):
                continue
            center = operation.workcenter_id
            capacity, setup, cleanup = center._get_capacity(product.sudo(), product.uom_id)
            # as mrp.workorder._get_duration_expected: preparation does not depend on efficiency
            cycles = -(-quantity // (capacity or 1.0))
            worked = cycles * operation.time_cycle * 100.0 / (center.time_efficiency or 100.0)
            minutes = setup + cleanup + worked
            slots = plan.slots[center.id]
            begin, end = center._get_first_available_slot(moment, minutes, extra_leaves_slots=slots)
            if not begin:
                return False, steps
            steps.append(
                {
                    "kind": "operation",
                    "workcenter": center.name,
                    "operation": operation.name,
                    "hours": round(minutes / 60, 1),
                    "start": begin.date().isoformat(),
                    "end": end.date().isoformat(),
                }
            )
            slots.append((begin, end))
            moment = end
        # without operations the planners' estimate is all there is
        return moment.date() + timedelta(days=bom.produce_delay if not steps else 0), steps
