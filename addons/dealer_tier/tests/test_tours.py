from odoo.tests import HttpCase, tagged

from .common import TierCase


@tagged("post_install", "-at_install")
class TestTours(TierCase, HttpCase):
    def test_the_board_shows_tiers_and_a_manager_sets_one_by_hand(self):
        self._open_outlets(self.dealer_a, 1)
        self.env["dealer.tier"]._recompute(self.dealer_a)
        self.oem_manager.password = "t_oem_manager-secret"
        url = "/odoo/action-dealer_network.dealer_dealer_action"
        self.start_tour(url, "dealer_tier_board", login=self.oem_manager.login)
        self.assertEqual(self.dealer_a.tier_id, self.gold)
        self.assertTrue(self.dealer_a.tier_override)
