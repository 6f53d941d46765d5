from odoo.tests import HttpCase, tagged

from .common import OpeningCase


@tagged("post_install", "-at_install")
class TestOpeningTour(OpeningCase, HttpCase):
    def test_open_a_dealer(self):
        self.oem_admin.password = "t_oem_admin"
        self._create_dealer("T-TOUR", "Tour Dealer", "type_dealer", state="prospect")
        self.start_tour("/odoo", "dealer_opening_tour", login="t_oem_admin")
        dealer = self.env["dealer.dealer"].search([("code", "=", "T-TOUR")])
        self.assertEqual(dealer.state, "active")
        self.assertEqual(dealer.opening_ids.override_reason, "The fair opens tomorrow")
        done = dealer.opening_ids.milestone_ids.filtered(lambda line: line.state == "done")
        self.assertEqual(done.mapped("name"), ["Contract"])
