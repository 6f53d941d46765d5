from odoo import models

from .stock_move import PASSAGES


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    def _equipment_passage(self):
        """Return the kind of event that the line is for its machine, or None."""
        kind = PASSAGES.get((_place(self.location_id), _place(self.location_dest_id)))
        return "scrapped" if kind == "left" and self.move_id.scrap_id else kind


def _place(location):
    """Kind of place: stock's usage; transit between companies lies outside ours."""
    if location.usage == "transit":
        return "internal" if location.company_id else "out"
    return location.usage
