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
        moves.filtered(lambda move: move.state == "done").move_line_ids._follow_equipment()
        return moves

    def _equipment_reference(self):
        """Return the document that tells of what the move did to machines."""
        return self.picking_id.name or self.reference
