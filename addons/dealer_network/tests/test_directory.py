from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import DealerNetworkCase


@tagged("post_install", "-at_install")
class TestDirectory(DealerNetworkCase):
    def setUp(self):
        super().setUp()
        self.dealer_a.write({"city": "Nantes", "country_id": self.env.ref("base.fr").id})
        outlet = self.env["dealer.outlet"].create(
            {
                "dealer_id": self.dealer_a.id,
                "name": "Main",
                "hours_ids": [
                    (0, 0, {"weekday": str(day), "hour_from": 9, "hour_to": 17.5})
                    for day in range(5)
                ],
                "operation_ids": [
                    (
                        0,
                        0,
                        {
                            "activity_id": self.env.ref("dealer_network.activity_sales").id,
                            "brand_id": self.brand.id,
                        },
                    )
                ],
            }
        )
        self.assertTrue(outlet.is_main)
        self.env.flush_all()

    def _entry(self, user):
        directory = self.env["dealer.directory"].with_user(user)
        return directory.search([("id", "=", self.dealer_a.id)])

    def test_rival_finds_the_public_fields(self):
        entry = self._entry(self.seller_b)
        self.assertRecordValues(
            entry,
            [
                {
                    "name": "Dealer A",
                    "city": "Nantes",
                    "brand_names": "Test brand",
                    "opening_hours": "Mon–Fri 9:00–17:30",
                }
            ],
        )

    def test_directory_holds_nothing_else(self):
        own = set(self.env["dealer.directory"]._fields) - {
            "id",
            "display_name",
            "create_uid",
            "create_date",
            "write_uid",
            "write_date",
        }
        self.assertEqual(own, {"name", "city", "country_id", "brand_names", "opening_hours"})

    def test_dealer_takes_itself_off_the_directory(self):
        self.dealer_a.directory_published = False
        self.env.flush_all()
        self.assertFalse(self._entry(self.seller_b))

    def test_suspended_and_archived_dealers_are_not_listed(self):
        self.dealer_a.action_suspend("Unpaid invoices")
        self.env.flush_all()
        self.assertFalse(self._entry(self.seller_b))
        self.dealer_a.action_resume()
        self.env.flush_all()
        self.assertTrue(self._entry(self.seller_b))
        self.dealer_a.active = False
        self.env.flush_all()
        self.assertFalse(self._entry(self.seller_b))

    def test_nobody_writes_the_directory(self):
        for user in (self.seller_b, self.oem_admin):
            with self.assertRaises(AccessError):
                self._entry(user).name = "Mine"
