from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_protocol import ProtocolCase


@tagged("post_install", "-at_install")
class TestProtocol(ProtocolCase):
    def test_checklist_and_place_come_from_the_machine(self):
        protocol = self.protocol
        self.assertEqual(protocol.template_id, self.template)
        self.assertEqual(
            protocol.line_ids.mapped("name"), ["Fastened", "Pressure", "Hours", "Who was taught"]
        )
        self.assertEqual((protocol.owner_id, protocol.site_id), (self.customer, self.site))
        self.assertEqual(protocol.name, "COM-P-1-01")
        self.assertEqual((protocol.outcome, protocol.progress), ("open", 0.0))

    def test_a_plan_is_a_task_of_the_technician(self):
        protocol = self.protocol
        self.assertEqual(protocol.state, "draft")
        protocol.with_user(self.manager_a).date_planned = "2030-05-06 08:00:00"
        self.assertEqual(protocol.state, "planned")
        self.assertEqual(protocol.activity_ids.user_id, self.technician_a)
        self.assertEqual(str(protocol.activity_ids.date_deadline), "2030-05-06")
        self.assertEqual(str(protocol.date_planned_end), "2030-05-06 10:00:00")
        protocol.with_user(self.manager_a).user_id = self.colleague_a
        self.assertEqual(protocol.activity_ids.user_id, self.colleague_a, "one task, the new one's")
        protocol.with_user(self.manager_a).user_id = False
        self.assertEqual((protocol.state, len(protocol.activity_ids)), ("draft", 0))

    def test_absurd_duration_is_refused_with_words(self):
        self.protocol.date_planned = "2030-05-06 08:00:00"
        for hours in (-5, 1e12):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaisesRegex(CheckViolation, "duration_check"),
                self.cr.savepoint(),
            ):
                self.protocol.duration = hours
                self.protocol.flush_recordset()
            self.protocol.invalidate_recordset()

    def test_clash_of_plans_is_shown(self):
        other = self._protocol(self._delivered("P-2"))
        self.protocol.date_planned = "2030-05-06 08:00:00"
        other.date_planned = "2030-05-06 10:00:00"
        self.assertFalse(self.protocol.clash_ids, "one ends when the other begins")
        other.date_planned = "2030-05-06 09:00:00"
        self.assertEqual(self.protocol.clash_ids, other)
        other.user_id = self.colleague_a
        self.protocol.invalidate_recordset(["clash_ids"])
        self.assertFalse(self.protocol.clash_ids)

    def test_readings_are_judged_by_their_limits(self):
        self.protocol.action_start()
        pressure = self._line("Pressure")
        self.assertEqual(pressure.verdict, "open")
        for value, verdict in ((3.5, "ok"), (4.5, "ok"), (4.51, "deviation"), (0.0, "ok")):
            pressure.value = value
            if value:
                self.assertEqual(pressure.verdict, verdict, value)
        pressure.write({"value": 0, "is_measured": True})
        self.assertEqual(pressure.verdict, "deviation", "zero is a reading")
        pressure.write({"is_measured": False})
        self.assertEqual(pressure.verdict, "open")
        pressure.result = "na"
        self.assertEqual(pressure.verdict, "na")
        self.assertEqual(pressure.limit_text, "3.5 – 4.5")

    def test_large_readings_are_printed_in_full(self):
        pressure = self._line("Pressure")
        pressure.write({"value": 1234567.5, "maximum": 2000001})
        self.assertEqual(pressure.answer, "1234567.5")
        self.assertEqual(pressure.limit_text, "3.5 – 2000001")

    def test_done_commissioning_puts_the_machine_into_service(self):
        self._fill(self.protocol)
        self.assertEqual((self.protocol.outcome, self.protocol.may_run), ("passed", True))
        self._sign(self.protocol)
        self.assertEqual(self.protocol.state, "done")
        self.assertEqual(self.unit.state, "service")
        self.assertEqual(self.unit.in_service_date, self.protocol.date_done.date())
        self.assertEqual(self.unit.identity_id.in_service_date, self.unit.in_service_date)
        event = self.unit.event_ids.sorted("id")[-1]
        self.assertEqual((event.kind, event.reference), ("commissioned", "COM-P-1-01"))
        self.assertEqual(event.user_id, self.technician_a)
        self.assertEqual(self.unit.reading_ids.value, 2.0)
        self.assertEqual(self.unit.reading_ids.meter_id, self.meter)

    def test_deviation_needs_a_reason_and_keeps_the_machine_still(self):
        self._fill(self.protocol, pressure=9.0)
        self.assertEqual((self.protocol.outcome, self.protocol.may_run), ("deviation", False))
        with self.assertRaisesRegex(UserError, "Pressure: say why"):
            self._sign(self.protocol)
        self._line("Pressure").remark = "Valve to be changed"
        self._sign(self.protocol)
        self.assertEqual((self.protocol.state, self.unit.state), ("done", "delivered"))
        self.assertFalse(self.unit.identity_id.in_service_date)

    def test_technician_may_let_it_run_with_a_deviation(self):
        self._fill(self.protocol, pressure=9.0)
        self._line("Pressure").remark = "Within what the customer needs"
        self.protocol.may_run = True
        self._sign(self.protocol)
        self.assertEqual(self.unit.state, "service")

    def test_incomplete_work_is_not_signed_and_what_is_missing_is_named(self):
        self.protocol.action_start()
        with self.assertRaises(UserError) as caught:
            self._sign(self.protocol, "technician")
        for part in ("COM-P-1-01", "Fastened", "Pressure", "Hours", "0 of 1 photos"):
            self.assertIn(part, str(caught.exception))
        self.assertNotIn("Who was taught", str(caught.exception))

    def test_work_is_started_once(self):
        self.protocol.action_start()
        with self.assertRaisesRegex(UserError, "COM-P-1-01.*In progress"):
            self.protocol.action_start()

    def test_second_commissioning_waits_for_the_first(self):
        with self.assertRaises(Exception), self.env.cr.savepoint():  # noqa: B017
            self._protocol(self.unit).flush_recordset()
        self._fill(self.protocol)
        self._sign(self.protocol)
        self.assertEqual(self._protocol(self.unit).name, "COM-P-1-02")

    def test_done_work_is_kept(self):
        self._fill(self.protocol)
        self._sign(self.protocol)
        manager = self.protocol.with_user(self.manager_a)
        for refused in (manager.unlink, manager.action_reopen):
            with self.assertRaisesRegex(UserError, "is kept"):
                refused()
        with self.assertRaisesRegex(UserError, "Done.*cannot become.*Cancelled"):
            manager.action_cancel()

    def test_a_state_is_reached_by_its_way_only(self):
        """Over RPC or on the board, where no button asks."""
        for state in ("planned", "done"):
            with self.assertRaises(UserError):
                self.protocol.state = state
        with self.assertRaisesRegex(AccessError, "Cancelled.*Service manager"):
            self.protocol.state = "cancelled"
        self.protocol.state = "progress"
        self.assertTrue(self.protocol.date_started)
        for state in ("draft", "planned"):
            with self.assertRaisesRegex(UserError, "In progress.*cannot become"):
                self.protocol.state = state
        with self.assertRaises(UserError):
            self.protocol.date_started = "2020-01-01 08:00:00"
        self.protocol.with_user(self.manager_a).action_cancel()
        with self.assertRaisesRegex(UserError, "Cancelled.*cannot become"):
            self.protocol.state = "progress"

    def test_work_is_whose_starts_it(self):
        self.protocol.user_id = False
        self.protocol.action_start()
        self.assertEqual(self.protocol.user_id, self.technician_a)

    def test_another_machine_stands_there(self):
        other = self._delivered("P-3")
        self.protocol.unit_id = other
        self.assertEqual(self.protocol.name, "COM-P-3-01")
        self.assertIn("P-3", self.protocol.message_ids[0].body)

    def test_the_paper_keeps_the_place(self):
        self._fill(self.protocol)
        self._sign(self.protocol)
        self.unit.write({"owner_id": self.other_customer.id, "site_id": self.other_customer.id})
        self.assertEqual(self.protocol.owner_id, self.customer)

    def test_customer_calls(self):
        self.env["equipment.protocol.template"].create(
            {"name": "Repair", "kind": "repair", "company_id": False}
        )
        action = self.unit.with_user(self.technician_a).action_plan_repair()
        repair = self.env["equipment.protocol"].browse(action["res_id"])
        self.assertEqual((repair.kind, repair.unit_id), ("repair", self.unit))
        self.assertEqual(repair.template_id.name, "Repair")

    def test_counts_on_the_unit_take_a_constant_number_of_queries(self):
        units = self.unit | self._delivered("P-4") | self._delivered("P-5")
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(5):
            units._compute_work_counts()
        self.assertEqual(self.unit.protocol_count, 1)

    def test_a_reading_that_does_not_fit_is_told_before_anybody_signs(self):
        self.env["equipment.meter.reading"].create(
            {"unit_id": self.unit.id, "meter_id": self.meter.id, "value": 31}
        )
        self._fill(self.protocol, hours=5)
        with self.assertRaisesRegex(UserError, "5.0 does not fit the 31.0"):
            self._sign(self.protocol, "technician")
        self._line("Hours").value = 31
        self._sign(self.protocol)
        self.assertEqual(self.protocol.state, "done")
