from odoo import fields
from odoo.fields import Command
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

    def test_who_is_in_another_team_of_the_dealer_stays_there(self):
        self.dealer_a._provision_team()
        second = self.env["crm.team"].create(
            {
                "name": "Vans",
                "company_id": self.company_a.id,
                "member_ids": [Command.set(self.seller_a.ids)],
            }
        )
        self.dealer_a._provision_team()
        self.assertEqual(self.seller_a.crm_team_ids, second)

    def test_who_is_hired_later_belongs_to_the_team(self):
        self.dealer_a._provision_team()
        line = self._create_staff(self.dealer_a, "role_salesperson", "New Seller")
        newcomer = line._grant_access(invite=False)
        self.assertEqual(newcomer.crm_team_ids, self._team(self.dealer_a))

    def test_who_gets_his_access_back_is_in_the_team_again(self):
        self.dealer_a._provision_team()
        line = self.env["dealer.staff"].search([("user_id", "=", self.seller_a.id)])
        line._revoke_access()
        self.assertFalse(self.seller_a.crm_team_ids)
        line._grant_access()
        self.assertEqual(self.seller_a.crm_team_ids, self._team(self.dealer_a))

    def test_whoever_moves_leaves_the_team_behind(self):
        (self.dealer_a | self.dealer_b)._provision_team()
        line = self.env["dealer.staff"].search([("user_id", "=", self.seller_a.id)])
        line._revoke_access()
        yesterday = fields.Date.subtract(fields.Date.today(), days=1)
        line.write({"date_start": yesterday, "date_end": yesterday})
        begun = line.create(
            {
                "person_id": line.person_id.id,
                "dealer_id": self.dealer_b.id,
                "role_id": line.role_id.id,
            }
        )
        begun._grant_access()
        self.assertEqual(self.seller_a.company_ids, self.company_b)
        self.assertEqual(self.seller_a.crm_team_ids, self._team(self.dealer_b))

    def test_without_a_team_of_ones_own_the_dealers_is_taken(self):
        """The first team of all is the OEM's, and has no company: no dealer may read it."""
        self.env["crm.team"].create({"name": "Everybody's", "company_id": False, "sequence": -1})
        self.dealer_a._provision_team()
        team = self._team(self.dealer_a)
        team.member_ids = False
        lead = self._as(self.seller_a, "crm.lead").create({"name": "Wants a van"})
        self.assertEqual(lead.team_id, team)
        self.assertEqual(lead.team_id.name, team.name)
        given = self.env["crm.lead"].create({"name": "From the OEM", "user_id": self.seller_a.id})
        self.assertEqual(given.team_id, team)
        team.active = False
        teamless = self._as(self.seller_a, "crm.lead").create({"name": "Wants a lorry"})
        self.assertFalse(teamless.team_id)

    def test_the_oem_keeps_stocks_choice(self):
        common = self.env["crm.team"].create(
            {"name": "Everybody's", "company_id": False, "sequence": -1}
        )
        self.assertEqual(self._as(self.oem_user, "crm.team")._get_default_team_id(), common)

    def test_a_team_is_named_in_the_dealers_language(self):
        """It is made by the OEM, and read by the dealer."""
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"].search(
            [("name", "=", "dealer_tenant_crm")]
        )._update_translations("fr_FR")
        self.dealer_a.lang = "fr_FR"
        self.dealer_a._provision_team()
        self.assertEqual(self._team(self.dealer_a).name, "Ventes de Dealer A")
