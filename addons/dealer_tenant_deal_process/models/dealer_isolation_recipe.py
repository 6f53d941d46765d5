from odoo import models
from odoo.fields import Command


class DealerIsolationRecipe(models.AbstractModel):
    _inherit = "dealer.isolation.recipe"

    def _make_deal_need(self, maker):
        kind = maker.env["deal.need.kind"].search([], limit=1)
        return {
            "lead_id": maker.record("crm.lead").id,
            "kind_id": kind.id,
            "name": "Isolation probe",
        }

    def _make_deal_document(self, maker):
        kind = maker.env["deal.document.type"].search([], limit=1)
        return {
            "lead_id": maker.record("crm.lead").id,
            "type_id": kind.id,
            "name": "Isolation probe",
        }

    def _make_deal_gate_override(self, maker):
        gate = maker.env.ref("deal_process.gate_site")
        return self._by_system(
            maker,
            "deal.gate.override",
            lead_id=maker.record("crm.lead").id,
            gate_id=gate.id,
            reason="Isolation probe",
        )

    def _make_deal_review(self, maker):
        return self._by_system(
            maker,
            "deal.review",
            lead_id=maker.record("crm.lead").id,
            seller_id=maker.env.uid,
            state="done",
        )

    def _make_deal_process(self, maker):
        return self._by_system(
            maker, "deal.process", name="Isolation probe", company_id=maker.env.company.id
        )

    def _make_deal_process_version(self, maker):
        process = maker.record("deal.process")
        stage = {"name": "Isolation probe", "code": "probe"}
        return self._by_system(
            maker,
            "deal.process.version",
            process_id=process.id,
            stage_ids=[Command.create(stage)],
        )

    def _make_deal_process_stage(self, maker):
        return maker.record("deal.process.version").sudo().stage_ids[:1].sudo(False)

    def _by_system(self, maker, model_name, **values):
        """What a dealer owns without making it himself."""
        return maker.env[model_name].sudo().create(values).sudo(False)
