from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import FILE, CertificationCase


@tagged("post_install", "-at_install")
class TestTenancy(CertificationCase):
    """What the OEM shares opens every dealer's gate; what a dealer has is the dealer's."""

    def _lot_and_delivery(self, company, serial="O1-0001"):
        lot = self._stock(self.oven, serial, company)
        return self._delivery(lot, company=company)

    def test_a_certificate_of_the_oem_opens_the_gate_in_every_dealers_company(self):
        deliveries = {
            self.worker_a: self._lot_and_delivery(self.company_a),
            self.worker_b: self._lot_and_delivery(self.company_b),
        }
        for worker, delivery in deliveries.items():
            with self.assertRaises(UserError) as caught:
                delivery.with_user(worker).button_validate()
            self.assertIn("no certificate", str(caught.exception))
        certificate = self._certificate(
            {"kind": "range", "serial_from": "O1-0001", "serial_to": "O1-0009"}
        )
        for worker, delivery in deliveries.items():
            delivery.with_user(worker).button_validate()
            self.assertEqual(delivery.state, "done")
            mine = certificate.with_user(worker)
            self.assertEqual(mine.name, certificate.name)
            self.assertEqual(mine.move_line_ids, delivery.move_line_ids.with_user(worker))

    def test_a_dealers_own_certificate_opens_its_own_gate_alone(self):
        own = self._certificate("O1-0001", company_id=self.company_a.id)
        self._lot_and_delivery(self.company_a).with_user(self.worker_a).button_validate()
        for company, worker in ((self.company_b, self.worker_b), (self.oem, self.worker)):
            delivery = self._lot_and_delivery(company).with_user(worker)
            with self.assertRaises(UserError) as caught:
                delivery.button_validate()
            self.assertIn("no certificate", str(caught.exception))
            self.assertNotIn(own.name, str(caught.exception))

    def test_a_certificate_that_the_oem_keeps_for_itself_is_its_own(self):
        self._certificate("O1-0001", company_id=self.oem.id)
        self._lot_and_delivery(self.oem).button_validate()
        with self.assertRaises(UserError):
            self._lot_and_delivery(self.company_a).button_validate()

    def test_a_dealer_reads_what_is_shared_and_changes_nothing_of_it(self):
        certificate = self._certificate("O1-0001")
        shared = [
            certificate, certificate.scope_ids, self.body, self.body.accreditation_ids,
            self.scheme, self.scheme.parameter_ids, self.requirement,
        ]  # fmt: skip
        for record in shared:
            mine = record.with_user(self.engineer_a)
            with self.subTest(record._name):
                self.assertTrue(mine.read())
                self.assertFalse(mine.has_access("write"))
                self.assertFalse(mine.has_access("unlink"))
        self.assertTrue(certificate.with_user(self.engineer_a).file)
        for act in (
            lambda mine: mine.action_withdraw("Mine"),
            lambda mine: mine.action_draft(),
            lambda mine: mine.write({"date_remind": False}),
            lambda mine: mine.unlink(),
        ):
            with self.assertRaises(AccessError):
                act(certificate.with_user(self.engineer_a))

    def test_a_dealer_opens_the_form_of_what_the_oem_follows(self):
        """The followers are people of the OEM, whom the dealer does not know."""
        follower = self.env["res.partner"].create(
            {"name": "OEM only", "email": "oem@only.example", "company_id": self.oem.id}
        )
        for shared in (self._certificate("O1-0001"), self.body):
            shared.message_subscribe(follower.ids)
            mine = shared.with_user(self.engineer_a)
            self.assertFalse(follower.with_user(self.engineer_a).has_access("read"))
            self.assertEqual(mine._message_get_suggested_recipients(reply_discussion=True), [])
            self.assertFalse(mine.may_change)
            self.assertTrue(shared.with_user(self.manager).may_change)
        own = self._certificate("O1-0001", company_id=self.company_a.id)
        self.assertTrue(own.with_user(self.engineer_a).may_change)

    def test_a_rivals_records_are_invisible(self):
        application = self.env["certification.application"].create(
            {
                "company_id": self.company_b.id,
                "scheme_id": self.scheme.id,
                "body_id": self.body.id,
                "product_tmpl_id": self.oven.product_tmpl_id.id,
                "scope_kind": "model",
            }
        )
        application.action_submit()
        application.action_start_tests()
        certificate = self._certificate("O1-0001", company_id=self.company_b.id)
        body = self.env["certification.body"].create(
            {
                "name": "Laboratory of B",
                "company_id": self.company_b.id,
                "accreditation_ids": [
                    Command.create({"number": "B-1", "scheme_ids": [Command.set(self.scheme.ids)]})
                ],
            }
        )
        for record in (
            application, application.test_ids, application.test_ids.line_ids, certificate,
            certificate.scope_ids, body, body.accreditation_ids,
        ):  # fmt: skip
            theirs = record.with_user(self.engineer_a)
            with self.subTest(record._name):
                self.assertFalse(theirs.search([("id", "in", record.ids)]))
                self.assertEqual(
                    theirs._read_group([("id", "in", record.ids)], [], ["__count"]), [(0,)]
                )
                for act in (theirs.read, lambda theirs=theirs: theirs.write({}), theirs.unlink):
                    with self.assertRaises(AccessError):
                        act()
                self.assertTrue(record.with_user(self.engineer_b).read())

    def test_only_the_manager_shares(self):
        for user, company in ((self.engineer_a, self.company_a), (self.engineer, self.oem)):
            Certificate = self.env["certification.certificate"].with_user(user)
            values = {
                "scheme_id": self.scheme.id,
                "body_id": self.body.id,
                "name": f"S-{user.login}",
                "file": FILE,
                "scope_ids": [
                    Command.create(
                        {"product_tmpl_id": self.oven.product_tmpl_id.id, "kind": "model"}
                    )
                ],
            }
            with self.assertRaises(AccessError):
                Certificate.create({**values, "company_id": False})
            own = Certificate.create(values)
            self.assertEqual(own.company_id, company)
            own.action_validate()
            for share in (own.action_share, lambda own=own: own.write({"company_id": False})):
                with self.assertRaises(AccessError):
                    share()
            with self.assertRaises(AccessError):
                self.env["certification.body"].with_user(user).create(
                    {"name": "Shared by stealth", "company_id": False}
                )
        own.with_user(self.manager).action_share()
        self.assertFalse(own.company_id)
        self._lot_and_delivery(self.company_b).button_validate()

    def test_nobody_slips_his_own_under_what_is_shared(self):
        body = self.env["certification.body"].with_user(self.engineer_a).create({"name": "Own"})
        body.accreditation_ids = [
            Command.create({"number": "OWN-1", "scheme_ids": [Command.set(self.scheme.ids)]})
        ]
        with self.assertRaises(AccessError):
            body.accreditation_ids.body_id = self.body.id
        shared = self._certificate("O1-0001", validate=False)
        own = self._certificate("O1-0002", validate=False, company_id=self.company_a.id)
        with self.assertRaises(AccessError):
            own.with_user(self.engineer_a).scope_ids.certificate_id = shared.id

    def test_what_is_shared_stands_on_what_is_shared(self):
        body = self.body.copy({"company_id": self.oem.id})
        certificate = self._certificate("O1-0001", validate=False)
        with self.assertRaises(UserError):
            certificate.body_id = body

    def test_a_withdrawal_is_told_in_every_company_where_goods_wait(self):
        certificate = self._certificate("O1-0001")
        delivery = self._lot_and_delivery(self.company_a)
        certificate.with_user(self.manager).action_withdraw("False results")
        self.assertIn("was withdrawn on", delivery.message_ids[:1].body)

    def test_a_requirement_of_one_company_binds_no_other(self):
        self.env["certification.requirement"].create(
            {
                "equipment_type_id": self.other_kind.id,
                "scheme_id": self.scheme.id,
                "company_id": self.company_a.id,
            }
        )
        in_a, in_b = (
            self._delivery(self._stock(self.pump, "P-1", company), company=company)
            for company in (self.company_a, self.company_b)
        )
        in_b.button_validate()
        with self.assertRaises(UserError):
            in_a.button_validate()

    def test_warehouse_workers_see_certificates_and_not_applications(self):
        self._certificate("O1-0001")
        Application = self.env["certification.application"].with_user(self.worker)
        with self.assertRaises(AccessError):
            Application.search([])
        self.assertFalse(
            self.env["certification.certificate"].with_user(self.worker).has_access("create")
        )
