from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import DealerNetworkCase


@tagged("post_install", "-at_install")
class TestPeople(DealerNetworkCase):
    def test_identity_is_a_keyed_hash(self):
        person = self.env["dealer.person"].create({"name": "Ann", "email": "Ann@X.example "})
        key = person.identity_key
        self.assertEqual(len(key), 64)
        self.assertNotIn("ann", key)
        same = self.env["dealer.person"].create({"name": "Ann B.", "email": "ann@x.example"})
        self.assertEqual(same.identity_key, key)
        self.env["ir.config_parameter"].sudo().set_param("database.secret", "another secret")
        self.assertNotEqual(self.env["dealer.person"]._identity_key("ann@x.example"), key)
        self.assertFalse(self.env["dealer.person"].create({"name": "No mail"}).identity_key)

    def test_person_is_found_again_whoever_employs_it(self):
        person = self._create_staff(self.dealer_b, "role_marketer", "Mobile Person").person_id
        found = (
            self.env["dealer.person"]
            .with_user(self.principal_a)
            ._match(["MOBILE.person@people.example", "nobody@people.example", False])
        )
        self.assertEqual(found, {"MOBILE.person@people.example": person})

    def test_consent_is_dated_and_can_be_withdrawn(self):
        person = self.env["dealer.person"].create({"name": "Ann"})
        with freeze_time("2031-01-02"):
            person.action_give_consent()
        with freeze_time("2031-03-04"):
            person.action_withdraw_consent()
        self.assertRecordValues(
            person,
            [
                {
                    "consent": False,
                    "consent_date": fields.Date.to_date("2031-01-02"),
                    "consent_withdrawn_date": fields.Date.to_date("2031-03-04"),
                }
            ],
        )

    @mute_logger("odoo.sql_db")
    def test_consent_without_a_day_is_refused(self):
        with self.assertRaises(IntegrityError):
            self.env["dealer.person"].create({"name": "Ann", "consent": True})
            self.env.flush_all()

    def test_outlet_of_another_dealer_is_refused(self):
        outlet = self.env["dealer.outlet"].create({"dealer_id": self.dealer_b.id, "name": "B1"})
        with self.assertRaisesRegex(ValidationError, "t_seller_a.*B1.*T-A"):
            self.seller_a.dealer_staff_ids.outlet_id = outlet

    def test_name_on_the_line_follows_the_person(self):
        staff = self._create_staff(self.dealer_a, "role_marketer", "Before")
        staff.person_id.name = "After"
        self.assertEqual(staff.name, "After")
        self.assertEqual(staff.display_name, "After – Marketer")

    @freeze_time("2031-05-05")
    def test_leaving_ends_the_line_today(self):
        staff = self._create_staff(self.dealer_a, "role_marketer", "Leaver")
        staff.with_user(self.principal_a).action_leave()
        self.assertEqual(str(staff.date_end), "2031-05-05")
        self.assertEqual(staff.state, "current")
        with freeze_time("2031-05-06"):
            self.env["dealer.staff"]._refresh_state()
        self.assertEqual(staff.state, "past")

    def test_refresh_finds_only_what_the_calendar_changed(self):
        with freeze_time("2031-05-06"):
            self.env["dealer.staff"]._refresh_state()
            self.assertFalse(self.env["dealer.staff"]._refresh_state())

    def test_first_outlet_is_the_main_one(self):
        outlets = self.env["dealer.outlet"].create(
            [
                {"dealer_id": self.dealer_a.id, "name": "One"},
                {"dealer_id": self.dealer_a.id, "name": "Two"},
                {"dealer_id": self.dealer_b.id, "name": "Three"},
            ]
        )
        self.assertEqual(outlets.mapped("is_main"), [True, False, True])

    @mute_logger("odoo.sql_db")
    def test_dealer_has_one_main_outlet(self):
        with self.assertRaises(IntegrityError):
            self.env["dealer.outlet"].create(
                [
                    {"dealer_id": self.dealer_a.id, "name": "One", "is_main": True},
                    {"dealer_id": self.dealer_a.id, "name": "Two", "is_main": True},
                ]
            )

    @mute_logger("odoo.sql_db")
    def test_opening_hours_end_after_they_begin(self):
        outlet = self.env["dealer.outlet"].create({"dealer_id": self.dealer_a.id, "name": "One"})
        with self.assertRaises(IntegrityError):
            self.env["dealer.outlet.hours"].create(
                {"outlet_id": outlet.id, "weekday": "1", "hour_from": 18, "hour_to": 9}
            )
