from odoo import models

#: What a machine does when it goes from a kind of place to another. Places outside the company
#: are called "out"; a place that is not listed changes nothing.
PASSAGES = {
    ("production", "internal"): "produced",
    ("out", "internal"): "received",
    ("supplier", "internal"): "received",
    ("inventory", "internal"): "received",
    ("customer", "internal"): "returned",
    ("internal", "customer"): "delivered",
    ("internal", "out"): "delivered",
    ("supplier", "customer"): "delivered",
    ("internal", "supplier"): "left",
    ("internal", "production"): "left",
    ("internal", "inventory"): "left",
}


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        moves.filtered(lambda move: move.state == "done")._follow_equipment()
        return moves

    def _follow_equipment(self):
        """Tell the registry where machines went."""
        machines = self.filtered(lambda move: move.product_id.product_tmpl_id._is_equipment())
        lines = machines.move_line_ids.filtered("lot_id").sorted("id")
        passages = {}
        for line in lines:
            kind = line._equipment_passage()
            if kind:
                passages.setdefault((line.move_id, kind), self.env["stock.lot"])
                passages[line.move_id, kind] |= line.lot_id
        Unit = self.env["equipment.unit"].sudo()
        units = Unit._ensure_for_lots(lines.filtered(lambda line: line._equipment_passage()))
        for (move, kind), lots in passages.items():
            followed = Unit.concat(*(units[lot, move.company_id] for lot in lots))
            followed._pass(kind, move)
