from psycopg2.errors import ExclusionViolation

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TerritoryCase


@tagged("post_install", "-at_install")
class TestAssignment(TerritoryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.city.exclusive = True
        cls.first = cls._assign(cls.city, cls.dealer_a, "2026-01-01", "2026-06-30")

    def test_an_exclusive_territory_has_one_dealer_and_the_error_names_both(self):
        with self.assertRaises(ValidationError) as error:
            self._assign(self.city, self.dealer_b, "2026-06-30")
        message = str(error.exception)
        for name in ("Dealer A", "Dealer B", "Montréal", "2026-06-30"):
            self.assertIn(name, message)

    def test_dealers_may_follow_each_other(self):
        self.assertTrue(self._assign(self.city, self.dealer_b, "2026-07-01"))

    def test_moving_the_dates_is_checked_too(self):
        second = self._assign(self.city, self.dealer_b, "2026-07-01")
        with self.assertRaises(ValidationError):
            second.date_from = "2026-06-01"

    def test_activities_and_brands_are_kept_apart(self):
        self.first.activity_id = self.sales
        self._assign(self.city, self.dealer_b, activity_id=self.service.id)
        with self.assertRaises(ValidationError):
            self._assign(self.city, self.dealer_b, brand_id=self.brand.id)

    def test_a_shared_territory_has_many_dealers(self):
        self._assign(self.region, self.dealer_a)
        self._assign(self.region, self.dealer_b)
        self.assertEqual(len(self.region.assignment_ids), 2)
        with self.assertRaises(ValidationError):
            self.region.exclusive = True

    def test_exclusive_territories_with_common_codes_refuse_rivals(self):
        island = self._create_territory("ISL-T", "Island", "H9A..H9Z", exclusive=True)
        with self.assertRaises(ValidationError) as error:
            self._assign(island, self.dealer_b)
        self.assertIn("Montréal", str(error.exception))
        island.exclusive = False
        self._assign(island, self.dealer_b)
        with self.assertRaises(ValidationError):
            island.exclusive = True

    def test_a_range_that_reaches_into_a_rivals_territory_is_refused(self):
        south = self._create_territory("STH-T", "South shore", "J4B", exclusive=True)
        self._assign(south, self.dealer_b)
        with self.assertRaises(ValidationError):
            south.zip_ids.zip_from = "H2X"
        with self.assertRaises(ValidationError):
            south.zip_ids = [(0, 0, {"zip_from": "H2X", "zip_to": "H3B"})]

    def test_a_part_may_be_carved_out(self):
        part = self._create_territory("DT-T", "Downtown", "H2X", parent=self.city, exclusive=True)
        self._assign(part, self.dealer_b)
        self.assertEqual(self._find("H2X 1Y4")[0], self.dealer_b)
        self.assertEqual(self._find("H3B 1Y4"), self.dealer_a)

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_what_slips_through(self):
        with self.assertRaises(ExclusionViolation), self.env.cr.savepoint():
            self.env.cr.execute(
                """
                INSERT INTO dealer_territory_assignment
                       (territory_id, dealer_id, network_company_id, date_from, exclusive)
                SELECT territory_id, %s, network_company_id, date_to, exclusive
                  FROM dealer_territory_assignment WHERE id = %s
                """,
                [self.dealer_b.id, self.first.id],
            )
            self.first._force_constraint()

    def test_the_upstream_party_is_the_oem(self):
        company = self.env["res.company"].create({"name": "Importer's company"})
        self.dealer_b.network_company_id = company
        assignment = self._assign(self.region, self.dealer_b)
        self.assertEqual(assignment.network_company_id, self.oem_company)
