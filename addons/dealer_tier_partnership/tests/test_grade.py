from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.dealer_network.tests.common import DealerNetworkCase


@tagged("post_install", "-at_install")
class TestGrade(DealerNetworkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pricelist = cls.env["product.pricelist"].create({"name": "Gold prices"})
        cls.gold_grade, cls.bronze_grade = cls.env["res.partner.grade"].create(
            [
                {"name": "Gold level", "default_pricelist_id": cls.pricelist.id},
                {"name": "Bronze level"},
            ]
        )
        cls.gold, cls.bronze = cls.env["dealer.tier"].create(
            [
                {"code": "T-G", "name": "Gold", "grade_id": cls.gold_grade.id},
                {"code": "T-B", "name": "Bronze", "grade_id": cls.bronze_grade.id},
            ]
        )

    def test_the_tier_sets_level_and_price_list(self):
        self.dealer_a._override_tier(self.gold, False, "Test")
        partner = self.dealer_a.partner_id
        self.assertEqual(partner.grade_id, self.gold_grade)
        self.assertEqual(partner.specific_property_product_pricelist, self.pricelist)
        self.assertFalse(self.dealer_b.partner_id.grade_id)

    def test_the_fall_takes_the_price_list_away(self):
        self.dealer_a._override_tier(self.gold, False, "Test")
        self.dealer_a._override_tier(self.bronze, False, "Test")
        partner = self.dealer_a.partner_id
        self.assertEqual(partner.grade_id, self.bronze_grade)
        self.assertNotEqual(partner.specific_property_product_pricelist, self.pricelist)

    def test_a_new_level_of_the_tier_reaches_its_dealers(self):
        self.dealer_a._override_tier(self.bronze, False, "Test")
        self.bronze.with_user(self.oem_admin).grade_id = self.gold_grade
        self.assertEqual(self.dealer_a.partner_id.grade_id, self.gold_grade)

    def test_a_dealer_reads_its_own_level_only(self):
        self.dealer_a._override_tier(self.gold, False, "Test")
        self.dealer_b._override_tier(self.bronze, False, "Test")
        levels = self.gold_grade | self.bronze_grade
        grades = self.env["res.partner.grade"].with_user(self.principal_a)
        self.assertEqual(grades.search([("id", "in", levels.ids)]), self.gold_grade)
        with self.assertRaises(AccessError):
            self.bronze_grade.with_user(self.principal_a).read(["default_pricelist_id"])
        self.dealer_a._override_tier(self.bronze, False, "Test")
        self.assertEqual(grades.search([("id", "in", levels.ids)]), self.bronze_grade)

    def test_a_dealer_who_sells_writes_its_own_catalogue_only(self):
        self.principal_a.group_ids |= self.env.ref("sales_team.group_sale_manager")
        self.dealer_a._override_tier(self.gold, False, "Test")
        with self.assertRaises(AccessError):
            self.gold_grade.with_user(self.principal_a).default_pricelist_id = False
        with self.assertRaises(AccessError):
            self.gold_grade.with_user(self.principal_a).unlink()
        own = self.env["res.partner.grade"].with_user(self.principal_a).create({"name": "Regular"})
        self.assertEqual(own.company_id, self.company_a)
        self.assertFalse(own.with_user(self.principal_b).has_access("read"))
        own.unlink()

    def test_dealers_do_not_see_the_levels_of_tiers(self):
        with self.assertRaises(AccessError):
            self.gold.with_user(self.principal_a).read(["grade_id"])
        self.assertEqual(self.gold.with_user(self.oem_user).grade_id, self.gold_grade)
