from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.dealer_onboarding.tests.common import OnboardingCase


@tagged("post_install", "-at_install")
class TestOwnPaths(OnboardingCase):
    def test_a_step_of_ones_own_does_not_slip_into_the_oems_path(self):
        def mine(model):
            return (
                self.env[model].with_user(self.principal_a).with_context(allowed_company_ids=None)
            )

        own = mine("dealer.learning.path").create({"name": "How we do it here"})
        self.assertEqual(own.company_id, self.dealer_a.company_id)
        step = mine("dealer.learning.step").create(
            {"path_id": own.id, "name": "Round through the house", "kind": "talk"}
        )
        with self.assertRaises(AccessError):
            step.write({"path_id": self.path.id})
