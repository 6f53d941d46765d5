from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import TierCase


@tagged("post_install", "-at_install")
class TestAccess(TierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.principal_a.group_ids |= cls.env.ref("base.group_allow_export")
        cls._open_outlets(cls.dealer_b, 1)
        cls.env["dealer.tier"]._recompute(cls.dealer_a | cls.dealer_b)

    def test_a_dealer_reads_its_own_tier_and_reasons(self):
        own = self.dealer_a.with_user(self.seller_a)
        self.assertEqual(own.tier_id.name, "Bronze")
        self.assertEqual(own.tier_id.rule_ids, self.bronze.rule_ids)
        self.assertEqual(own.tier_result_ids.dealer_id, self.dealer_a)
        self.assertEqual(own.tier_change_ids.dealer_id, self.dealer_a)

    def test_a_rivals_tier_is_invisible(self):
        with self.assertRaises(AccessError):
            self.dealer_b.with_user(self.principal_a).read(["tier_id"])
        with self.assertRaises(AccessError):
            self.dealer_b.with_user(self.principal_a).export_data(["tier_id/name"])
        dealers = self.dealer_b.with_user(self.principal_a)
        self.assertFalse(dealers.search([("tier_id", "=", self.silver.id)]))
        for rival in (
            self.dealer_b.tier_result_ids,
            self.dealer_b.tier_change_ids,
            self.dealer_b.tier_change_ids.line_ids,
        ):
            with self.subTest(model=rival._name):
                self.assertTrue(rival)
                theirs = rival.with_user(self.principal_a)
                self.assertFalse(theirs.search([("id", "in", rival.ids)]))
                with self.assertRaises(AccessError):
                    theirs.read()
                with self.assertRaises(AccessError):
                    theirs.export_data(["display_name"])

    def test_the_count_of_a_tier_tells_no_rival(self):
        self.assertEqual(self.silver.with_user(self.oem_user).dealer_count, 1)
        self.assertEqual(self.silver.with_user(self.principal_a).dealer_count, 0)

    def test_a_dealer_changes_nothing(self):
        own = self.dealer_a.with_user(self.principal_a)
        for record in (own.tier_id, own.tier_result_ids, own.tier_change_ids):
            for operation in ("write", "create", "unlink"):
                with self.subTest(model=record._name, operation=operation):
                    self.assertFalse(record.has_access(operation))
        with self.assertRaises(AccessError):
            own.write({"tier_id": self.gold.id})
        with self.assertRaises(AccessError):
            self.env["dealer.tier.override"].with_user(self.principal_a).create({})

    def test_the_oems_reason_stays_with_the_oem(self):
        self.dealer_a._override_tier(self.silver, False, "To please the board")
        with self.assertRaises(AccessError):
            self.dealer_a.with_user(self.principal_a).read(["tier_override_reason"])
        change = self.dealer_a.tier_change_ids.sorted("id")[-1]
        with self.assertRaises(AccessError):
            change.with_user(self.principal_a).read(["reason"])

    def test_tiers_and_rules_are_the_administrators(self):
        for record in (self.gold, self.two_outlets):
            self.assertTrue(record.with_user(self.seller_a).has_access("read"))
            self.assertFalse(record.with_user(self.oem_manager).has_access("write"))
            self.assertTrue(record.with_user(self.oem_admin).has_access("write"))
