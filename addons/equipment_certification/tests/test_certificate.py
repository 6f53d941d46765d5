from datetime import timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Date
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import FILE, CertificationCase


@tagged("post_install", "-at_install")
class TestCertificate(CertificationCase):
    def _covers(self, certificate, serial, product=None):
        proof = self.env["certification.scope"]._proven(self._proofs(serial, product))
        return any(
            number == certificate.id for pairs in proof.values() for number, _quantity in pairs
        )

    def _proofs(self, serial, product=None):
        lot = self.env["stock.lot"].new(
            {"name": serial, "product_id": (product or self.oven).id, "company_id": self.oem.id}
        )
        return lot._certification_proofs()[lot]

    def test_the_dates_follow_from_the_scheme(self):
        certificate = self._certificate(date_issue="2026-03-15", validate=False)
        self.assertEqual(certificate.date_from, Date.to_date("2026-03-15"))
        self.assertEqual(certificate.date_to, Date.to_date("2027-03-14"))

    def test_a_certificate_is_put_in_force_when_it_is_complete(self):
        certificate = self._certificate(validate=False, name=False, file=False)
        with self.assertRaisesRegex(ValidationError, "Number, File|File"):
            certificate.action_validate()
        self.assertEqual(certificate.state, "draft")

    def test_the_wrong_body_issues_nothing(self):
        wrong = self.env["certification.body"].create({"name": "Shock institute"})
        self.env["certification.accreditation"].create(
            {
                "body_id": wrong.id,
                "number": "ACC-9",
                "scheme_ids": [Command.set(self.other_scheme.ids)],
                "date_from": "2020-01-01",
            }
        )
        certificate = self._certificate(validate=False, body_id=wrong.id, company_id=self.oem.id)
        with self.assertRaisesRegex(ValidationError, "not accredited for Heat test .* Shock test"):
            certificate.action_validate()

    def test_an_accreditation_counts_on_the_day_of_issue(self):
        self.body.accreditation_ids.date_to = "2024-12-31"
        with self.assertRaisesRegex(ValidationError, "not accredited"):
            self._certificate(date_issue="2025-01-01", date_to=False)
        issued_before = self._certificate(date_issue="2024-12-31", date_to=False)
        self.assertTrue(self._covers(issued_before, "X-1"))

    def test_an_accreditation_that_turns_out_false_closes_the_gate(self):
        certificate = self._certificate()
        self.assertTrue(self._covers(certificate, "X-1"))
        self.body.accreditation_ids.date_to = Date.today() - timedelta(days=1)
        self.assertFalse(self._covers(certificate, "X-1"))

    def test_a_scope_covers_model_range_or_serial(self):
        for scope, inside, outside in (
            ({"kind": "model"}, ("ANY", "O1-0001", ""), ()),
            (
                {"kind": "range", "serial_from": "O1-0010", "serial_to": "O1-0020"},
                ("O1-0010", "o1 - 0015", "O1-0020"),
                ("O1-0009", "O1-0021", "O1-15", "O2-0015", "ANY", ""),
            ),
            (
                {"kind": "serial", "serial_from": "Prototype X"},
                ("Prototype X", "PROTOTYPEX"),
                ("Prototype", "O1-0001", ""),
            ),
        ):
            certificate = self._certificate(scope)
            for serial in inside:
                self.assertTrue(self._covers(certificate, serial), (scope, serial))
            for serial in outside:
                self.assertFalse(self._covers(certificate, serial), (scope, serial))
            self.assertFalse(self._covers(certificate, "O1-0010", self.sensor))

    def test_a_range_that_is_none_is_refused(self):
        for first, last in (("A-1", "B-2"), ("A-9", "A-1"), ("A", "B"), (False, "A-1")):
            with self.assertRaisesRegex(ValidationError, "no range of serial numbers"):
                self._certificate({"kind": "range", "serial_from": first, "serial_to": last})

    def test_what_is_in_force_does_not_change(self):
        certificate = self._certificate("O1-0001")
        for vals in ({"name": "X"}, {"date_to": "2099-01-01"}, {"body_id": self.body.id}):
            with self.assertRaisesRegex(UserError, "cannot change"):
                certificate.write(vals)
        with self.assertRaisesRegex(UserError, "scope does not change"):
            certificate.scope_ids.serial_from = "O1-0002"
        with self.assertRaisesRegex(UserError, "scope does not change"):
            self.env["certification.scope"].create(
                {
                    "certificate_id": certificate.id,
                    "product_tmpl_id": self.oven.product_tmpl_id.id,
                    "kind": "model",
                }
            )
        with self.assertRaisesRegex(UserError, "scope does not change"):
            certificate.scope_ids.unlink()
        with self.assertRaisesRegex(UserError, "only a draft"):
            certificate.unlink()

    def test_suspension_is_lifted_and_withdrawal_is_not(self):
        certificate = self._certificate()
        with self.assertRaisesRegex(UserError, "Say why"):
            certificate.action_suspend("  ")
        certificate.action_suspend("Audit")
        self.assertFalse(self._covers(certificate, "X-1"))
        certificate.action_reinstate()
        self.assertTrue(self._covers(certificate, "X-1"))
        wizard = (
            self.env["certification.stop"]
            .with_context(active_model=certificate._name, active_ids=certificate.ids)
            .create({"kind": "withdraw", "reason": "False results"})
        )
        wizard.action_apply()
        self.assertEqual(
            (certificate.state, certificate.stop_reason), ("withdrawn", "False results")
        )
        for way in (certificate.action_reinstate, certificate.action_validate):
            with self.assertRaisesRegex(UserError, "cannot become"):
                way()

    def test_overlapping_certificates_are_shown_and_one_is_enough(self):
        first = self._certificate(
            {"kind": "range", "serial_from": "O1-0001", "serial_to": "O1-0050"}
        )
        second = self._certificate("O1-0050", "O1-0060")
        apart = self._certificate("O1-0051")
        self.assertEqual(first.overlap_ids, second)
        self.assertEqual(second.overlap_ids, first)
        self.assertFalse(apart.overlap_ids)
        first.action_withdraw("Replaced")
        self.assertTrue(self._covers(second, "O1-0050"))
        second.action_withdraw("Replaced")
        self.assertFalse(self.env["certification.scope"]._proven(self._proofs("O1-0050")))

    def test_a_number_is_given_once_by_a_body_and_company(self):
        self._certificate(name="H-1")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._certificate(name="H-1")

    def test_another_company_may_use_the_number(self):
        self._certificate(name="H-1", company_id=self.company_a.id)
        self._certificate(name="H-1", company_id=self.company_b.id)

    def test_back_to_draft_as_long_as_nothing_rests_on_it(self):
        certificate = self._certificate()
        with self.assertRaisesRegex(AccessError, "Draft"):
            certificate.with_user(self.engineer).action_draft()
        certificate.action_draft()
        certificate.name = "H-2"
        certificate.action_validate()
        lot = self._stock(self.oven, "O1-0001")
        self._delivery(lot).button_validate()
        self.assertEqual(certificate.delivery_count, 1)
        with self.assertRaisesRegex(UserError, "1 deliveries rest on it"):
            certificate.action_draft()

    def test_renewal_proposes_the_scope_and_ends_the_reminders(self):
        old = self._certificate("O1-0001")
        self.assertEqual(old.date_remind, old.date_to - timedelta(days=60))
        context = old.action_renew()["context"]
        application = self.env["certification.application"].with_context(**context).create({})
        self.assertEqual(application.renews_id, old)
        self.assertEqual(application.product_tmpl_id, self.oven.product_tmpl_id)
        new = self._certificate("O1-0001", previous_id=old.id)
        self.assertFalse(old.date_remind)
        self.assertEqual(new.date_remind, new.date_to - timedelta(days=60))

    def test_renewal_of_several_scopes_is_applied_for_by_each(self):
        lots = self._stock(self.oven, "O1-0001") | self._stock(self.oven, "O1-0002")
        span = {"kind": "range", "serial_from": "O2-001", "serial_to": "O2-100"}
        sensors = {"kind": "model", "product_tmpl_id": self.sensor.product_tmpl_id.id}
        old = self._certificate("O1-0001", span, sensors, "O1-0002")
        action = old.with_user(self.engineer).action_renew()
        applications = self.env["certification.application"].search(action["domain"])
        self.assertEqual(applications.renews_id, old)
        by_kind = {application.scope_kind: application for application in applications}
        self.assertEqual(len(applications), 3)
        self.assertEqual(by_kind["serial"].lot_ids, lots)
        self.assertEqual(by_kind["range"].serial_to, "O2-100")
        self.assertEqual(by_kind["model"].product_tmpl_id, self.sensor.product_tmpl_id)
        again = old.with_user(self.engineer).action_renew()
        self.assertEqual(
            self.env["certification.application"].search(again["domain"]), applications
        )

    def test_states_are_reached_by_an_interface_as_by_the_buttons(self):
        draft = self._certificate("O1-0002", validate=False, file=False)
        mine = draft.with_user(self.manager)
        with self.assertRaisesRegex(ValidationError, "File"):
            mine.write({"state": "valid"})
        with self.assertRaisesRegex(UserError, "begins as “Draft”"):
            draft.copy({"state": "valid"})
        mine.file = FILE
        mine.write({"state": "valid"})
        self.assertTrue(draft.date_remind)
        with self.assertRaisesRegex(UserError, "Say why"):
            mine.write({"state": "withdrawn"})
        mine.write({"state": "withdrawn", "stop_reason": "Wrong pieces"})
        self.assertEqual((draft.stop_date, draft.date_remind), (Date.today(), False))
