from odoo.tests import TransactionCase, tagged
from odoo.tools import file_open


@tagged("post_install", "-at_install")
class TestStates(TransactionCase):
    def test_every_state_has_one_guide(self):
        guides = self.env["work.guide"].search([("model", "=", "crm.inquiry")])
        states = self.env["crm.inquiry"]._fields["state"].get_values(self.env)
        for state in states:
            inquiry = self.env["crm.inquiry"].new({"state": state})
            fitting = guides.filtered(
                lambda guide, inquiry=inquiry: inquiry.filtered_domain(guide._filter())
            )
            self.assertEqual(len(fitting), 1, state)
            self.assertTrue(fitting.version_id.method)

    def test_the_tours_that_guides_name_are_shipped(self):
        guides = self.env["work.guide"].search([("model", "=", "crm.inquiry")])
        named = set(guides.version_id.mapped("tour_name")) - {False}
        self.assertEqual(named, {"work_guide_inquiry_answer"})
        with file_open("work_guide_inquiry_desk/static/src/tours/inquiry_tours.js") as script:
            shipped = script.read()
        for name in named:
            self.assertIn(f'.add("{name}"', shipped)
