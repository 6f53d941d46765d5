from odoo import models
from odoo.tools import html2plaintext

from ..bpmn import Step


class DealProcessStage(models.Model):
    _inherit = "deal.process.stage"

    def _bpmn_step(self):
        """Return the stage as a task of the diagram, with what belongs to it as a note."""
        self.ensure_one()
        role = dict(self._fields["owner_role"]._description_selection(self.env))[self.owner_role]
        notes = [self.env._("Owner: %s", self.owner_title or role)]
        if self.deadline_days:
            notes.append(self.env._("Deadline: %s working days", self.deadline_days))
        for label, gates in (
            (self.env._("Entry:"), self.entry_gate_ids),
            (self.env._("Exit:"), self.exit_gate_ids),
            (self.env._("Documents:"), self.document_type_ids),
        ):
            if gates:
                notes += [label, *(f"• {name}" for name in gates.mapped("name"))]
        return Step(
            code=self.code,
            name=self.name,
            notes=notes,
            # skipped where no need and no entry gate asks for it; a deal begins in the first one
            optional=self != self.version_id._first_stage()
            and bool(self.need_kind_ids or self.entry_gate_ids),
            documentation=html2plaintext(self.method or "").strip(),
        )
