from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import DealerNetworkCase


@tagged("post_install", "-at_install")
class TestScope(DealerNetworkCase):
    """The scope and the traps of writing it into cached record rules."""

    def _sees(self, user, dealer):
        """Tell whether the user finds the dealer; warms the rule's cache on the way."""
        dealers = self.env["dealer.dealer"].with_user(user).with_context(active_test=False)
        return bool(dealers.search_count([("id", "=", dealer.id)]))

    def test_scope_is_the_dealer_of_the_staff_line(self):
        self.assertEqual(self.principal_a.dealer_scope_ids, self.dealer_a)
        self.assertEqual(self.principal_a.dealer_id, self.dealer_a)
        self.assertEqual(self.dealer_a.scope_user_ids, self.principal_a | self.seller_a)
        self.assertFalse(self.oem_admin.dealer_scope_ids)
        self.assertTrue(self.principal_a.is_dealer_user)
        self.assertFalse(self.oem_admin.is_dealer_user)
        found = self.env["res.users"].search([("is_dealer_user", "=", True)])
        self.assertIn(self.seller_b, found)
        self.assertNotIn(self.oem_admin, found)

    def test_rule_is_not_stale_after_hiring(self):
        self.assertFalse(self._sees(self.seller_a, self.dealer_b))
        staff = self._create_staff(
            self.dealer_b, "role_salesperson", "Second job", user=self.seller_a
        )
        self.assertTrue(self._sees(self.seller_a, self.dealer_b))
        staff.unlink()
        self.assertFalse(self._sees(self.seller_a, self.dealer_b))

    def test_rule_is_not_stale_after_moving_to_another_dealer(self):
        self.assertTrue(self._sees(self.seller_a, self.dealer_a))
        self.seller_a.dealer_staff_ids.dealer_id = self.dealer_b
        self.assertFalse(self._sees(self.seller_a, self.dealer_a))
        self.assertTrue(self._sees(self.seller_a, self.dealer_b))
        self.assertEqual(self.seller_a.dealer_id, self.dealer_b)

    def test_rule_is_not_stale_after_another_login(self):
        staff = self.seller_a.dealer_staff_ids
        staff.user_id = self.seller_b
        self.assertFalse(self._sees(self.seller_a, self.dealer_a))
        self.assertTrue(self._sees(self.seller_b, self.dealer_a))

    def test_leaving_ends_the_scope_with_the_next_day(self):
        self._create_staff(
            self.dealer_a,
            "role_champion",
            "Short job",
            user=self.seller_b,
            date_start="2020-01-01",
            date_end="2035-06-30",
        )
        self.assertTrue(self._sees(self.seller_b, self.dealer_a))
        cron = self.env.ref("dealer_network.ir_cron_refresh_dates")
        with freeze_time("2035-07-01"), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertFalse(self._sees(self.seller_b, self.dealer_a))
        self.assertTrue(self._sees(self.seller_b, self.dealer_b))

    def test_job_to_come_opens_on_its_day(self):
        staff = self._create_staff(
            self.dealer_a, "role_champion", "Later job", user=self.seller_b, date_start="2035-06-01"
        )
        self.assertEqual(staff.state, "future")
        self.assertFalse(self._sees(self.seller_b, self.dealer_a))
        with freeze_time("2035-06-01"):
            self.env["dealer.dealer"]._cron_refresh_dates()
        self.assertEqual(staff.state, "current")
        self.assertTrue(self._sees(self.seller_b, self.dealer_a))

    def test_archived_dealer_stays_in_scope(self):
        self.dealer_a.active = False
        self.assertEqual(self.principal_a.dealer_scope_ids, self.dealer_a)
        self.assertTrue(self._sees(self.principal_a, self.dealer_a))

    def test_archived_user_is_kept_in_step(self):
        self.seller_a.active = False
        self.env["dealer.dealer"]._cron_refresh_dates()
        self.assertIn(self.dealer_a, self.seller_a.dealer_scope_ids)
        self.seller_a.dealer_staff_ids.write({"date_start": "2020-01-01", "date_end": "2020-12-31"})
        self.assertFalse(self.seller_a.dealer_scope_ids)

    def test_parent_sees_a_sub_dealer_that_shares(self):
        self.assertFalse(self._sees(self.principal_a, self.subdealer_a))
        self.subdealer_a.share_with_parent = True
        self.assertTrue(self._sees(self.principal_a, self.subdealer_a))
        self.assertFalse(self._sees(self.principal_b, self.subdealer_a))
        self.subdealer_a.share_with_parent = False
        self.assertFalse(self._sees(self.principal_a, self.subdealer_a))

    def test_sharing_passes_on_only_through_dealers_that_share(self):
        boss = self._create_staff_user(self.importer, "role_principal", "t_boss")
        self.subdealer_a.share_with_parent = True
        self.assertFalse(self._sees(boss, self.subdealer_a), "dealer A does not share")
        self.dealer_a.share_with_parent = True
        self.assertTrue(self._sees(boss, self.dealer_a))
        self.assertTrue(self._sees(boss, self.subdealer_a), "three levels, all sharing")
        self.assertFalse(self._sees(boss, self.dealer_b))
        self.dealer_a.share_with_parent = False
        self.assertFalse(self._sees(boss, self.subdealer_a))

    def test_child_does_not_see_its_parent(self):
        self.subdealer_a.share_with_parent = True
        service = self._create_staff_user(self.subdealer_a, "role_service_technician", "t_sub")
        self.assertTrue(self._sees(service, self.subdealer_a))
        self.assertFalse(self._sees(service, self.dealer_a))
        self.assertFalse(self._sees(service, self.importer))

    def test_moving_a_sub_dealer_moves_what_parents_see(self):
        self.subdealer_a.share_with_parent = True
        self.assertTrue(self._sees(self.principal_a, self.subdealer_a))
        self.subdealer_a._reparent(self.dealer_b)
        self.assertFalse(self._sees(self.principal_a, self.subdealer_a))
        self.assertTrue(self._sees(self.principal_b, self.subdealer_a))

    def test_new_sub_dealer_that_shares_is_seen_at_once(self):
        new = self._create_dealer(
            "T-A2", "New", "type_subdealer", self.dealer_a, share_with_parent=True
        )
        self.assertTrue(self._sees(self.principal_a, new))

    def test_scope_of_many_users_takes_as_many_queries_as_of_one(self):
        users = self.env["res.users"]
        for index in range(5):
            users |= self._create_staff_user(self.dealer_a, "role_salesperson", f"t_many_{index}")
        self.env.flush_all()
        users[:1]._sync_dealer_scope()
        before = self.env.cr.sql_log_count
        users[:1]._write_dealer_scope()
        with self.assertQueryCount(self.env.cr.sql_log_count - before):
            users._write_dealer_scope()

    def test_dealer_does_not_write_scopes(self):
        with self.assertRaises(AccessError):
            self.dealer_b.with_user(self.principal_a).write(
                {"scope_user_ids": [(4, self.principal_a.id)]}
            )
        with self.assertRaises(AccessError):
            self.principal_a.with_user(self.principal_a).write(
                {"dealer_scope_ids": [(4, self.dealer_b.id)]}
            )
