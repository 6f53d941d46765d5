from odoo.tests import HttpCase, tagged

from .common import DealerAccessCase


@tagged("post_install", "-at_install")
class TestTours(HttpCase, DealerAccessCase):
    def test_support_access_from_question_to_end(self):
        self.start_tour("/odoo", "dealer_access_ask", login=self._with_password(self.oem_user))
        access = self.env["dealer.support.access"].search([])
        self.assertEqual(access.state, "requested")
        self.start_tour(
            "/odoo", "dealer_access_approve", login=self._with_password(self.principal_a)
        )
        access.invalidate_recordset()
        self.assertEqual(access.state, "ended")
        self.assertNotIn(self.company_a, self.oem_user.company_ids)

    def test_principal_hires(self):
        self.start_tour("/odoo", "dealer_access_hire", login=self._with_password(self.principal_a))
        staff = self.env["dealer.staff"].search([("name", "=", "Robin Tour")])
        self.assertEqual(staff.dealer_id, self.dealer_a)
        self.assertTrue(staff.user_id.active)

    def _with_password(self, user):
        """Log in with the login as password, as :meth:`start_tour` does."""
        user.password = user.login
        return user.login
