from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import DealerNetworkCase


@tagged("post_install", "-at_install")
class TestRelease(DealerNetworkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.release = (
            cls.env["dealer.release"]
            .with_user(cls.oem_manager)
            .create(
                {
                    "dealer_id": cls.dealer_a.id,
                    "subject_id": cls.env.ref("dealer_network.release_subject_stock").id,
                    "purpose_id": cls.env.ref("dealer_network.release_purpose_planning").id,
                }
            )
            .sudo()
        )

    def _released(self, *args, **kwargs):
        return self.env["dealer.release"]._is_released(self.dealer_a, *args, **kwargs)

    def test_nothing_is_released_until_the_dealer_switches_it(self):
        self.assertFalse(self._released("stock"))
        release = self.release.with_user(self.principal_a)
        self.assertTrue(release.can_switch)
        release.action_switch_on()
        self.assertTrue(self._released("stock"))
        self.assertEqual(release.enabled_by_id, self.principal_a)
        self.assertFalse(self._released("pipeline"))
        dealer_b = self.dealer_b
        self.assertFalse(self.env["dealer.release"]._is_released(dealer_b, "stock"))

    def test_only_the_dealers_manager_switches_it_on(self):
        for user in (self.oem_manager, self.oem_admin, self.seller_a, self.principal_b):
            with self.assertRaises(AccessError):
                self.release.with_user(user).action_switch_on()
            self.assertFalse(self._released("stock"))
        with self.assertRaises(AccessError):
            self.env["dealer.release"].with_user(self.oem_admin).create(
                {
                    "dealer_id": self.dealer_a.id,
                    "enabled": True,
                    "subject_id": self.env.ref("dealer_network.release_subject_sales").id,
                    "purpose_id": self.env.ref("dealer_network.release_purpose_benchmark").id,
                }
            )

    def test_parents_manager_does_not_switch_for_a_sub_dealer_that_shares(self):
        self.subdealer_a.share_with_parent = True
        release = self.release.copy({"dealer_id": self.subdealer_a.id})
        self.assertFalse(release.with_user(self.principal_a).can_switch)
        with self.assertRaises(AccessError):
            release.with_user(self.principal_a).action_switch_on()

    def test_oem_cannot_widen_what_is_released(self):
        self.release.with_user(self.principal_a).write({"field_names": "quantity", "enabled": True})
        with self.assertRaises(AccessError):
            self.release.with_user(self.oem_admin).field_names = False
        with self.assertRaises(AccessError):
            self.release.with_user(self.oem_admin).date_to = False
        self.release.with_user(self.oem_admin).action_switch_off()
        self.release.with_user(self.oem_admin).field_names = "quantity, price"
        self.assertFalse(self._released("stock", "quantity"))

    def test_release_of_some_fields(self):
        self.release.write({"field_names": "quantity, product_id ", "enabled": True})
        self.assertTrue(self._released("stock", "quantity"))
        self.assertTrue(self._released("stock", "product_id"))
        self.assertFalse(self._released("stock", "price"))
        self.assertFalse(self._released("stock"), "the whole subject is more than two fields")

    def test_release_is_for_a_purpose(self):
        self.release.enabled = True
        self.assertTrue(self._released("stock", purpose="planning"))
        self.assertFalse(self._released("stock", purpose="marketing"))

    def test_release_is_dated(self):
        self.release.write({"enabled": True, "date_from": "2033-01-01", "date_to": "2033-12-31"})
        self.assertFalse(self._released("stock"))
        self.assertTrue(self._released("stock", on="2033-12-31"))
        self.assertFalse(self._released("stock", on="2034-01-01"))
        with freeze_time("2033-06-01"):
            self.assertTrue(self._released("stock"))
            self.release.invalidate_recordset(["in_force"])
            self.assertTrue(self.release.in_force)
            in_force = self.env["dealer.release"].search([("in_force", "=", True)])
            self.assertIn(self.release, in_force)
        off = self.env["dealer.release"].search([("in_force", "=", False)])
        self.assertIn(self.release, off)

    def test_principal_opens_a_line_for_each_subject(self):
        action = self.env["dealer.release"].with_user(self.principal_a).action_open_mine()
        lines = self.env["dealer.release"].with_user(self.principal_a).search(action["domain"])
        subjects = self.env["dealer.release.subject"].search([("purpose_id", "!=", False)])
        self.assertEqual(lines.subject_id, subjects)
        self.assertEqual(len(lines), len(subjects))
        self.assertFalse(any(lines.mapped("enabled")))
        self.env["dealer.release"].with_user(self.principal_a).action_open_mine()
        again = self.env["dealer.release"].search(action["domain"])
        self.assertEqual(again, lines.sudo())

    def test_who_works_nowhere_has_nothing_to_open(self):
        with self.assertRaises(AccessError):
            self.env["dealer.release"].with_user(self.oem_admin).action_open_mine()

    def test_switching_is_tracked_for_both_sides(self):
        self.env.cr.precommit.clear()  # as if the line were made in an earlier transaction
        release = self.release.with_user(self.principal_a).with_context(tracking_disable=False)
        release.action_switch_on()
        self.env.flush_all()
        self.env.cr.precommit.run()
        messages = self.release.with_user(self.oem_user).message_ids
        self.assertTrue(messages.read(["body"]))
        seen = messages.sudo().tracking_value_ids
        self.assertIn("enabled", seen.field_id.mapped("name"))

    def test_who_switched_cannot_be_forged(self):
        self.release.with_user(self.principal_a).write(
            {"enabled": True, "enabled_by_id": self.seller_a.id}
        )
        self.assertEqual(self.release.enabled_by_id, self.principal_a)

    def test_count_on_the_dealer_is_of_releases_in_force(self):
        self.assertEqual(self.dealer_a.release_count, 0)
        self.release.enabled = True
        self.dealer_a.invalidate_recordset(["release_count"])
        self.assertEqual(self.dealer_a.release_count, 1)
