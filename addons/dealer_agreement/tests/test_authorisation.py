from freezegun import freeze_time
from psycopg2.errors import ExclusionViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import AgreementCase


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01")
class TestAuthorisation(AgreementCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["dealer.authorisation.condition"].search([]).active = False
        cls.agreement = cls._run_agreement(cls.dealer_a, date_start="2026-01-01")
        cls.technician = cls.env.ref("dealer_network.role_service_technician")

    def _condition(self, name, kind, **vals):
        return self.env["dealer.authorisation.condition"].create(
            {"name": name, "kind": kind, **vals}
        )

    def _missing(self, authorisation):
        return [check.missing for check in authorisation.check_ids if not check.fulfilled]

    def test_without_conditions_it_is_granted(self):
        record = self._authorise(self.agreement, self.outlet_a, self.sales)
        self.assertEqual(record.state, "granted")

    def test_missing_staff_is_told_in_plain_words(self):
        self._condition(
            "Technicians", "staff", role_id=self.technician.id, min_count=2,
            activity_ids=self.service.ids,
        )  # fmt: skip
        service = self._authorise(self.agreement, self.outlet_a, self.service)
        sales = self._authorise(self.agreement, self.outlet_a, self.sales)
        self.assertEqual((service.state, sales.state), ("missing", "granted"))
        self.assertEqual(
            (self.dealer_a.authorisation_count, self.dealer_a.authorisation_missing_count), (2, 1)
        )
        action = self.dealer_a.action_view_missing_authorisations()
        self.assertEqual(action["context"]["search_default_missing"], 1)
        self.assertEqual(
            self._missing(service), ["Dealer A has 0 of 2 in the role Service technician."]
        )
        since = {"date_start": "2026-01-01"}
        self._create_staff(self.dealer_a, "role_service_technician", "Ann", **since)
        self._create_staff(self.dealer_a, "role_service_technician", "Ben", **since)
        self._create_staff(self.dealer_b, "role_service_technician", "Cid", **since)
        service.with_user(self.oem_manager).action_check()
        self.assertEqual((service.state, service.check_ids.found), ("granted", 2))

    def test_staff_may_be_asked_for_at_the_outlet(self):
        self._condition("Here", "staff", role_id=self.technician.id, at_outlet=True)
        self._create_staff(self.dealer_a, "role_service_technician", "Ann", date_start="2026-01-01")
        record = self._authorise(self.agreement, self.outlet_a, self.service)
        self.assertEqual(self._missing(record), ["Main has 0 of 1 in the role Service technician."])

    def test_the_outlet_must_have_the_operation(self):
        self._condition("Operation", "operation")
        parts = self.env.ref("dealer_network.activity_parts")
        record = self._authorise(self.agreement, self.outlet_a, parts)
        self.assertEqual(
            self._missing(record), [f"Main has no operation {parts.name} for Test brand."]
        )
        self.assertEqual(
            self._authorise(self.agreement, self.outlet_a, self.sales).state, "granted"
        )

    def test_records_of_the_dealer_are_counted_by_a_filter(self):
        condition = self._condition(
            "A second outlet in town", "records", model_name="dealer.outlet",
            domain="[('city', '=', 'Nantes')]",
        )  # fmt: skip
        record = self._authorise(self.agreement, self.outlet_a, self.sales)
        self.assertEqual(self._missing(record), ["Dealer A has 0 of 1: A second outlet in town."])
        self.outlet_a.city = "Nantes"
        record.action_check()
        self.assertEqual(record.state, "granted")
        with self.assertRaises(ValidationError):
            condition.domain = "[('no_such_field', '=', 1)]"
        with self.assertRaises(ValidationError):
            condition.domain = "__import__('os')"

    def test_a_dealers_own_data_is_never_counted(self):
        for name in ("res.partner", "res.users", "ir.attachment"):
            with self.subTest(model=name), self.assertRaises(ValidationError):
                self._condition("Spy", "records", model_name=name)
        with self.assertRaises(ValidationError):
            self._condition("Nothing", "records")

    def test_the_end_of_the_agreement_ends_the_authorisation(self):
        self._condition("Agreement", "agreement")
        record = self._authorise(self.agreement, self.outlet_a, self.sales)
        self.assertTrue(self.env["dealer.authorisation"]._is_authorised(self.dealer_a, self.sales))
        self.agreement.action_terminate("Business given up")
        self.assertEqual(record.state, "expired")
        self.assertFalse(self.env["dealer.authorisation"]._is_authorised(self.dealer_a, self.sales))

    def test_dates_decide(self):
        future = self._authorise(
            self.agreement, self.outlet_a, self.sales, date_from="2026-07-01", date_to="2026-07-31"
        )
        self.assertEqual(future.state, "planned")
        with freeze_time("2026-07-01"), self.enter_registry_test_mode():
            self.env.ref("dealer_agreement.ir_cron_check_authorisations").method_direct_trigger()
        self.assertEqual(future.state, "granted")
        with freeze_time("2026-08-01"), self.enter_registry_test_mode():
            self.env.ref("dealer_agreement.ir_cron_check_authorisations").method_direct_trigger()
        self.assertEqual(future.state, "expired")

    def test_suspension_needs_a_reason(self):
        record = self._authorise(self.agreement, self.outlet_a, self.sales)
        with self.assertRaises(UserError):
            record.action_suspend()
        record.suspend_reason = "Audit failed"
        record.action_suspend()
        self.assertEqual(record.state, "suspended")
        record.action_resume()
        self.assertEqual(record.state, "granted")

    def test_outlet_and_brand_belong_to_the_agreement(self):
        with self.assertRaises(ValidationError):
            self._authorise(self.agreement, self.outlet_b, self.sales)
        other = self.env["dealer.brand"].create({"name": "Other", "code": "OTH-A"})
        narrow = self._run_agreement(self.dealer_b, brand_ids=[(6, 0, other.ids)])
        with self.assertRaises(ValidationError):
            self._authorise(narrow, self.outlet_b, self.sales)

    @mute_logger("odoo.sql_db")
    def test_one_authorisation_for_a_day(self):
        self._authorise(self.agreement, self.outlet_a, self.sales)
        with self.assertRaises(ExclusionViolation), self.env.cr.savepoint():
            self._authorise(self.agreement, self.outlet_a, self.sales)
            self.env.flush_all()

    def test_an_archived_condition_is_not_asked_any_more(self):
        condition = self._condition("Staff", "staff", role_id=self.technician.id)
        record = self._authorise(self.agreement, self.outlet_a, self.sales)
        self.assertEqual(record.state, "missing")
        condition.active = False
        record.action_check()
        self.assertEqual((record.state, len(record.check_ids)), ("granted", 0))

    def test_queries_do_not_grow_with_authorisations(self):
        self._condition("Agreement", "agreement")
        self._condition("Operation", "operation")
        self._condition("Staff", "staff", role_id=self.technician.id)
        few = self._authorise(self.agreement, self.outlet_a, self.sales)
        outlets = self.env["dealer.outlet"].create(
            [{"dealer_id": self.dealer_a.id, "name": f"Outlet {number}"} for number in range(30)]
        )
        many = few | self.env["dealer.authorisation"].create(
            [
                {
                    "agreement_id": self.agreement.id,
                    "outlet_id": outlet.id,
                    "activity_id": self.sales.id,
                    "brand_id": self.brand.id,
                    "date_from": "2026-01-01",
                }
                for outlet in outlets
            ]
        )
        self.env.flush_all()
        self.assertLessEqual(self._queries(many) - self._queries(few), 2)

    def _queries(self, authorisations):
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        authorisations._check()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before
