from odoo import api, models


class DealDocumentType(models.Model):
    """Documents that arise while a deal is fulfilled."""

    _inherit = "deal.document.type"

    @api.model
    def _collect_production(self, leads):
        """Manufacturing orders made for the deals."""
        return {
            lead: lead.order_ids.order_line.move_ids.move_orig_ids.production_id
            | lead.order_ids.stock_reference_ids.production_ids
            for lead in leads
        }

    @api.model
    def _collect_purchase(self, leads):
        """Requests for quotation and purchase orders made for the deals."""
        collected = {}
        for lead in leads:
            moves = lead.order_ids.order_line.move_ids
            lines = moves.created_purchase_line_ids | moves.move_orig_ids.purchase_line_id
            collected[lead] = lines.order_id.filtered(lambda order: order.state != "cancel")
        return collected

    @api.model
    def _collect_delivery(self, leads):
        """Deliveries that have not left yet."""
        return self._outgoing(leads, lambda picking: picking.state not in ("done", "cancel"))

    @api.model
    def _collect_waybill(self, leads):
        """Deliveries that have left the warehouse, with their waybill."""
        return self._outgoing(leads, lambda picking: picking.state == "done")

    @api.model
    def _is_required_waybill(self, leads):
        """Goods need a waybill, services none."""
        return {
            lead: any(
                line.product_id.type == "consu"
                for line in lead.order_ids.filtered(lambda o: o.state == "sale").order_line
            )
            for lead in leads
        }

    @api.model
    def _outgoing(self, leads, condition):
        return {
            lead: lead.order_ids.picking_ids.filtered(
                lambda picking: picking.picking_type_code == "outgoing" and condition(picking)
            )
            for lead in leads
        }
