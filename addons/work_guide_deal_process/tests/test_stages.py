from odoo.tests import TransactionCase, tagged
from odoo.tools import file_open


@tagged("post_install", "-at_install")
class TestStages(TransactionCase):
    def test_every_stage_shipped_has_a_guide_of_its_own(self):
        stages = self.env.ref("deal_process.process_standard").version_ids.stage_ids
        guides = self.env["work.guide"].search([("model", "=", "crm.lead")])
        self.assertTrue(stages)
        for stage in stages:
            lead = self.env["crm.lead"].new({"deal_stage_id": stage.id})
            fitting = guides.filtered(
                lambda guide, lead=lead: lead.filtered_domain(guide._filter())
            )
            self.assertEqual(
                fitting, self.env.ref(f"work_guide_deal_process.guide_deal_{stage.code}")
            )
            self.assertTrue(fitting.version_id.method)
            self.assertTrue(fitting.version_id.checklist)

    def test_the_tours_that_guides_name_are_shipped(self):
        guides = self.env["work.guide"].search([("model", "=", "crm.lead")])
        named = set(guides.version_id.mapped("tour_name")) - {False}
        self.assertEqual(named, {"work_guide_deal_selection", "work_guide_deal_stage"})
        with file_open("work_guide_deal_process/static/src/tours/deal_tours.js") as script:
            shipped = script.read()
        for name in named:
            self.assertIn(f'.add("{name}"', shipped)
