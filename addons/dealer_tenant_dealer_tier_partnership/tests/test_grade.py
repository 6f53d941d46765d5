from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.dealer_tenant.tests.common import DealerTenantCase


@tagged("post_install", "-at_install")
class TestGrade(DealerTenantCase):
    def test_a_dealer_reads_the_level_of_its_tier_only(self):
        own, other = self.env["res.partner.grade"].create([{"name": "Gold"}, {"name": "Bronze"}])
        self.dealer_a.partner_id.grade_id = own
        self.dealer_b.partner_id.grade_id = other
        self.assertEqual(own.company_id, self.env.company, "levels are the OEM company's")
        self.assertTrue(self._sees(self.principal_a, own))
        self.assertFalse(self._sees(self.principal_a, other))
        with self.assertRaises(AccessError):
            other.with_user(self.principal_a).read(["default_pricelist_id"])
        with self.assertRaises(AccessError):
            own.with_user(self.principal_a).name = "Platinum"
        self.dealer_a.partner_id.grade_id = other
        self.assertFalse(self._sees(self.principal_a, own))
