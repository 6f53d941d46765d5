from odoo.tests import TransactionCase, tagged


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
