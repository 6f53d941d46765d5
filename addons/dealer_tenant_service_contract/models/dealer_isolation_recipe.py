from odoo import models


class DealerIsolationRecipe(models.AbstractModel):
    _inherit = "dealer.isolation.recipe"

    def _make_service_plan(self, maker):
        return {"name": "Isolation probe", "code": "ISOLATION"}

    def _make_service_refusal_reason(self, maker):
        return {"name": "Isolation probe"}

    def _make_service_offer(self, maker):
        return {
            "partner_id": maker.record("res.partner").id,
            "plan_id": maker.record("service.plan").id,
            "unit_ids": maker.record("equipment.unit").ids,
        }

    def _make_service_contract(self, maker):
        return {
            "partner_id": maker.record("res.partner").id,
            "plan_id": maker.record("service.plan").id,
            "unit_ids": maker.record("equipment.unit").ids,
        }

    def _make_service_visit(self, maker):
        return {
            "contract_id": maker.record("service.contract").id,
            "unit_id": maker.record("equipment.unit").id,
            "number": 1,
            "date": "2024-01-01",
        }
