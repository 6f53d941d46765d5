from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import OpeningCase


@tagged("post_install", "-at_install")
class TestOpening(OpeningCase):
    @freeze_time("2026-03-02 09:00")
    def test_candidate_gets_the_milestones_of_its_type(self):
        opening = self._start()
        self.assertEqual(opening.template_id, self.template)
        self.assertEqual(opening.user_id, self.oem_manager)
        self.assertEqual(opening.network_company_id, self.oem_company)
        self.assertEqual(
            [(line.name, line.date_planned, line.side) for line in opening.milestone_ids],
            [
                ("Contract", date(2026, 3, 2), "oem"),
                ("People", date(2026, 3, 12), "dealer"),
                ("Signs", date(2026, 3, 22), "oem"),
            ],
        )
        self.assertEqual(opening.date_target, date(2026, 3, 22))
        self.assertEqual((opening.progress, opening.blocking_count), (0, 2))

    def test_opening_is_the_oems_where_the_importer_sells(self):
        self.prospect.network_company_id = self.env["res.company"].create({"name": "Importer Ltd"})
        self.assertEqual(self._start().network_company_id, self.oem_company)

    def test_type_and_mode_choose_the_template(self):
        light = self.template.copy({"name": "Light", "mode": "light", "sequence": 1})
        self.assertEqual(light.milestone_ids.mapped("name"), ["Contract", "People", "Signs"])
        self.assertEqual(self._start().template_id, self.template)
        other = self._create_dealer(
            "T-L", "Light one", "type_dealer", state="prospect", mode="light"
        )
        self.assertEqual(self._start(other).template_id, light)
        importer = self._create_dealer("T-I2", "Importer", "type_importer", state="prospect")
        self.assertFalse(self._start(importer))
        importer.action_activate()
        self.assertEqual(importer.state, "active")

    def test_responsible_is_asked_by_an_activity(self):
        staff_user = self._create_staff_user(self.prospect, "role_salesperson", "t_new_seller")
        opening = self._start()
        contract, people = self._milestone(opening, "Contract"), self._milestone(opening, "People")
        self.assertEqual(contract.user_id, self.oem_manager)
        self.assertEqual(people.user_id, staff_user)
        self.assertEqual(people.activity_ids.user_id, staff_user)
        self.assertEqual(people.activity_ids.date_deadline, people.date_planned)
        people.user_id = self.oem_user
        self.assertEqual(people.activity_ids.user_id, self.oem_user)
        people.action_done()
        self.assertFalse(people.activity_ids)

    def test_activation_waits_for_blocking_milestones_and_lists_them(self):
        opening = self._start()
        dealer = self.prospect.with_user(self.oem_manager)
        with self.assertRaisesRegex(UserError, "Contract.*People") as caught:
            dealer.action_activate()
        self.assertNotIn("Signs", str(caught.exception))
        with self.assertRaisesRegex(UserError, "Contract"):
            dealer.write({"state": "active"})
        self._milestone(opening, "Contract").with_user(self.oem_manager).action_done()
        self._milestone(opening, "People").with_user(self.oem_manager).action_skip()
        dealer.action_activate()
        self.assertEqual((dealer.state, opening.state), ("active", "done"))
        self.assertAlmostEqual(opening.progress, 200 / 3, 1)
        self.assertFalse(self._milestone(opening, "Signs").activity_ids)

    def test_administrator_overrides_with_a_reason_that_stays(self):
        opening = self._start()
        values = {"opening_id": opening.id, "reason": "The fair opens tomorrow"}
        with self.assertRaises(AccessError):
            self.env["dealer.opening.override"].with_user(self.oem_manager).create(values)
        with self.assertRaises(AccessError):
            opening.with_user(self.oem_manager)._override("no")
        wizard = self.env["dealer.opening.override"].with_user(self.oem_admin).create(values)
        self.assertEqual(wizard.milestone_ids.mapped("name"), ["Contract", "People"])
        wizard.action_activate()
        self.assertEqual((self.prospect.state, opening.state), ("active", "done"))
        self.assertEqual(opening.override_user_id, self.oem_admin)
        self.assertIn("The fair opens tomorrow", opening.message_ids.mapped("body")[0])

    def test_resuming_a_suspended_dealer_is_not_an_opening(self):
        self.dealer_a.action_suspend("late payment")
        self.dealer_a.action_resume()
        self.assertEqual(self.dealer_a.state, "active")
        self.assertFalse(self.dealer_a.opening_ids)

    @freeze_time("2026-03-02 09:00")
    def test_late_milestones(self):
        opening = self._start()
        with freeze_time("2026-03-13 09:00"):
            opening.invalidate_recordset()
            self.assertEqual(opening.late_count, 2)
            self.assertEqual(opening.next_milestone_id.name, "Contract")
            late = self.env["dealer.opening.milestone"].search([("is_late", "=", True)])
            self.assertEqual(
                late & opening.milestone_ids, opening.milestone_ids.filtered("is_late")
            )
            self.assertEqual(late.mapped("name"), ["Contract", "People"])
            late.action_done()
            opening.invalidate_recordset()
            self.assertEqual((opening.late_count, opening.next_milestone_id.name), (0, "Signs"))
            self.assertEqual(late.mapped("date_done"), [date(2026, 3, 13)] * 2)

    def test_giving_up_and_beginning_again(self):
        first = self._start()
        first.with_user(self.oem_manager).action_cancel()
        self.assertEqual((first.state, self.prospect.state), ("cancelled", "prospect"))
        with self.assertRaisesRegex(UserError, "has ended"):
            first.milestone_ids[0].action_done()
        second = self._start()
        self.assertNotEqual(first, second)
        self.assertEqual(self.prospect.opening_progress, 0)
        second.milestone_ids[0].action_done()
        second.milestone_ids[0].action_reopen()
        self.assertEqual(second.progress, 0)
        self.assertTrue(second.milestone_ids[0].activity_ids)

    def test_candidate_without_opening_can_start_one(self):
        dealer = self._create_dealer("T-C", "Candidate", "type_dealer", state="candidate")
        self.assertFalse(dealer.opening_id)
        dealer.with_user(self.oem_manager).action_start_opening()
        self.assertEqual(dealer.opening_id.milestone_count, 3)
        with self.assertRaisesRegex(UserError, "T-C"):
            dealer.action_start_opening()

    def test_queries_do_not_grow_with_the_milestones(self):
        dealers = [
            self._create_dealer(f"T-Q{number}", "Q", "type_dealer", state="prospect")
            for number in range(3)
        ]
        self._count_queries(dealers[0])
        few = self._count_queries(dealers[1])
        line = self.template.milestone_ids[0]
        for number in range(60):
            line.copy({"template_id": self.template.id, "name": f"More {number}"})
        many = self._count_queries(dealers[2])
        self.assertLessEqual(many, few * 1.2)

    def _count_queries(self, dealer):
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self._start(dealer)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before
