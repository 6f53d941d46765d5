from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import FILE, CertificationCase


@tagged("post_install", "-at_install")
class TestApplication(CertificationCase):
    def _application(self, **vals):
        return (
            self.env["certification.application"]
            .with_user(self.engineer)
            .create(
                {
                    "scheme_id": self.scheme.id,
                    "body_id": self.body.id,
                    "product_tmpl_id": self.oven.product_tmpl_id.id,
                    "scope_kind": "serial",
                    "lot_ids": [Command.set(self.lot.ids)],
                    **vals,
                }
            )
        )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls._stock(cls.oven, "O1-0001")

    def _measure(self, test, value, check="yes"):
        number = test.line_ids.filtered(lambda line: line.kind == "number")
        number.value = value
        (test.line_ids - number).check = check
        test.action_done()

    def test_from_the_machine_to_the_certificate_that_opens_the_gate(self):
        action = self.lot.with_user(self.engineer).action_apply_for_certification()
        application = self.env["certification.application"].browse(action["res_id"])
        self.assertEqual(application.lot_ids, self.lot)
        self.assertEqual(application.body_id, self.body)
        application = application.with_user(self.engineer)
        application.action_submit()
        application.action_start_tests()
        self.assertEqual(application.test_ids.mapped("name"), ["Oven"])
        self.env["res.lang"]._activate_lang("fr_FR")
        self.engineer.lang = "fr_FR"
        self._measure(application.test_ids.with_context(lang="en_US"), 1.2)
        self.assertEqual(application.state, "passed")
        self.assertEqual(application.activity_ids.summary, "Essais réussis : saisir le certificat")
        opened = application.action_create_certificate()
        certificate = self.env["certification.certificate"].browse(opened["res_id"])
        certificate = certificate.with_user(self.engineer)
        self.assertEqual(certificate.scope_ids.serial_from, "O1-0001")
        certificate.write({"name": "H-17", "file": FILE})
        certificate.action_validate()
        self.assertEqual(application.state, "certified")
        self.assertEqual(self.lot.certification_state, "certified")
        self.assertEqual(self.lot.certificate_ids, certificate)
        unit = self.env["equipment.unit"].create({"lot_id": self.lot.id})
        self.assertEqual(unit.certification_state, "certified")
        delivery = self._delivery(self.lot)
        delivery.with_user(self.worker).button_validate()
        self.assertEqual(delivery.state, "done")

    def test_a_failed_test_is_repeated_and_stays_in_the_file(self):
        application = self._application()
        application.action_submit()
        application.action_start_tests()
        self._measure(application.test_ids, 2.5)
        self.assertEqual(application.state, "failed")
        with self.assertRaisesRegex(UserError, "not passed"):
            application.action_create_certificate()
        action = application.test_ids.action_repeat()
        self.assertEqual(application.state, "testing")
        repeated = self.env["certification.test"].browse(action["res_id"])
        self.assertEqual(set(repeated.line_ids.mapped("result")), {"open"})
        self._measure(repeated, -2)
        self.assertEqual(application.state, "passed")
        self.assertEqual(application.test_ids.mapped("state"), ["failed", "passed"])

    def test_a_check_that_is_not_in_order_fails(self):
        application = self._application()
        application.action_submit()
        application.action_start_tests()
        self._measure(application.test_ids, 0.1, check="no")
        self.assertEqual(application.state, "failed")

    def test_zero_is_a_result_where_it_is_ticked(self):
        application = self._application()
        application.action_submit()
        application.action_start_tests()
        test = application.test_ids
        test.line_ids.filtered(lambda line: line.kind == "check").check = "yes"
        with self.assertRaisesRegex(UserError, "Deviation"):
            test.action_done()
        test.line_ids.filtered(lambda line: line.kind == "number").is_measured = True
        test.action_done()
        self.assertEqual(test.state, "passed")

    def test_results_of_a_closed_test_stand(self):
        application = self._application()
        application.action_submit()
        application.action_start_tests()
        self._measure(application.test_ids, 1)
        with self.assertRaisesRegex(UserError, "closed"):
            application.test_ids.line_ids[:1].value = 0.5

    def test_a_body_without_accreditation_gets_no_application(self):
        self.body.accreditation_ids.date_to = "2021-01-01"
        with self.assertRaisesRegex(ValidationError, "Heat laboratory is not accredited for Heat"):
            self._application().action_submit()

    def test_an_application_says_what_for(self):
        for vals in (
            {"lot_ids": False},
            {"scope_kind": "range", "serial_from": "O1-0010", "serial_to": "O2-0001"},
        ):
            with self.assertRaisesRegex(ValidationError, "which serial numbers of Oven O-1"):
                self._application(**vals).action_submit()

    def test_what_was_submitted_does_not_change(self):
        application = self._application()
        application.action_submit()
        with self.assertRaisesRegex(UserError, "back to draft"):
            application.scope_kind = "model"
        application.action_draft()
        application.scope_kind = "model"
        application.action_submit()
        self.assertEqual(application.scope_text, "whole model")
        with self.assertRaisesRegex(UserError, "only a draft"):
            application.unlink()

    def test_the_form_proposes_scheme_and_body(self):
        with Form(self.env["certification.application"].with_user(self.engineer)) as form:
            form.product_tmpl_id = self.oven.product_tmpl_id
            self.assertEqual(form.scheme_id, self.scheme)
            self.assertEqual(form.body_id, self.body)
            form.scope_kind = "model"
        self.assertEqual(form.record.state, "draft")

    def test_a_machine_is_applied_for_once(self):
        second = self._stock(self.oven, "O1-0002")
        lot = self.lot.with_user(self.engineer)
        first = lot.action_apply_for_certification()
        self.assertEqual(lot.action_apply_for_certification()["res_id"], first["res_id"])
        application = self.env["certification.application"].browse(first["res_id"])
        application.action_submit()
        both = (lot | second).with_user(self.engineer).action_apply_for_certification()
        ids = both["domain"][0][2]
        self.assertIn(application.id, ids)
        new = self.env["certification.application"].browse(ids) - application
        self.assertEqual(new.lot_ids, second)
        application.action_cancel()
        again = lot.action_apply_for_certification()
        self.assertNotEqual(again["res_id"], application.id)

    def test_from_the_delivery_that_would_be_stopped(self):
        delivery = self._delivery(self.lot).with_user(self.manager)
        action = delivery.action_apply_for_certification()
        application = self.env["certification.application"].browse(action["res_id"])
        self.assertEqual(application.lot_ids, self.lot)
        delivery.move_line_ids.sudo().write({"lot_id": False})
        with self.assertRaisesRegex(UserError, "choose the serial numbers"):
            delivery.action_apply_for_certification()

    def test_several_machines_of_one_model_share_an_application(self):
        second = self._stock(self.oven, "O1-0002")
        pump = self._stock(self.pump, "P1-0001")
        lots = (self.lot | second | pump).with_user(self.engineer)
        action = lots.action_apply_for_certification()
        application = self.env["certification.application"].browse(action["res_id"])
        self.assertEqual(application.lot_ids, self.lot | second)
        self._certificate("O1-0001", "O1-0002")
        with self.assertRaisesRegex(UserError, "no certificate is missing"):
            lots.action_apply_for_certification()

    def test_large_results_are_printed_in_full(self):
        application = self._application()
        application.action_submit()
        application.action_start_tests()
        number = application.test_ids.line_ids.filtered(lambda line: line.kind == "number")
        number.value_max = 2000001
        self.assertEqual(number.limits, "-2 … 2000001 K")
        self._measure(application.test_ids, 1234567.5)
        opened = application.action_create_certificate()
        content, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.engineer)
            ._render_qweb_html("equipment_certification.report_certificate", [opened["res_id"]])
        )
        self.assertIn("1234567.5", content.decode())

    def test_the_verdict_is_the_results_whoever_writes_it(self):
        application = self._application()
        with self.assertRaisesRegex(UserError, "cannot become “Passed”"):
            application.write({"state": "passed"})
        application.write({"state": "submitted"})
        application.action_start_tests()
        with self.assertRaisesRegex(UserError, "tests say “In test”"):
            application.write({"state": "passed"})
        test = application.test_ids
        with self.assertRaisesRegex(UserError, "no result yet"):
            test.write({"state": "passed"})
        test.line_ids.filtered(lambda line: line.kind == "number").value = 9
        test.line_ids.filtered(lambda line: line.kind == "check").check = "yes"
        with self.assertRaisesRegex(UserError, "results say “Failed”"):
            test.write({"state": "passed"})
        test.action_done()
        with self.assertRaisesRegex(UserError, "tests say “Failed”"):
            application.write({"state": "passed"})
        with self.assertRaisesRegex(UserError, "begins as “Draft”"):
            self._application(state="certified")

    def test_a_closed_test_stays_as_it_is(self):
        application = self._application()
        application.action_submit()
        application.action_start_tests()
        test = application.test_ids
        self._measure(test, 9)
        test.note = "The door was open"
        for change in (
            lambda: test.write({"name": "Another"}),
            test.unlink,
            lambda: test.copy().line_ids.write({"test_id": test.id}),
        ):
            with self.assertRaisesRegex(UserError, "is closed"):
                change()
