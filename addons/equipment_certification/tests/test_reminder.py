from freezegun import freeze_time

from odoo.fields import Command, Date
from odoo.tests import tagged

from .common import CertificationCase


@tagged("post_install", "-at_install")
class TestReminder(CertificationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scheme.validity_months = 0
        with freeze_time("2026-01-01"):
            cls.certificate = cls._certificate(
                "O1-0001", name="H-77", date_to="2026-12-31", user_id=cls.manager.id
            )
        cls.env["certification.certificate"].search([("id", "!=", cls.certificate.id)]).write(
            {"date_remind": False}
        )

    def _night(self, day):
        cron = self.env.ref("equipment_certification.ir_cron_follow_up")
        with freeze_time(day), self.enter_registry_test_mode():
            cron.method_direct_trigger()

    def _mails(self):
        return self.env["mail.mail"].sudo().search([("subject", "ilike", "Renew certificate H-77")])

    def test_the_responsible_is_reminded_in_time_and_again(self):
        self._night("2026-10-31")
        self.assertFalse(self.certificate.activity_ids)
        self._night("2026-11-01")  # sixty days before the last day
        activity = self.certificate.activity_ids
        self.assertEqual(activity.user_id, self.manager)
        self.assertEqual(activity.date_deadline, Date.to_date("2026-12-31"))
        self.assertIn("12/31/2026", activity.summary)
        mail = self._mails()
        self.assertEqual(mail.email_to, self.manager.email_formatted)
        self.assertIn("Oven O-1: O1-0001", mail.body_html)
        self._night("2026-11-20")
        self.assertEqual(len(self._mails()), 1)
        self._night("2026-11-21")
        self.assertEqual(len(self._mails()), 2)
        self.assertEqual(self.certificate.activity_ids, activity)
        self._night("2026-12-31")
        self.assertFalse(self.certificate.date_remind)
        self.assertEqual(self.certificate.state, "valid")

    def test_when_the_responsible_has_left_another_is_reminded(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.manager.active = False
        engineers = self.env.ref("equipment_certification.group_certification_engineer")
        engineers.all_user_ids.lang = "fr_FR"
        self._night("2026-11-01")
        activity = self.certificate.activity_ids
        self.assertTrue(activity.user_id.active)
        self.assertIn(activity.user_id, engineers.all_user_ids)
        self.assertEqual(activity.user_id.company_id, self.oem)
        self.assertIn("31/12/2026", activity.summary)
        mails = self.env["mail.mail"].sudo()
        mail = mails.search([("subject", "ilike", "H-77"), ("email_to", "!=", False)])
        self.assertEqual(mail.email_to, activity.user_id.email_formatted)

    def test_a_renewed_certificate_reminds_nobody(self):
        self._night("2026-11-01")
        with freeze_time("2026-11-05"):
            self._certificate("O1-0001", previous_id=self.certificate.id, date_to="2027-12-31")
        self.assertFalse(self.certificate.activity_ids)
        self._night("2026-11-21")
        self.assertEqual(len(self._mails()), 1)

    def test_what_is_not_renewed_altogether_is_reminded_of(self):
        self.certificate.action_draft()
        self.certificate.scope_ids = [
            Command.create(
                {
                    "product_tmpl_id": self.oven.product_tmpl_id.id,
                    "kind": "range",
                    "serial_from": "O2-001",
                    "serial_to": "O2-100",
                }
            )
        ]
        with freeze_time("2026-01-01"):
            self.certificate.action_validate()
        self._night("2026-11-01")
        with freeze_time("2026-11-05"):
            self._renewed("O1-0001")
            self._renewed({"kind": "range", "serial_from": "O2-002", "serial_to": "O2-200"})
        self.assertTrue(self.certificate.activity_ids)
        self._night("2026-11-21")
        self.assertEqual(len(self._mails()), 2)
        with freeze_time("2026-11-22"):
            self._renewed({"kind": "range", "serial_from": "O2-001", "serial_to": "O2-100"})
        self.assertFalse(self.certificate.activity_ids)
        self.assertFalse(self.certificate.date_remind)

    def _renewed(self, *scopes):
        self._certificate(*scopes, previous_id=self.certificate.id, date_to="2027-12-31")

    def test_a_certificate_expires_after_its_last_day(self):
        self._night("2026-12-31")
        self.assertEqual(self.certificate.state, "valid")
        self._night("2027-01-01 00:35:00")  # the evening of its last day in Montreal
        self.assertEqual(self.certificate.state, "valid")
        self._night("2027-01-02")
        self.assertEqual(self.certificate.state, "expired")
        self.assertFalse(self.certificate.date_remind)

    def test_many_are_taken_in_batches(self):
        self.patch(self.env.registry["certification.certificate"], "_BATCH", 3)
        with freeze_time("2026-01-01"):
            certificates = self.env["certification.certificate"].concat(
                *(
                    self._certificate(f"O1-1{number}", name=f"N-{number}", date_to="2026-12-30")
                    for number in range(8)
                )
            )
        self._night("2027-01-01")
        self.assertEqual(set(certificates.mapped("state")), {"expired"})
