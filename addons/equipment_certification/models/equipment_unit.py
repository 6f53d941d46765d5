from odoo import models
from odoo.exceptions import UserError

from .stock_move_line import Missing


class EquipmentUnit(models.Model):
    _name = "equipment.unit"
    _inherit = ["equipment.unit", "certification.subject.mixin"]

    def action_apply_for_certification(self):
        """Draft the applications for the certificates that the machines lack."""
        return self.lot_id.action_apply_for_certification()

    def _check_certified(self):
        """Raise, in the words of the gate, unless the machines have what they need.

        :raise UserError: naming each machine and what it lacks
        """
        proofs = self._certification_proofs()
        given = self.env["certification.scope"]._proven(
            proof for group in proofs.values() for proof in group
        )
        missing = [
            Missing(unit, proof, 1)
            for unit, group in proofs.items()
            for proof in group
            if proof not in given
        ]
        if missing:
            raise UserError(self.env["stock.move.line"]._certification_message(missing))

    def _certification_origin(self):
        """A machine stands for itself: there is no document to name."""
        return ""

    def _certification_key(self):
        return self.company_id, self.product_id.product_tmpl_id, self.serial
