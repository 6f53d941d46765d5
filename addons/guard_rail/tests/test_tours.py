from odoo.tests import HttpCase, tagged

from .common import GuardRailCase


@tagged("post_install", "-at_install")
class TestTours(GuardRailCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.seller_a, cls.holder):
            user.password = f"{user.login}-secret"
        cls._rail("Archiving", "guard_rail.action_partner_archive")

    def test_a_newcomer_is_stopped_asks_and_gets_it_confirmed(self):
        self.start_tour(
            f"/odoo/res.partner/{self.customer.id}",
            "guard_rail_ask",
            login=self.seller_a.login,
        )
        self.assertTrue(self.customer.active)
        request = self.env["guard.rail.request"].search([("user_id", "=", self.seller_a.id)])
        self.assertEqual(request.note, "He closed down")
        self.start_tour("/odoo/to-confirm", "guard_rail_confirm", login=self.holder.login)
        self.assertFalse(self.customer.active)
        self.assertEqual(request.answered_by_id, self.holder)

    def test_a_wrong_archiving_is_undone_beside_it(self):
        customer = self._customer("Archived by mistake", self.holder)
        self.start_tour(
            f"/odoo/res.partner/{customer.id}",
            "guard_rail_undo",
            login=self.holder.login,
        )
        self.assertTrue(customer.active)
