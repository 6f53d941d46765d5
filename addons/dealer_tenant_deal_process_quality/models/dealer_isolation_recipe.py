from odoo import fields, models


class DealerIsolationRecipe(models.AbstractModel):
    _inherit = "dealer.isolation.recipe"

    def _make_deal_quality_script(self, maker):
        return self._by_system(
            maker, "deal.quality.script", name="Isolation probe", company_id=maker.env.company.id
        )

    def _make_deal_quality_question(self, maker):
        script = maker.record("deal.quality.script")
        return self._by_system(
            maker, "deal.quality.question", name="Isolation probe", script_id=script.id
        )

    def _make_deal_quality_call(self, maker):
        return self._by_system(
            maker,
            "deal.quality.call",
            week=fields.Date.today(),
            lead_id=maker.record("crm.lead").id,
            company_id=maker.env.company.id,
            script_id=maker.record("deal.quality.script").id,
        )

    def _make_deal_quality_answer(self, maker):
        return self._by_system(
            maker,
            "deal.quality.answer",
            call_id=maker.record("deal.quality.call").id,
            question_id=maker.record("deal.quality.question").id,
        )
