from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import TerritoryCase


@tagged("post_install", "-at_install")
class TestTerritory(TerritoryCase):
    def test_codes_are_pasted_as_text(self):
        self.city.postal_codes = "H2X..H3B, h4a ; H5A – H5Z"
        lines = [(line.zip_from, line.zip_to) for line in self.city.zip_ids]
        self.assertEqual(lines, [("H2X", "H3B"), ("h4a", "h4a"), ("H5A", "H5Z")])
        self.city.invalidate_recordset()
        self.assertEqual(self.city.postal_codes, "H2X..H3B, h4a, H5A..H5Z")

    def test_a_wrong_code_is_named_with_its_territory(self):
        with self.assertRaises(ValidationError) as error:
            self.city.postal_codes = "H2X, H3B..H2A"
        self.assertIn("Montréal", str(error.exception))
        self.assertIn("H3B..H2A", str(error.exception))
        with self.assertRaises(ValidationError):
            self.city.zip_ids = [(0, 0, {"zip_from": "H9", "zip_to": "H1"})]

    def test_keys_follow_the_country(self):
        territory = self._create_territory(
            "FR-T", "Ain", "1000..1999", country_id=self.env.ref("base.fr").id
        )
        self.assertEqual(territory.zip_ids.key_from, "01000")
        self.assertEqual(territory.zip_ids.key_to, "01999~")

    def test_a_part_lies_in_the_country_of_the_whole(self):
        with self.assertRaises(ValidationError):
            self.city.country_id = self.env.ref("base.fr")
        with self.assertRaises(UserError):
            self.region.parent_id = self.city

    def test_dealers_are_found_by_territory(self):
        self._assign(self.city, self.dealer_a, "2020-01-01")
        self._assign(self.region, self.dealer_b, "2020-01-01", "2020-12-31")
        dealers = self.env["dealer.dealer"].with_user(self.oem_user)
        within = [
            (
                "territory_assignment_ids",
                "any",
                [("territory_id", "child_of", "Québec"), ("is_current", "=", True)],
            )
        ]
        self.assertEqual(dealers.search(within), self.dealer_a)
        self.assertEqual(self.dealer_a.territory_ids, self.city)
        self.assertEqual(self.dealer_a.territory_count, 1)
        self.assertEqual(self.dealer_b.territory_count, 0)
        self.assertEqual(self.city.dealer_ids, self.dealer_a)
        territories = self.env["dealer.territory"]
        self.assertIn(self.city, territories.search([("dealer_ids", "in", self.dealer_a.ids)]))
        self.assertNotIn(self.region, territories.search([("dealer_ids", "in", self.dealer_b.ids)]))

    def test_the_button_opens_the_assignments_of_the_dealer(self):
        self._assign(self.city, self.dealer_a, "2020-01-01")
        action = self.dealer_a.with_user(self.oem_user).action_view_territories()
        shown = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(shown, self.dealer_a.territory_assignment_ids)
