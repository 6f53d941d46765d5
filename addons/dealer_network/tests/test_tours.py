from odoo.tests import HttpCase, tagged

from .common import DealerNetworkCase


@tagged("post_install", "-at_install")
class TestTours(DealerNetworkCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.oem_admin, cls.principal_a):
            user.password = f"{user.login}-secret"

    def _tour(self, action, name, user):
        url = f"/odoo/action-dealer_network.{action}"
        self.start_tour(url, name, login=user.login)

    def test_tree_leads_to_a_dealer_and_its_suspension(self):
        self._tour("dealer_network_tree_action", "dealer_network_tree", self.oem_admin)
        self.assertEqual(self.dealer_b.state, "suspended")
        self.assertEqual(self.dealer_b.state_reason, "Unpaid invoices")

    def test_map_leads_to_a_dealer(self):
        self.dealer_a.write({"latitude": 47.206, "longitude": -1.564, "city": "Nantes"})
        self.dealer_b.write({"latitude": 58.5215, "longitude": 31.2755})
        self._tour("dealer_network_map_action", "dealer_network_map", self.oem_admin)

    def test_setup_panel_stands_above_the_dealers(self):
        self.oem_company.write({"city": "Lyon", "country_id": self.env.ref("base.fr").id})
        self.env["dealer.staff"].search([]).outlet_id = False
        self.env["dealer.outlet"].search([]).unlink()
        self._tour("dealer_dealer_action", "dealer_network_kanban", self.oem_admin)
        self.assertTrue(self.oem_company.dealer_onboarding_closed)

    def test_principal_switches_a_release(self):
        self._tour("action_server_my_release", "dealer_network_release", self.principal_a)
        release = self.env["dealer.release"].search(
            [("dealer_id", "=", self.dealer_a.id), ("subject_id.code", "=", "stock")]
        )
        self.assertEqual(release.enabled_by_id, self.principal_a)
        self.assertFalse(release.enabled)
