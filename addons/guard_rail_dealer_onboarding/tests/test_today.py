from odoo.tests import tagged

from odoo.addons.guard_rail.tests.common import GuardRailCase


@tagged("post_install", "-at_install")
class TestToday(GuardRailCase):
    def _titles(self, user):
        today = self.env["dealer.today"].with_user(user).with_context(allowed_company_ids=None)
        return [item["title"] for item in today.load()["items"]]

    def test_a_holder_finds_what_waits_and_the_asker_what_was_refused(self):
        request = self._ask(self.seller_a, self.customer)
        self.assertIn(request.what, self._titles(self.holder))
        self.assertNotIn(request.what, self._titles(self.seller_a))
        self.assertNotIn(request.what, self._titles(self.principal_b))
        self._as(self.holder, request).action_refuse("Not today")
        self.assertNotIn(request.what, self._titles(self.holder))
        self.assertTrue(any("Refused" in title for title in self._titles(self.seller_a)))

    def test_where_nobody_holds_it_the_principal_decides(self):
        request = self._ask(self.seller_a, self.customer)
        self.assertNotIn(request.what, self._titles(self.principal_a))
        self.person_holder.competence_ids.unlink()
        self.assertIn(request.what, self._titles(self.principal_a))
