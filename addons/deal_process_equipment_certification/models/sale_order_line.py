from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _needing_certificates(self):
        """Return ``{line: scheme ids}`` of the lines whose equipment needs certificates."""
        needing = {}
        for line in self:
            product = line.product_id.product_tmpl_id
            schemes = product._certification_of(line.company_id).get(product)
            if schemes and line.product_uom_qty > 0:
                needing[line] = schemes
        return needing

    def _certification_wanted(self):
        """Return ``{line: {(proof, pieces), …}}`` of what is not with the customer yet.

        Serial numbers that are reserved are asked for one by one; for pieces without a number
        the certificate of the model alone can help.
        """
        proof_of = self.env["certification.scope"]._proof
        wanted = {}
        for line, schemes in self._needing_certificates().items():
            moves = line.move_ids.filtered(lambda move: move.state != "cancel").move_line_ids
            gone = moves.filtered(
                lambda one: one.state == "done" and one.location_dest_id.usage == "customer"
            ).lot_id
            lots = moves.lot_id - gone
            left = line.product_uom_qty - line.qty_delivered
            unnamed = (
                left - len(lots) if line.product_id.tracking == "serial" else left * (not lots)
            )
            product = line.product_id.product_tmpl_id
            pieces = [(lot.name, 1) for lot in lots] + ([("", unnamed)] if unnamed > 0 else [])
            wanted[line] = [
                (proof_of(line.company_id, product, scheme, serial), count)
                for scheme in schemes
                for serial, count in pieces
            ]
        return wanted
