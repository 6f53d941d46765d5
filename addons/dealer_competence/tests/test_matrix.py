from odoo import fields
from odoo.tests import tagged

from .common import CompetenceCase


@tagged("post_install", "-at_install")
class TestMatrix(CompetenceCase):
    def _row(self, user, staff, dealer=None):
        matrix = self.env["dealer.competence.matrix"].with_user(user)
        result = matrix.load(dealer.id if dealer else None)
        return next((row for row in result["rows"] if row["id"] == staff.id), None)

    def _status(self, competence, user=None):
        row = self._row(user or self.principal_a, self.staff_a)
        cell = row["cells"].get(competence.id)
        return cell and cell["status"]

    def test_held_low_lacking_ending_and_extra(self):
        role = self.staff_a.role_id
        self.assertIsNone(self._status(self.offer))
        need = self._need(self.offer, role_id=role.id)
        self.assertEqual(self._status(self.offer), "gap")
        self._gain(self.person_a, self.offer, self.level_knows)
        self.assertEqual(self._status(self.offer), "low")
        self._gain(self.person_a, self.offer)
        self.assertEqual(self._status(self.offer), "held")
        need.unlink()
        self.assertEqual(self._status(self.offer), "extra")
        self._need(self.yearly, role_id=role.id)
        line = self._gain(self.person_a, self.yearly)
        self.assertEqual(self._status(self.yearly), "held")
        line.valid_to = fields.Date.add(fields.Date.today(), days=10)
        self.assertEqual(self._status(self.yearly), "expiring")
        line.write({"valid_from": "2020-01-01", "valid_to": "2020-12-31"})
        self.assertEqual(self._status(self.yearly), "gap")

    def test_needs_by_activity_brand_and_product_line(self):
        sales, service = (
            self.env.ref(f"dealer_network.activity_{name}") for name in ("sales", "service")
        )
        line = self.env["dealer.product.line"].create(
            {"name": "Test line", "code": "t_line", "brand_id": self.brand.id}
        )
        self._need(self.offer, activity_id=service.id)
        self._need(self.yearly, product_line_id=line.id, activity_id=sales.id)
        self.assertIsNone(self._status(self.offer))
        outlet = self.env["dealer.outlet"].create(
            {"name": "Shop", "code": "T-A-1", "dealer_id": self.dealer_a.id}
        )
        operation = {"outlet_id": outlet.id, "brand_id": self.brand.id}
        self.env["dealer.operation"].create({**operation, "activity_id": sales.id})
        self.assertIsNone(self._status(self.offer))
        self.assertEqual(self._status(self.yearly), "gap")
        self.env["dealer.operation"].create({**operation, "activity_id": service.id})
        self.assertEqual(self._status(self.offer), "gap")

    def test_a_person_in_two_roles_at_two_dealers(self):
        self._need(self.offer, role_id=self.staff_a.role_id.id)
        self._need(self.yearly, role_id=self.env.ref("dealer_network.role_marketer").id)
        second = self.env["dealer.staff"].create(
            {
                "person_id": self.person_a.id,
                "dealer_id": self.dealer_b.id,
                "role_id": self.env.ref("dealer_network.role_marketer").id,
            }
        )
        self._gain(self.person_a, self.offer, dealer=self.dealer_a)
        first = self._row(self.principal_a, self.staff_a)
        self.assertEqual(first["cells"][self.offer.id]["status"], "held")
        self.assertNotIn(self.yearly.id, first["cells"])
        other = self._row(self.principal_b, second)
        self.assertEqual(other["cells"][self.yearly.id]["status"], "gap")
        self.assertNotIn(self.offer.id, other["cells"], "gained elsewhere, not shared with B")

    def test_staff_see_their_own_line_principals_all_of_theirs(self):
        self._need(self.offer)
        rows = self.env["dealer.competence.matrix"].with_user(self.seller_a).load()["rows"]
        self.assertEqual([row["id"] for row in rows], self.staff_a.ids)
        matrix = self.env["dealer.competence.matrix"].with_user(self.principal_a)
        self.assertEqual(len(matrix.load()["rows"]), 2)
        self.assertEqual(matrix.load(self.dealer_b.id)["rows"], [])

    def test_the_network_shows_numbers_of_those_who_released_them(self):
        self._need(self.offer, role_id=self.staff_a.role_id.id)
        self._gain(self.person_a, self.offer)
        self._release(self.dealer_a)
        rows = {
            row["id"]: row
            for row in self.env["dealer.competence.matrix"].with_user(self.oem_user).load()["rows"]
        }
        cell = rows[self.dealer_a.id]["cells"][self.offer.id]
        self.assertEqual((cell["status"], cell["coverage"]), ("held", 100))
        self.assertFalse(rows[self.dealer_b.id]["released"])
        self.assertFalse(rows[self.dealer_b.id]["cells"])
        matrix = self.env["dealer.competence.matrix"].with_user(self.oem_user)
        self.assertFalse(matrix.load(self.dealer_b.id)["rows"])
        self.assertEqual(len(matrix.load(self.dealer_a.id)["rows"]), 2)

    def test_the_number_of_queries_does_not_grow(self):
        self._need(self.offer)
        self._need(self.yearly, role_id=self.staff_a.role_id.id)
        matrix = self.env["dealer.competence.matrix"].with_user(self.oem_user)

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            matrix.load()
            return self.cr.sql_log_count - before

        queries()
        few = queries()
        for number in range(6):
            dealer = self._create_dealer(f"T-M{number}", f"More {number}", "type_dealer")
            for index in range(5):
                staff = self._create_staff(dealer, "role_salesperson", f"P {number} {index}")
                self._gain(staff.person_id, self.offer)
            self._release(dealer)
        # a competence that is gained clears caches of other add-ons: measure warm against warm
        queries()
        self.assertEqual(queries(), few)
