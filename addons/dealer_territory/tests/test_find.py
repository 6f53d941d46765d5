from odoo.tests import Form, tagged

from .common import TerritoryCase


@tagged("post_install", "-at_install")
class TestFind(TerritoryCase):
    def test_the_most_specific_range_comes_first(self):
        self._assign(self.region, self.dealer_a)
        self._assign(self.city, self.dealer_b)
        self.assertEqual(self._find("H2X 1Y4").ids, [self.dealer_b.id, self.dealer_a.id])
        self.assertEqual(self._find("J4B 2A1"), self.dealer_a)
        self.assertFalse(self._find("K1A 0B1"))

    def test_a_vacant_part_is_served_by_the_dealer_of_the_whole(self):
        whole = self._create_territory("ONT-T", "Ontario", "K..P")
        part = self._create_territory("NOWHERE-T", "Isle", "A1A", parent=whole)
        self._assign(whole, self.dealer_a)
        self.assertEqual(self._find("A1A 1A1"), self.dealer_a)
        part.active = False
        self.assertFalse(self._find("A1A 1A1"))

    def test_a_line_without_codes_is_the_whole_country(self):
        latvia = self.env.ref("base.lv")
        country = self._create_territory("LV-T", "Latvia", country_id=latvia.id)
        country.zip_ids = [(0, 0, {})]
        self._assign(country, self.dealer_a)
        self.assertEqual(self._find("LV-1010", country=latvia), self.dealer_a)
        self.assertEqual(self._find("", country=latvia), self.dealer_a)
        self.assertFalse(self._find("LV-1010", country=self.env.ref("base.lt")))

    def test_dates_activity_and_brand_decide(self):
        self._assign(
            self.city, self.dealer_a, "2026-01-01", "2026-06-30", activity_id=self.sales.id
        )
        self._assign(self.city, self.dealer_b, "2026-01-01", brand_id=self.brand.id)
        find = self._find
        self.assertEqual(find("H2X1Y4", activity=self.sales), self.dealer_a | self.dealer_b)
        self.assertEqual(find("H2X1Y4", activity=self.service), self.dealer_b)
        self.assertEqual(find("H2X1Y4", on="2026-07-01", activity=self.sales), self.dealer_b)
        other = self.env["dealer.brand"].create({"name": "Other", "code": "OTH-T"})
        self.assertEqual(find("H2X1Y4", brand=other), self.dealer_a)
        self.assertFalse(find("H2X1Y4", on="2025-12-31"))

    def test_only_active_dealers_serve(self):
        self._assign(self.city, self.dealer_a)
        self.dealer_a.action_suspend("Unpaid invoices")
        self.assertFalse(self._find("H2X 1Y4"))

    def test_a_moved_territory_serves_where_it_is_now(self):
        self._assign(self.region, self.dealer_a)
        self.assertEqual(self._find("H2X 1Y4"), self.dealer_a)
        self.city.postal_codes = "V6B"
        self.assertEqual(self._find("V6B 1A1"), self.dealer_a)
        self.city.parent_id = False
        self.assertFalse(self._find("V6B 1A1"))

    def test_the_lookup_takes_one_query(self):
        self._assign(self.region, self.dealer_a)
        self._assign(self.city, self.dealer_b)
        self._find("H2X 1Y4")
        self.env.invalidate_all()
        self.canada.read(["code"])  # known where an address is known
        with self.assertQueryCount(2):  # the look-up, and the dealers of the assignments
            found = self._find("H2X 1Y4")
            self.assertEqual(len(found), 2)

    def test_the_lookup_reads_the_index_only(self):
        self.env["dealer.territory.zip"].create(
            [
                {"territory_id": self.city.id, "zip_from": f"{number:05d}"}
                for number in range(10000, 12000)
            ]
        )
        self.env.flush_all()
        self.env.cr.execute("ANALYZE dealer_territory_zip")
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute("SET LOCAL enable_bitmapscan = off")
        self.env.cr.execute(
            """
            EXPLAIN SELECT territory_id, min(span) FROM dealer_territory_zip
             WHERE country_id = %s AND key_from COLLATE "C" <= '11000'
               AND key_to COLLATE "C" >= '11000' GROUP BY territory_id
            """,
            [self.canada.id],
        )
        plan = "\n".join(row[0] for row in self.env.cr.fetchall())
        self.assertRegex(plan, r"Index Only Scan using dealer_territory_zip_\w*lookup_idx")

    def test_the_screen_answers_while_the_user_types(self):
        self._assign(self.region, self.dealer_a, "2020-01-01")
        self._assign(self.city, self.dealer_b, "2020-01-01")
        screen = Form(self.env["dealer.territory.find"].with_user(self.oem_user))
        screen.country_id = self.canada
        screen.zip = "h2x1y4"
        self.assertEqual(screen.dealer_id, self.dealer_b)
        search = screen.save()
        self.assertEqual(search.assignment_ids.dealer_id.ids, [self.dealer_b.id, self.dealer_a.id])
        screen.zip = "K1A 0B1"
        self.assertFalse(screen.dealer_id)
        contact = self.env["res.partner"].create(
            {"name": "Dairy", "country_id": self.canada.id, "zip": "J4B 2A1"}
        )
        screen.partner_id = contact
        self.assertEqual(screen.zip, "J4B 2A1")
        self.assertEqual(screen.dealer_id, self.dealer_a)
