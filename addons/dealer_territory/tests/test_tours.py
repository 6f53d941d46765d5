from odoo.tests import HttpCase, tagged

from .common import TerritoryCase


@tagged("post_install", "-at_install")
class TestTours(TerritoryCase, HttpCase):
    def test_a_manager_draws_a_territory_and_asks_for_an_address(self):
        self.oem_manager.password = "t_oem_manager-secret"
        url = "/odoo/action-dealer_territory.dealer_territory_action"
        self.start_tour(url, "dealer_territory_find", login=self.oem_manager.login)
        territory = self.env["dealer.territory"].search([("code", "=", "STH-TOUR")])
        self.assertEqual(territory.dealer_ids, self.dealer_a)
