from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import ServiceCase


@tagged("post_install", "-at_install")
class TestContract(ServiceCase):
    def _days(self, contract):
        return [str(day) for day in contract.visit_ids.sorted("date").mapped("date")]

    @freeze_time("2024-01-01 10:00:00")
    def test_visits_are_planned_when_it_comes_into_force(self):
        contract = self._contract()
        self.assertEqual(str(contract.date_end), "2024-12-31")
        self.assertFalse(contract.visit_ids)
        contract.action_activate()
        self.assertEqual(contract.state, "active")
        self.assertTrue(contract.name.startswith("MC-2024-"))
        self.assertEqual(
            self._days(contract), ["2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"]
        )
        self.assertEqual(str(contract.next_visit_date), "2024-03-31")
        self.assertEqual(self.unit.contract_id, contract)
        uncovered = self.env["equipment.unit"].search([("contract_id", "=", False)])
        self.assertNotIn(self.unit, uncovered)

    @freeze_time("2024-01-01 10:00:00")
    def test_visits_go_as_far_as_the_horizon_and_follow_it(self):
        self.plan.horizon_months = 6
        contract = self._contract()
        contract.action_activate()
        self.assertEqual(self._days(contract), ["2024-03-31", "2024-06-30"])
        with freeze_time("2024-04-02 10:00:00"):
            self.env["service.contract"]._cron_run()
            self.env["service.contract"]._cron_run()
        self.assertEqual(self._days(contract), ["2024-03-31", "2024-06-30", "2024-09-30"])

    @freeze_time("2024-01-01 10:00:00")
    def test_machine_that_comes_in_later_has_visits_to_come_only(self):
        contract = self._contract()
        contract.action_activate()
        with freeze_time("2024-05-01 10:00:00"):
            late = self._installed("V-2")
            contract.unit_ids |= late
            own = contract.visit_ids.filtered(lambda visit: visit.unit_id == late)
            self.assertEqual(
                [str(day) for day in own.mapped("date")], ["2024-06-30", "2024-09-30", "2024-12-31"]
            )
            contract.unit_ids -= late
            self.assertEqual(set(own.mapped("state")), {"cancelled"})

    @freeze_time("2024-01-01 10:00:00")
    def test_machine_is_covered_once(self):
        self._contract().action_activate()
        second = self._contract(date_start="2024-12-31", date_end="2025-06-30")
        with self.assertRaisesRegex(ValidationError, "V-1 is covered by MC-2024"):
            second.action_activate()

    @freeze_time("2024-01-01 10:00:00")
    def test_return_of_the_machine_ends_its_cover(self):
        contract = self._contract()
        contract.action_activate()
        visit = contract.visit_ids.sorted("date")[0]
        visit.action_prepare()
        self._move(self.company_a, "return", ["V-1"], self.site)
        self.assertFalse(contract.unit_ids)
        self.assertEqual(set(contract.visit_ids.mapped("state")), {"cancelled"})
        self.assertEqual(self.unit.protocol_ids.state, "cancelled")
        self.assertIn("no longer covered", contract.message_ids[0].body)
        self._move(self.company_a, "delivery", ["V-1"], self.other_customer)
        self.assertFalse(self.unit.contract_id)

    @freeze_time("2024-01-01 10:00:00")
    def test_reminder_once_and_renewal(self):
        contract = self._contract()
        contract.action_activate()
        with freeze_time("2024-10-31 10:00:00"):
            self.env["service.contract"]._cron_run()
            self.assertFalse(contract.activity_ids)
        with freeze_time("2024-11-01 10:00:00"):
            self.env["service.contract"]._cron_run()
            self.env["service.contract"]._cron_run()
            self.assertEqual(contract.activity_ids.user_id, self.manager_a)
            contract.action_renew()
            self.assertFalse(contract.activity_ids)
            self.assertEqual(str(contract.date_end), "2025-12-31")
            self.assertIn("2025-09-30", self._days(contract))
            self.assertNotIn("2025-12-31", self._days(contract), "beyond the horizon")
            self.env["service.contract"]._cron_run()
            self.assertFalse(contract.activity_ids, "the next period's reminder is far")

    @freeze_time("2024-01-01 10:00:00")
    def test_reminder_that_was_seen_to_does_not_come_back(self):
        contract = self._contract()
        contract.action_activate()
        with freeze_time("2024-11-01 10:00:00"):
            self.env["service.contract"]._cron_run()
            contract.activity_ids.action_feedback(feedback="Asked, no answer yet")
        with freeze_time("2024-11-02 10:00:00"):
            self.env["service.contract"]._cron_run()
            self.assertFalse(contract.activity_ids)
            contract.action_renew()
        with freeze_time("2025-11-01 10:00:00"):
            self.env["service.contract"]._cron_run()
            self.assertEqual(len(contract.activity_ids), 1, "once per period")

    @freeze_time("2024-01-01 10:00:00")
    def test_when_the_responsible_has_left_another_is_reminded(self):
        contract = self._contract().sudo()
        contract.action_activate()
        self.manager_a.active = False
        groups = "base.group_user,equipment_registry.group_service_manager"
        successor = self._create_user("manager_a2", groups, self.company_a)
        with freeze_time("2024-11-01 10:00:00"):
            self.env["service.contract"]._cron_run()
        self.assertEqual((contract.user_id, contract.activity_ids.user_id), (successor, successor))

    @freeze_time("2024-08-31 10:00:00")
    def test_contract_of_the_31st_owes_a_visit_in_each_period(self):
        self.plan.write({"duration_months": 6, "interval_months": 6})
        contract = self._contract()
        contract.action_activate()
        self.assertEqual(str(contract.date_end), "2025-02-28")
        contract.action_renew()
        self.assertEqual(str(contract.date_end), "2025-08-30")
        self.assertEqual(self._days(contract), ["2025-02-28", "2025-08-30"])

    @freeze_time("2024-01-01 10:00:00")
    def test_tacit_renewal_and_end(self):
        tacit, ending = self._contract(), self._contract(self._installed("V-3"), renewal="none")
        tacit.renewal = "tacit"
        (tacit | ending).action_activate()
        ending.visit_ids.sorted("date")[-1].date = "2025-02-28"
        with freeze_time("2025-01-01 10:00:00"):
            self.env["service.contract"]._cron_run()
        self.assertEqual((tacit.state, str(tacit.date_end)), ("active", "2025-12-31"))
        self.assertEqual(ending.state, "active", "in America its last day goes on")
        with freeze_time("2025-01-02 10:00:00"):
            self.env["service.contract"]._cron_run()
        self.assertEqual(ending.state, "ended")
        self.assertEqual(
            ending.visit_ids.sorted("date").mapped("state"),
            ["planned", "planned", "planned", "cancelled"],
            "what fell due before the end is owed",
        )

    @freeze_time("2024-01-01 10:00:00")
    def test_machine_that_goes_takes_what_an_ended_contract_owes(self):
        contract = self._contract(renewal="none")
        contract.action_activate()
        with freeze_time("2025-01-02 10:00:00"):
            self.env["service.contract"]._cron_run()
            contract.visit_ids[0].action_prepare()
            self._move(self.company_a, "return", ["V-1"], self.site)
        self.assertEqual((contract.state, contract.unit_ids), ("ended", self.unit))
        self.assertEqual(set(contract.visit_ids.mapped("state")), {"cancelled"})
        self.assertEqual(self.unit.protocol_ids.state, "cancelled")

    def test_cancellation_needs_a_reason(self):
        contract = self._contract()
        contract.action_activate()
        with self.assertRaisesRegex(UserError, "why it is cancelled"):
            contract.action_cancel()
        contract.cancel_reason = "Customer closed the plant"
        contract.action_cancel()
        self.assertEqual(set(contract.visit_ids.mapped("state")), {"cancelled"})
        with self.assertRaisesRegex(UserError, "is kept"):
            contract.unlink()

    def test_nothing_to_put_into_force(self):
        contract = self._contract(unit_ids=[])
        with self.assertRaisesRegex(UserError, "at least one machine"):
            contract.action_activate()
        with self.assertRaisesRegex(UserError, "never in force"):
            contract.action_renew()

    def test_planning_of_many_machines_takes_no_more_queries(self):
        def cost(count, serial):
            units = self.env["equipment.unit"].create(
                [
                    {
                        "product_id": self.pump.id,
                        "serial": f"{serial}-{number}",
                        "company_id": self.company_a.id,
                        "owner_id": self.customer.id,
                        "state": "service",
                    }
                    for number in range(count)
                ]
            )
            contract = self._contract(units)
            contract.action_activate()
            contract.visit_ids.sudo().unlink()
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            contract._generate_visits()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        self.assertLessEqual(cost(20, "MANY"), cost(2, "FEW") + 15)

    @freeze_time("2024-01-01 10:00:00")
    def test_tacit_renewal_leaves_what_another_contract_took_over(self):
        second = self._installed("V-2")
        whole, half = self._contract(), self._contract(second | self._installed("V-3"))
        (whole | half).write({"renewal": "tacit"})
        (whole | half).action_activate()
        successor = self._contract(self.unit | second, date_start="2025-01-01")
        successor.action_activate()
        for night in ("2025-01-01 10:00:00", "2025-01-02 10:00:00"):
            with freeze_time(night):
                self.env["service.contract"]._cron_run()
        self.assertEqual((whole.state, whole.unit_ids), ("ended", self.unit))
        self.assertEqual((half.state, str(half.date_end)), ("active", "2025-12-31"))
        self.assertEqual(half.unit_ids.serial, "V-3")
        overdue = half.visit_ids.filtered(lambda visit: visit.unit_id == second)
        self.assertTrue(overdue)
        self.assertEqual(set(overdue.mapped("state")), {"planned"}, "owed for the year before")
        self.assertIn(successor.name, half.message_ids.mapped("body")[1])

    @freeze_time("2024-01-01 10:00:00")
    def test_machine_that_comes_back_is_visited_again(self):
        contract = self._contract(self.unit | self._installed("V-2"))
        contract.action_activate()
        contract.unit_ids -= self.unit
        contract.unit_ids |= self.unit
        own = contract.visit_ids.filtered(lambda visit: visit.unit_id == self.unit)
        self.assertEqual(own.mapped("state"), ["planned"] * 4)
        own[0].action_cancel()
        contract.unit_ids |= self._installed("V-3")
        self.assertEqual(own[0].state, "cancelled", "one that is not owed stays so")

    @freeze_time("2024-01-01 10:00:00")
    def test_states_are_reached_by_an_interface_as_by_the_buttons(self):
        contract = self._contract()
        with self.assertRaisesRegex(UserError, "begins as “Draft”"):
            contract.copy({"state": "active"})
        with self.assertRaisesRegex(UserError, "cannot become “Ended”"):
            contract.write({"state": "ended"})
        contract.write({"state": "active"})
        with self.assertRaisesRegex(UserError, "runs until 2024-12-31"):
            contract.write({"state": "ended"})
        self.assertTrue(contract.name.startswith("MC-2024-"))
        self.assertEqual(len(contract.visit_ids), 4)
        with self.assertRaisesRegex(UserError, "in force already"):
            contract.action_activate()
        contract.write({"state": "cancelled", "cancel_reason": "Closed"})
        self.assertEqual(set(contract.visit_ids.mapped("state")), {"cancelled"})
