from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.equipment_registry.tests.common_protocol import PIXEL

from .common import ServiceCase


@tagged("post_install", "-at_install")
@freeze_time("2024-01-01 10:00:00")
class TestVisit(ServiceCase):
    def setUp(self):
        super().setUp()
        self.env["equipment.protocol.template"].search([]).active = False
        self.contract = self._contract()
        self.contract.action_activate()
        self.visit = self.contract.visit_ids.sorted("date")[0]

    def _prepare_by_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("service_contract.cron_visits").method_direct_trigger()

    def test_work_of_who_has_left_waits_to_be_planned(self):
        self.technician_a.active = False
        self.visit.action_prepare()
        self.assertEqual((self.visit.protocol_id.state, len(self.visit.user_id)), ("draft", 0))

    def test_work_is_prepared_in_time(self):
        self.technician_a.tz = "America/Montreal"
        with freeze_time("2024-03-16 10:00:00"):
            self._prepare_by_cron()
            self.assertEqual(self.visit.state, "planned")
        with freeze_time("2024-03-17 10:00:00"):
            self._prepare_by_cron()
            self._prepare_by_cron()
        self.visit.invalidate_recordset()
        work = self.visit.protocol_id
        self.assertEqual(self.visit.state, "prepared")
        self.assertEqual((work.kind, work.unit_id, work.state), ("service", self.unit, "planned"))
        self.assertEqual(
            (work.user_id, str(work.date_planned)), (self.technician_a, "2024-03-31 12:00:00")
        )
        self.assertEqual(len(self.unit.protocol_ids), 1)

    def test_work_that_an_ended_contract_owes_is_prepared_still(self):
        self.contract.renewal = "none"
        self.visit.action_prepare()
        work = self.visit.protocol_id
        with freeze_time("2025-01-02 10:00:00"):
            self.env["service.contract"]._cron_run()
            self._prepare_by_cron()
        self.contract.visit_ids.invalidate_recordset()
        self.assertEqual(self.contract.state, "ended")
        self.assertEqual(set(self.contract.visit_ids.mapped("state")), {"prepared"})
        self.assertEqual((self.visit.protocol_id, work.state), (work, "planned"))

    def test_done_work_is_a_done_visit(self):
        self.visit.action_prepare()
        work = self.visit.protocol_id.with_user(self.technician_a)
        work.action_start()
        with self.assertRaisesRegex(UserError, "signed its work"):
            self.visit.with_user(self.technician_a).state = "done"
        with self.assertRaisesRegex(AccessError, "Service manager"):
            self.visit.with_user(self.technician_a).state = "cancelled"
        work.write({"technician_signature": PIXEL})
        work.write({"customer_signature": PIXEL, "customer_signer": "Eva (demo)"})
        self.assertEqual((work.state, self.visit.state), ("done", "done"))
        self.assertEqual(self.unit.event_ids.sorted("id")[-1].kind, "serviced")
        with self.assertRaisesRegex(UserError, "cannot become “Cancelled”"):
            self.visit.action_cancel()

    def test_cancelled_work_leaves_the_visit_owed(self):
        self.visit.action_prepare()
        self.visit.protocol_id.action_cancel()
        self.assertEqual((self.visit.state, self.visit.protocol_id.id), ("planned", False))

    def test_overdue_is_found(self):
        with freeze_time("2024-04-01 10:00:00"):
            overdue = self.env["service.visit"].search([("is_overdue", "=", True)])
            self.assertEqual(overdue, self.visit)
            self.assertTrue(self.visit.is_overdue)
