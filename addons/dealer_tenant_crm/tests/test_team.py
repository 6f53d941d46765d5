from odoo.tests import tagged

from odoo.addons.dealer_tenant.tests.common import DealerTenantCase


@tagged("post_install", "-at_install")
class TestTeam(DealerTenantCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._grant(cls.seller_a, "sales_team.group_sale_salesman")

    def _team(self, dealer):
        return self.env["crm.team"].search([("company_id", "=", dealer.company_id.id)])

    def test_whoever_may_sell_is_in_the_dealers_one_team(self):
        self.dealer_a._provision_team()
        team = self._team(self.dealer_a).ensure_one()
        self.assertIn(self.seller_a, team.member_ids)
        newcomer = self._create_staff_user(self.dealer_a, "role_salesperson", "t_seller_a2")
        self._grant(newcomer, "sales_team.group_sale_salesman")
        self.dealer_a._provision_team()
        self.assertEqual(self._team(self.dealer_a), team)
        self.assertIn(newcomer, team.member_ids)

    def test_a_team_is_named_in_the_dealers_language(self):
        """It is made by the OEM, and read by the dealer."""
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"].search(
            [("name", "=", "dealer_tenant_crm")]
        )._update_translations("fr_FR")
        self.dealer_a.lang = "fr_FR"
        self.dealer_a._provision_team()
        self.assertEqual(self._team(self.dealer_a).name, "Ventes de Dealer A")
