from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import DealerNetworkCase


@tagged("post_install", "-at_install")
class TestDealer(DealerNetworkCase):
    def test_code_is_written_in_capitals_without_blanks(self):
        dealer = self._create_dealer(" ab-1 ", "Lower", "type_dealer")
        self.assertEqual(dealer.code, "AB-1")
        self.assertEqual(dealer.display_name, "[AB-1] Lower")

    @mute_logger("odoo.sql_db")
    def test_two_dealers_cannot_have_one_code(self):
        with self.assertRaises(IntegrityError):
            self._create_dealer("t-a", "Twin", "type_dealer")

    def test_code_is_fixed_once_active(self):
        prospect = self._create_dealer("P-1", "Prospect", "type_dealer", state="prospect")
        prospect.code = "p-2"
        self.assertEqual(prospect.code, "P-2")
        with self.assertRaisesRegex(UserError, "T-A.*fixed"):
            self.dealer_a.with_user(self.oem_admin).code = "T-X"
        self.dealer_a.code = "t-a"

    def test_partner_is_made_and_follows_the_dealer(self):
        country = self.env.ref("base.fr")
        dealer = self._create_dealer(
            "FR-1", "Nantes Pumps", "type_dealer", city="Nantes", country_id=country.id
        )
        self.assertRecordValues(
            dealer.partner_id,
            [
                {
                    "name": "Nantes Pumps",
                    "ref": "FR-1",
                    "city": "Nantes",
                    "country_id": country.id,
                    "is_company": True,
                }
            ],
        )
        dealer.with_user(self.oem_manager).write({"name": "Loire Pumps", "latitude": 47.2})
        self.assertEqual(dealer.partner_id.name, "Loire Pumps")
        self.assertAlmostEqual(dealer.partner_id.partner_latitude, 47.2)

    def test_chosen_partner_gives_its_address(self):
        partner = self.env["res.partner"].create({"name": "Known", "city": "Riga", "phone": "+371"})
        dealer = self._create_dealer("K-1", "Known dealer", "type_dealer", partner_id=partner.id)
        self.assertEqual((dealer.city, dealer.phone), ("Riga", "+371"))
        self.assertEqual(dealer.name, "Known dealer")

    def test_queries_per_dealer_do_not_grow_with_the_batch(self):
        def create(prefix, count):
            vals = [
                {
                    "code": f"{prefix}{index}",
                    "name": f"{prefix} {index}",
                    "state": "active",
                    "type_id": self.env.ref("dealer_network.type_dealer").id,
                    "parent_id": self.importer.id,
                }
                for index in range(count)
            ]
            before = self.env.cr.sql_log_count
            self.env["dealer.dealer"].create(vals)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        create("WARM", 1)
        few, many = create("FEW", 10), create("MANY", 60)
        self.assertLess((many - few) / 50, 4, (few, many))

    def test_search_by_name_code_town_and_brand(self):
        outlet = self.env["dealer.outlet"].create(
            {"dealer_id": self.dealer_a.id, "name": "Workshop", "city": "Cholet-Test"}
        )
        self.env["dealer.operation"].create(
            {
                "outlet_id": outlet.id,
                "brand_id": self.brand.id,
                "activity_id": self.env.ref("dealer_network.activity_sales").id,
            }
        )
        self.env.flush_all()
        dealers = self.env["dealer.dealer"].with_user(self.oem_user)
        for word in ("Dealer A", "t-a", "cholet-test", "test brand"):
            self.assertIn(self.dealer_a, dealers.search([("keyword", "ilike", word)]), word)
            self.assertNotIn(self.importer, dealers.search([("keyword", "ilike", word)]), word)
        self.assertEqual(dealers.name_search("T-A1")[0][0], self.subdealer_a.id)

    def test_brands_come_from_operations(self):
        self.assertFalse(self.dealer_a.brand_ids)
        outlet = self.env["dealer.outlet"].create({"dealer_id": self.dealer_a.id, "name": "One"})
        operation = self.env["dealer.operation"].create(
            {
                "outlet_id": outlet.id,
                "brand_id": self.brand.id,
                "activity_id": self.env.ref("dealer_network.activity_sales").id,
            }
        )
        self.assertEqual(self.dealer_a.brand_ids, self.brand)
        operation.action_archive()
        self.assertFalse(self.dealer_a.brand_ids)

    def test_area_manager_is_whoever_covers_everything_today(self):
        coverage = self.env["dealer.coverage"].create(
            [
                {
                    "dealer_id": self.dealer_a.id,
                    "user_id": self.oem_manager.id,
                    "activity_id": self.env.ref("dealer_network.activity_sales").id,
                },
                {
                    "dealer_id": self.dealer_a.id,
                    "user_id": self.oem_user.id,
                    "date_to": "2035-01-31",
                },
            ]
        )
        self.assertEqual(self.dealer_a.area_manager_id, self.oem_user)
        with freeze_time("2035-02-01"):
            self.env["dealer.dealer"]._cron_refresh_dates()
        self.assertEqual(coverage[1].state, "past")
        self.assertEqual(self.dealer_a.area_manager_id, self.oem_manager)

    def test_point_must_be_on_earth(self):
        with self.assertRaisesRegex(ValidationError, "T-A.*latitude 91"):
            self.dealer_a.latitude = 91

    def test_dealers_without_a_point_are_found(self):
        self.dealer_a.write({"latitude": 47.2, "longitude": -1.5})
        dealers = self.env["dealer.dealer"]
        self.assertIn(self.dealer_a, dealers.search([("has_point", "=", True)]))
        self.assertNotIn(self.dealer_a, dealers.search([("has_point", "=", False)]))
        self.assertIn(self.dealer_b, dealers.search([("has_point", "=", False)]))

    def test_geolocation_needs_the_stock_addon(self):
        if "base.geocoder" in self.env:
            self.skipTest("base_geolocalize is installed")
        self.assertFalse(self.dealer_a.can_geolocate)
        with self.assertRaisesRegex(UserError, "by hand"):
            self.dealer_a.action_geolocate()

    def test_duplicate_gets_a_code_and_partner_of_its_own(self):
        copy = self.dealer_a.copy()
        self.assertEqual(copy.code, "T-A-COPY")
        self.assertEqual(copy.state, "prospect")
        self.assertNotEqual(copy.partner_id, self.dealer_a.partner_id)
        self.assertFalse(copy.company_id)

    def test_dealer_that_was_active_is_not_deleted(self):
        prospect = self._create_dealer("P-9", "Prospect", "type_dealer", state="prospect")
        prospect.with_user(self.oem_admin).unlink()
        self.assertFalse(prospect.exists())
        with self.assertRaisesRegex(UserError, "keeps its history"):
            self.dealer_b.with_user(self.oem_admin).unlink()


@tagged("post_install", "-at_install")
class TestDealerState(DealerNetworkCase):
    @freeze_time("2031-05-04")
    def test_way_from_prospect_to_termination(self):
        dealer = self._create_dealer("W-1", "Way", "type_dealer", state="prospect")
        dealer = dealer.with_user(self.oem_manager)
        dealer.action_candidate()
        self.assertFalse(dealer.date_active)
        dealer.action_activate()
        self.assertEqual((dealer.state, str(dealer.date_active)), ("active", "2031-05-04"))
        dealer.action_suspend("Unpaid invoices")
        self.assertEqual((dealer.state, dealer.state_reason), ("suspended", "Unpaid invoices"))
        dealer.action_resume()
        self.assertEqual((dealer.state, dealer.state_reason), ("active", False))
        dealer.action_terminate("Retired")
        self.assertEqual(str(dealer.date_end), "2031-05-04")
        dealer.action_candidate()
        self.assertEqual((dealer.state, dealer.date_end), ("candidate", False))

    def test_steps_are_tracked_with_their_reason(self):
        self.env.cr.precommit.clear()  # as if the dealer were made in an earlier transaction
        dealer = self.dealer_a.with_user(self.oem_manager).with_context(tracking_disable=False)
        dealer.action_suspend("Unpaid invoices")
        self.env.flush_all()
        self.env.cr.precommit.run()
        tracked = dealer.sudo().message_ids.tracking_value_ids
        self.assertIn("Suspended", tracked.mapped("new_value_char"))
        self.assertIn("Unpaid invoices", tracked.mapped("new_value_char"))

    def test_steps_out_of_order_are_refused(self):
        prospect = self._create_dealer("W-2", "Way", "type_dealer", state="prospect")
        with self.assertRaisesRegex(UserError, "W-2.*Prospect.*Active"):
            prospect.action_activate()
        with self.assertRaisesRegex(UserError, "Active.*Candidate"):
            self.dealer_a.action_candidate()

    def test_suspension_and_termination_need_a_reason(self):
        for step in (self.dealer_a.action_suspend, self.dealer_a.action_terminate):
            with self.assertRaisesRegex(UserError, "say why"):
                step("  ")
        self.assertEqual(self.dealer_a.state, "active")

    def test_writing_the_state_takes_the_same_way(self):
        with self.assertRaisesRegex(UserError, "say why"):
            self.dealer_a.write({"state": "suspended"})
        self.dealer_a.write({"state": "suspended", "state_reason": "By import", "city": "Riga"})
        self.assertRecordValues(
            self.dealer_a, [{"state": "suspended", "state_reason": "By import", "city": "Riga"}]
        )

    def test_wizard_terminates_several(self):
        wizard = (
            self.env["dealer.state.wizard"]
            .with_user(self.oem_manager)
            .create(
                {
                    "dealer_ids": (self.dealer_a | self.dealer_b).ids,
                    "state": "terminated",
                    "reason": "Market closed",
                }
            )
        )
        wizard.action_apply()
        self.assertEqual(set((self.dealer_a | self.dealer_b).mapped("state")), {"terminated"})
        self.assertEqual(self.dealer_b.state_reason, "Market closed")

    def test_state_decides_what_is_permitted(self):
        dealer = self.dealer_a.with_user(self.seller_a)
        self.assertTrue(dealer.permits("order"))
        self.dealer_a.action_suspend("Unpaid invoices")
        self.assertFalse(dealer.permits("order"))
        self.assertFalse(dealer.permits("sign_in"))
        with self.assertRaises(UserError):
            dealer.permits("fly")

    def test_administrator_edits_what_is_permitted(self):
        self.dealer_a.action_suspend("Unpaid invoices")
        self.assertFalse(self.dealer_a.permits("order"))
        line = self.env.ref("dealer_network.permission_suspended_order")
        line.with_user(self.oem_admin).allowed = True
        self.assertTrue(self.dealer_a.permits("order"))

    def test_archived_dealer_is_permitted_nothing(self):
        self.dealer_a.active = False
        self.assertFalse(self.dealer_a.permits("order"))

    def test_permits_costs_no_query_once_known(self):
        self.dealer_a.permits("order")
        with self.assertQueryCount(0):
            self.dealer_a.permits("sell")


@tagged("post_install", "-at_install")
class TestDealerTree(DealerNetworkCase):
    def test_level_counts_from_the_oem(self):
        tree = self.importer | self.dealer_a | self.subdealer_a
        self.assertEqual(tree.mapped("level"), [1, 2, 3])
        self.dealer_a.parent_id = False
        self.assertEqual((self.dealer_a | self.subdealer_a).mapped("level"), [1, 2])

    def test_circle_is_refused(self):
        types = self.env.ref("dealer_network.type_subdealer")
        types.allowed_child_type_ids |= self.env.ref("dealer_network.type_dealer")
        with self.assertRaises(UserError):
            self.dealer_a.parent_id = self.subdealer_a
        with self.assertRaises(UserError):
            self.dealer_a.parent_id = self.dealer_a

    def test_type_decides_what_may_be_below(self):
        with self.assertRaisesRegex(ValidationError, "X-1.*Importer.*T-A"):
            self._create_dealer("X-1", "Wrong", "type_importer", self.dealer_a)
        with self.assertRaisesRegex(ValidationError, "T-A1"):
            self.dealer_a.type_id = self.env.ref("dealer_network.type_service_point")

    def test_moving_keeps_history_and_reason(self):
        with freeze_time("2032-02-03"):
            wizard = (
                self.env["dealer.reparent.wizard"]
                .with_user(self.oem_manager)
                .create(
                    {
                        "dealer_ids": self.subdealer_a.ids,
                        "parent_id": self.dealer_b.id,
                        "reason": "New service area",
                    }
                )
            )
            wizard.action_apply()
        self.env.invalidate_all()
        now, before = self.subdealer_a.affiliation_ids
        self.assertEqual((now.parent_id, now.reason), (self.dealer_b, "New service area"))
        self.assertEqual((str(now.date_from), now.date_to), ("2032-02-03", False))
        self.assertEqual(before.parent_id, self.dealer_a)
        self.assertEqual(str(before.date_to), "2032-02-03")
        self.assertFalse(before.reason)

    def test_writing_the_same_parent_makes_no_history(self):
        self.subdealer_a.parent_id = self.dealer_a
        self.assertEqual(len(self.subdealer_a.affiliation_ids), 1)

    def test_history_begins_when_the_dealer_became_active(self):
        old = self._create_dealer(
            "O-1", "Old", "type_dealer", self.importer, date_active="2012-01-01"
        )
        self.assertEqual(old.affiliation_ids.date_from, fields.Date.to_date("2012-01-01"))

    def test_documents_keep_the_parties_of_their_day(self):
        other = self.env["res.company"].create({"name": "Importer's company"})
        release = self.env["dealer.release"].create(
            {
                "dealer_id": self.dealer_a.id,
                "subject_id": self.env.ref("dealer_network.release_subject_stock").id,
                "purpose_id": self.env.ref("dealer_network.release_purpose_planning").id,
            }
        )
        self.dealer_a.network_company_id = other
        self.assertEqual(release.network_company_id, self.oem_company)
        self.assertEqual(release.dealer_company_id, self.company_a)
        outlet = self.env["dealer.outlet"].create({"dealer_id": self.dealer_a.id, "name": "One"})
        self.assertEqual(outlet.network_company_id, other)
