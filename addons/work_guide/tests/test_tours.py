from odoo.tests import HttpCase, tagged

from odoo.addons.dealer_network.tests.common import DealerNetworkCase


@tagged("post_install", "-at_install")
class TestTours(DealerNetworkCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.oem_manager, cls.principal_a):
            user.password = f"{user.login}-secret"
        cls.staff_a = cls.seller_a.dealer_staff_ids

    def _open(self, name, user):
        self.start_tour(f"/odoo/dealer.staff/{self.staff_a.id}", name, login=user.login)

    def test_the_author_edits_in_place_and_the_dealer_reads(self):
        guide = self.env.ref("work_guide.guide_dealer_staff")
        self._open("work_guide_edit", self.oem_manager)
        self.assertEqual(guide.version_id.number, 2)
        self.assertEqual(guide.version_id.method, "Written in a tour")
        self._open("work_guide_read", self.principal_a)
        self.assertEqual((guide.read_count, guide.helped_rate), (3, 100))

    def test_what_was_ticked_for_one_is_not_ticked_for_the_next(self):
        action = self.env.ref("dealer_network.dealer_staff_action")
        self.start_tour(
            f"/odoo/action-{action.id}", "work_guide_page", login=self.principal_a.login
        )

    def test_a_guide_is_composed_without_code(self):
        self.start_tour("/odoo/guides", "work_guide_compose", login=self.oem_manager.login)
        guide = self.env["work.guide"].search([("name", "=", "Brands")])
        self.assertEqual((guide.model, guide.version_id.method), ("dealer.brand", "One line each"))
        panel = self.env["work.guide"].with_user(self.oem_user).panel("dealer.brand", self.brand.id)
        self.assertEqual(panel[0]["name"], "Brands")
