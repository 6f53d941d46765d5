from odoo.tests import TransactionCase, tagged


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
