from odoo import api, models
from odoo.tools import format_date

from .stock_move import ORDERED


class DealGate(models.Model):
    """Gates of production and of the sale from stock."""

    _inherit = "deal.gate"

    @api.model
    def _fulfilment_parts(self, leads):
        """Return the parts of the deals' orders by deal; one query for all."""
        parts = self.env["deal.fulfilment"].sudo().search([("lead_id", "in", leads.ids)])
        return parts.grouped("lead_id")

    @api.model
    def _evaluate_goods_to_order(self, leads):
        """Applies where something is made, bought, or still missing."""
        parts = self._fulfilment_parts(leads)
        return {
            lead: []
            if any(part.source in (*ORDERED, "missing") for part in parts.get(lead, ()))
            else None
            for lead in leads
        }

    @api.model
    def _evaluate_goods_ready(self, leads):
        """All goods are in the warehouse, or delivered already."""
        parts = self._fulfilment_parts(leads)
        return {
            lead: [
                self._unready_sentence(part)
                for part in parts[lead]
                if part.state not in ("ready", "delivered")
            ]
            if lead in parts
            else None
            for lead in leads
        }

    @api.model
    def _evaluate_goods_delivered(self, leads):
        """All goods that were ordered have left the warehouse."""
        parts = self._fulfilment_parts(leads)
        lacking = self._lacking_lines(leads)
        answers = dict.fromkeys(leads)
        for lead in leads:
            own = parts.get(lead, self.env["deal.fulfilment"])
            waiting = own.filtered(lambda part: part.state != "delivered")
            # of a line that waits for a delivery, this alone is told
            given_up = lacking.get(lead, self.env["sale.order.line"]) - waiting.sale_line_id
            if own or given_up:
                answers[lead] = [
                    *(self._undelivered_sentence(part) for part in waiting),
                    *(self._lacking_sentence(line) for line in given_up),
                ]
        return answers

    @api.model
    def _lacking_lines(self, leads):
        """Return by deal the lines of which less has left for good than is ordered.

        The rest of a delivery without back order is such, and what came back: the customer gets it
        all the same, or the salesperson lowers the ordered quantity.
        """
        # sudo: as for the parts, a deal is judged by all its orders, whoever asks
        lines = (
            self.env["sale.order.line"]
            .sudo()
            .search(
                [
                    ("order_id.opportunity_id", "in", leads.ids),
                    ("state", "=", "sale"),
                    ("move_ids.fulfilment_source", "!=", False),
                ]
            )
        )
        lacking = lines.filtered(
            lambda line: line.product_uom_id.compare(line.qty_delivered, line.product_uom_qty) < 0
        )
        return lacking.grouped(lambda line: line.order_id.opportunity_id)

    @api.model
    def _resolve_goods_ready(self, lead):
        return lead.action_open_fulfilment()

    @api.model
    def _resolve_goods_delivered(self, lead):
        return lead.action_open_fulfilment()

    @api.model
    def _unready_sentence(self, part):
        words = self._part_words(part)
        if part.state == "missing":
            return self.env._(
                "%(quantity)s %(unit)s of %(product)s are neither in the warehouse nor ordered "
                "(%(order)s).",
                **{**words, "quantity": f"{part.short_quantity:g}"},
            )
        if not part.documents:
            return self.env._(
                "%(quantity)s %(unit)s of %(product)s are not reserved in the warehouse "
                "(%(order)s).",
                **words,
            )
        return self.env._(
            "%(product)s: %(readiness)s %% ready, expected on %(date)s (%(documents)s).",
            readiness=round(part.readiness),
            date=format_date(self.env, part.expected_date),
            documents=part.documents,
            **words,
        )

    @api.model
    def _undelivered_sentence(self, part):
        return self.env._(
            "%(quantity)s %(unit)s of %(product)s are not delivered yet (%(order)s).",
            **self._part_words(part),
        )

    @api.model
    def _lacking_sentence(self, line):
        return self.env._(
            "%(quantity)s %(unit)s of %(product)s were ordered, but no delivery brings them "
            "(%(order)s). Lower the ordered quantity if the customer does without.",
            quantity=f"{line.product_uom_qty - line.qty_delivered:g}",
            unit=line.product_uom_id.name,
            product=line.product_id.display_name,
            order=line.order_id.name,
        )

    @api.model
    def _part_words(self, part):
        return {
            "quantity": f"{part.quantity:g}",
            "unit": part.uom_id.name,
            "product": part.product_id.display_name,
            "order": part.order_id.name,
        }
