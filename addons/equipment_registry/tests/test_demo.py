from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import EquipmentCase


@tagged("post_install", "-at_install")
class TestDemo(EquipmentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.unit = cls._move(cls.company_a, "receipt", ["D-1"])

    def _loan(self, start="2024-03-01", end="2024-03-10", **vals):
        return (
            self.env["equipment.demo"]
            .with_user(self.manager_a)
            .create(
                {
                    "unit_id": self.unit.id,
                    "partner_id": self.customer.id,
                    "date_from": start,
                    "date_to": end,
                    **vals,
                }
            )
        )

    def test_out_and_back_with_hours_and_history(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.manager_a.lang = "fr_FR"
        loan = self._loan(hours_out=5)
        loan.with_context(lang="en_US").action_lend()
        self.assertTrue(self.unit.is_lent)
        self.assertEqual(loan.activity_ids.user_id, self.manager_a)
        self.assertEqual(loan.activity_ids.summary, "Récupérer la machine de démonstration")
        self.assertEqual(str(loan.activity_ids.date_deadline), "2024-03-10")
        loan.hours_back = 4
        with self.assertRaisesRegex(UserError, "fewer hours"):
            loan.action_take_back()
        loan.hours_back = 17
        loan.action_take_back()
        self.assertEqual((loan.state, loan.hours_used), ("back", 12))
        self.assertFalse(loan.activity_ids)
        self.assertFalse(self.unit.is_lent)
        self.assertEqual(self.unit.event_ids.sorted("id").mapped("kind")[-2:], ["lent", "back"])

    def test_one_machine_is_at_one_place(self):
        self._loan()
        self._loan("2024-03-11", "2024-03-12")
        with self.assertRaisesRegex(ValidationError, "promised to Customer of A"):
            self._loan("2024-03-10", "2024-03-10")

    def test_two_loans_at_once_are_refused_by_the_database(self):
        self._loan().action_lend()
        second = self._loan("2024-03-11", "2024-03-12")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            second.action_lend()
            second.flush_recordset()

    def test_overdue_is_found(self):
        loan = self._loan()
        loan.action_lend()
        Demo = self.env["equipment.demo"].with_user(self.manager_a)
        with freeze_time("2024-03-10 12:00:00"):
            self.assertNotIn(loan, Demo.search([("is_overdue", "=", True)]))
        with freeze_time("2024-03-11 12:00:00"):
            loan.invalidate_recordset(["is_overdue"])
            self.assertIn(loan, Demo.search([("is_overdue", "=", True)]))
            self.assertTrue(loan.is_overdue)

    def test_what_is_not_in_stock_is_not_lent(self):
        self._move(self.company_a, "delivery", ["D-1"], self.customer)
        loan = self._loan()
        with self.assertRaisesRegex(UserError, "only a unit in stock"):
            loan.action_lend()
        loan.action_cancel()
        self.assertEqual(loan.state, "cancelled")

    def test_technician_lends_nothing_and_a_rival_sees_nothing(self):
        loan = self._loan()
        with self.assertRaises(AccessError):
            loan.with_user(self.technician_a).write({"date_to": "2024-04-01"})
        with self.assertRaises(AccessError):
            loan.with_user(self.manager_b).read(["partner_id"])

    def test_a_loan_ends_when_the_machine_is_sold(self):
        loan, later = self._loan(), self._loan("2024-06-01", "2024-06-02")
        loan.action_lend()
        self._move(self.company_a, "delivery", ["D-1"], self.customer)
        self.assertEqual((loan.state, later.state), ("back", "cancelled"))
        self.assertFalse(loan.activity_ids, "nobody fetches it")
        self.assertIn("Ended", "".join(loan.message_ids.mapped("body")))

    def test_states_are_reached_by_an_interface_as_by_the_buttons(self):
        loan = self._loan()
        with self.assertRaisesRegex(UserError, "cannot become “Back”"):
            loan.write({"state": "back"})
        loan.write({"state": "lent"})
        self.assertEqual(loan.unit_id.event_ids.sorted("id")[-1].kind, "lent")
        with self.assertRaisesRegex(UserError, "begins as “Planned”"):
            loan.copy({"state": "lent"})

    def test_a_loan_goes_out_with_the_machine_that_is_written(self):
        gone = self._move(self.company_a, "receipt", ["D-2"])
        self._move(self.company_a, "delivery", ["D-2"], self.customer)
        loan = self._loan()
        with self.assertRaisesRegex(UserError, "only a unit in stock"):
            loan.write({"state": "lent", "unit_id": gone.id})
        loan.write({"unit_id": gone.id})
        loan.write({"state": "lent", "unit_id": self.unit.id})
        self.assertEqual(loan.unit_id, self.unit)
        with self.assertRaisesRegex(UserError, "while the loan is planned only"):
            loan.write({"unit_id": gone.id})
        loan.write({"unit_id": self.unit.id, "date_to": "2024-03-11"})

    def test_only_who_may_lend_has_the_buttons(self):
        Demo = self.env["equipment.demo"]
        arch = Demo.with_user(self.technician_a).get_view(view_type="form")["arch"]
        self.assertNotIn("action_lend", arch)
        self.assertNotIn("action_take_back", arch)
        self.assertIn("action_lend", Demo.with_user(self.manager_a).get_view()["arch"])

    def test_a_boards_column_makes_a_planned_loan(self):
        column = self.env["equipment.demo"].with_user(self.manager_a)
        loan = column.with_context(default_state="lent").create(
            {
                "unit_id": self.unit.id,
                "partner_id": self.customer.id,
                "date_from": "2024-03-01",
                "date_to": "2024-03-10",
            }
        )
        self.assertEqual(loan.state, "planned")
