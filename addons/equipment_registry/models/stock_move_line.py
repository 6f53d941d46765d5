from odoo import api, models

from .stock_move import PASSAGES

#: Changes after which a line that is done speaks of another machine, or of another way.
PASSAGE_FIELDS = {"lot_id", "quant_id", "quantity", "location_id", "location_dest_id"}
#: What a machine does when it turns out that it did not go: by the kind of place that it is at.
WAYS_BACK = {"internal": "returned", "customer": "delivered"}


class StockMoveLine(models.Model):
    """The registry follows what is done, and what is changed after it was done."""

    _inherit = "stock.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        # stock moves the goods at once where the transfer is done already
        lines.filtered(lambda line: line.state == "done")._follow_equipment()
        return lines

    def write(self, vals):
        if not PASSAGE_FIELDS & vals.keys():
            return super().write(vals)
        before = {
            line: (line.lot_id, line._equipment_passage(), line._equipment_way_back())
            for line in self
            if line.state == "done" and line.product_id.product_tmpl_id._is_equipment()
        }
        result = super().write(vals)
        changed = self.browse(
            line.id
            for line, (lot, kind, _back) in before.items()
            if (lot, kind) != (line.lot_id, line._equipment_passage())
        )
        # the new machine first: it takes over the work that was planned for the old one
        changed._follow_equipment()
        for line in changed:
            line._undo_passage(*before[line])
        return result

    def _follow_equipment(self):
        """Tell the registry where machines went."""
        lines = self.filtered(
            lambda line: line.lot_id
            and line.product_id.product_tmpl_id._is_equipment()
            and line._equipment_passage()
        )
        passages = {}
        for line in lines.sorted("id"):
            key = line.move_id, line._equipment_passage()
            passages[key] = passages.get(key, self.env["stock.lot"]) | line.lot_id
        Unit = self.env["equipment.unit"].sudo()
        units = Unit._ensure_for_lots(lines)
        for (move, kind), lots in passages.items():
            followed = Unit.concat(*(units[lot, move.company_id] for lot in lots))
            followed._pass(kind, move)

    def _undo_passage(self, lot, kind, way_back):
        """Take a machine back that did not go with the line, unless it has gone on since.

        :param lot: stock.lot that stood in the line
        :param str kind: passage that the line was for it, or None
        :param str way_back: passage by which it is where it was before
        """
        units = self.env["equipment.unit"].sudo()._of_lots(lot)
        for unit in units.filtered(lambda one: one.company_id == self.company_id):
            if unit._came_by(kind, self.move_id):
                unit._pass(way_back, self.move_id)

    def _equipment_passage(self):
        """Return the kind of event that the line is for its machine, or None."""
        if self.quantity <= 0:
            return None
        kind = PASSAGES.get((_place(self.location_id), _place(self.location_dest_id)))
        return "scrapped" if kind == "left" and self.move_id.scrap_id else kind

    def _equipment_way_back(self):
        """Return the event by which the machine is where the line took it from."""
        return WAYS_BACK.get(_place(self.location_id), "left")


def _place(location):
    """Kind of place: stock's usage; transit between companies lies outside ours."""
    if location.usage == "transit":
        return "internal" if location.company_id else "out"
    return location.usage
