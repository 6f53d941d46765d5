from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError


class StockPicking(models.Model):
    _inherit = "stock.picking"

    certification_warning = fields.Text(compute="_compute_certification_warning")

    @api.depends(
        "state", "move_line_ids.lot_id", "move_line_ids.lot_name", "move_line_ids.quantity",
        "move_line_ids.location_dest_id",
    )  # fmt: skip
    @api.depends_context("lang")
    def _compute_certification_warning(self):
        """What the gate would say now, before anybody packs."""
        self.certification_warning = False
        waiting = self.filtered(lambda picking: picking.state not in ("done", "cancel"))
        lines = waiting.move_line_ids
        missing, _used = lines._certification_verdict(lines._certification_proofs())
        by_picking = {}
        for one in missing:
            by_picking.setdefault(one.line.picking_id, []).append(one)
        for picking, wanting in by_picking.items():
            picking.certification_warning = lines._certification_message(wanting)

    def action_apply_for_certification(self):
        """Open the applications for the serial numbers that the gate would stop.

        :raise UserError: no serial number is chosen yet
        """
        self.ensure_one()
        lots = self.move_line_ids.lot_id.filtered(lambda lot: lot.certification_state == "missing")
        if not lots:
            raise UserError(
                self.env._(
                    "%(transfer)s: choose the serial numbers that are to be certified first.",
                    transfer=self.name,
                )
            )
        return lots.action_apply_for_certification()

    @api.model
    def _warn_without_certificate(self, certificates):
        """Note on open transfers that they stop at the gate, as certificates no longer count.

        :param certificates: certification.certificate that were suspended or withdrawn
        """
        templates = certificates.scope_ids.product_tmpl_id
        domain = [
            ("state", "in", ("assigned", "partially_available", "confirmed")),
            ("product_id.product_tmpl_id", "in", templates.ids),
            ("picking_id", "!=", False),
        ]
        if all(certificate.company_id for certificate in certificates):
            domain.append(("company_id", "in", certificates.company_id.ids))
        # a shared certificate stops transfers in companies that its keeper does not see
        lines = self.env["stock.move.line"].sudo().search(domain)
        missing, _used = lines._certification_verdict(lines._certification_proofs())
        touched = {}
        for one in missing:
            touched.setdefault(one.line.picking_id, []).append(one)
        bodies = {
            picking.id: Markup("<br/>").join(lines._certification_message(wanting).split("\n"))
            for picking, wanting in touched.items()
        }
        pickings = self.sudo().browse(bodies)
        if pickings:
            pickings._message_log_batch(bodies=bodies)
