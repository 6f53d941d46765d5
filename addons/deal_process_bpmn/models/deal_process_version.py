from odoo import fields, models

from ..bpmn import Texts, document


class DealProcessVersion(models.Model):
    _inherit = "deal.process.version"

    bpmn = fields.Text(string="BPMN", compute="_compute_bpmn")

    def _compute_bpmn(self):
        for version in self:
            version.bpmn = version._bpmn()

    def bpmn_xml(self):
        """Return the version as a BPMN 2.0 document with layout, in the reader's language."""
        self.ensure_one()
        self.check_access("read")
        return self._bpmn()

    def _bpmn(self):
        stages = self.stage_ids.filtered(lambda stage: stage.kind == "normal")
        return document(
            self.display_name, [stage._bpmn_step() for stage in stages], self._bpmn_texts()
        )

    def _bpmn_texts(self):
        return Texts(
            lead=self.env._("Lead"),
            qualification=self.env._("Qualification"),
            is_lead=self.env._("Is it a lead?"),
            yes=self.env._("yes"),
            no=self.env._("no"),
            deal=self.env._("Deal"),
            needed=self.env._("Needed?"),
            refusal=self.env._("Refusal with a reason"),
            review=self.env._("Review by the head of sales"),
            closed=self._stage(kind="closed").name or self.env._("Closed"),
            refused=self._stage(kind="refused").name or self.env._("Refused"),
            not_lead=self._stage(kind="not_lead").name or self.env._("Not a lead"),
        )
