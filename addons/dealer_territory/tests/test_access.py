from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import TerritoryCase


@tagged("post_install", "-at_install")
class TestAccess(TerritoryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.principal_a.group_ids |= cls.env.ref("base.group_allow_export")
        cls.mine = cls._assign(cls.region, cls.dealer_a, "2020-01-01")
        cls.rivals = cls._assign(cls.region, cls.dealer_b, "2020-01-01")

    def test_a_dealer_reads_territories_and_its_own_assignments(self):
        territory = self.region.with_user(self.seller_a)
        self.assertEqual(territory.name, "Québec")
        self.assertEqual(territory.zip_ids.zip_from, "G")
        self.assertEqual(territory.assignment_ids, self.mine)
        self.assertEqual(territory.dealer_ids, self.dealer_a)

    def test_a_rivals_assignment_is_invisible(self):
        assignments = self.env["dealer.territory.assignment"].with_user(self.principal_a)
        self.assertEqual(assignments.search([]), self.mine)
        self.assertEqual(assignments.search_count([("territory_id", "=", self.region.id)]), 1)
        self.assertFalse(assignments.name_search("Dealer B"))
        with self.assertRaises(AccessError):
            self.rivals.with_user(self.principal_a).read(["date_from"])
        with self.assertRaises(AccessError):
            self.rivals.with_user(self.principal_a).export_data(["dealer_id/name"])

    def test_a_dealer_changes_nothing(self):
        for record in (self.region, self.region.zip_ids, self.mine):
            mine = record.with_user(self.principal_a)
            for operation in ("write", "unlink", "create"):
                with self.subTest(model=record._name, operation=operation):
                    self.assertFalse(mine.has_access(operation))

    def test_a_dealer_cannot_ask_who_serves_an_address(self):
        with self.assertRaises(AccessError):
            self.env["dealer.territory.find"].with_user(self.principal_a).create({})

    def test_an_area_manager_reads_and_a_manager_edits(self):
        both = self.mine | self.rivals
        self.assertEqual(self.region.with_user(self.oem_user).assignment_ids, both)
        with self.assertRaises(AccessError):
            self.region.with_user(self.oem_user).name = "New"
        self.region.with_user(self.oem_manager).name = "New"
        self.env["dealer.territory.assignment"].with_user(self.oem_manager).create(
            {"territory_id": self.city.id, "dealer_id": self.dealer_a.id}
        )
        with self.assertRaises(AccessError):
            self.city.with_user(self.oem_manager).unlink()
