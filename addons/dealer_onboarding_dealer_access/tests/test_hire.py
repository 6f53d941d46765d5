import base64

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from odoo.addons.dealer_onboarding.tests.common import OnboardingCase


@tagged("post_install", "-at_install")
class TestHire(OnboardingCase, HttpCase):
    def _batch(self, text, user=None):
        batch = (
            self.env["dealer.hire.batch"]
            .with_user(user or self.principal_a)
            .with_context(allowed_company_ids=None)
            .create({"file": base64.b64encode(text.encode()), "filename": "people.csv"})
        )
        batch.action_read()
        return batch

    def test_a_file_hires_several_with_path_and_mentor(self):
        batch = self._batch(
            "Name;E-mail;Role;First day;Phone\n"
            "Ada New;ada@a.example;marketer;;+33 6 39 98 00 70\n"
            f"Bo New;bo@a.example;Marketer;{fields.Date.today()};\n"
        )
        self.assertEqual((len(batch.line_ids), batch.problem_count), (2, 0))
        batch.action_hire()
        staff = self.env["dealer.staff"].search([("name", "in", ("Ada New", "Bo New"))])
        self.assertEqual(staff.dealer_id, self.dealer_a)
        self.assertEqual(len(staff.user_id), 2)
        self.assertEqual(staff.enrolment_ids.path_id, self.path)
        self.assertTrue(all(line.mentor_id for line in staff.enrolment_ids))
        self.assertEqual(
            staff.user_id.action_id.id,
            self.env.ref("dealer_onboarding.dealer_today_action").id,
            "the first screen says what is asked today",
        )

    def test_problems_are_told_by_line_and_nobody_is_hired(self):
        batch = self._batch(
            "Ada,ada@a.example,astronaut\nBo,,marketer\nCy,cy@a.example,marketer,soon\n"
        )
        self.assertEqual(
            batch.line_ids.mapped("problem"),
            ["unknown role “astronaut”", "no e-mail address", "unreadable day “soon”"],
        )
        with self.assertRaises(UserError):
            batch.action_hire()
        self.assertFalse(self.env["dealer.staff"].search([("name", "in", ("Ada", "Bo", "Cy"))]))

    def test_nobody_hires_for_another_dealer(self):
        with self.assertRaises(AccessError):
            (
                self.env["dealer.hire.batch"]
                .with_user(self.principal_a)
                .with_context(allowed_company_ids=None)
                .create(
                    {
                        "file": base64.b64encode(b"A,a@a.example,marketer"),
                        "dealer_id": self.dealer_b.id,
                    }
                )
                .action_read()
            )

    def test_the_principal_hires_in_one_wizard(self):
        self.principal_a.password = f"{self.principal_a.login}-secret"
        self.start_tour(
            "/odoo/action-dealer_network.dealer_staff_action",
            "dealer_onboarding_hire",
            login=self.principal_a.login,
            timeout=240,
        )
        staff = self.env["dealer.staff"].search([("name", "=", "Nora Newcomer")])
        self.assertEqual(staff.enrolment_ids.mentor_id, self.staff_a)
        self.assertEqual(staff.enrolment_ids.path_id, self.path)
        self.assertTrue(staff.user_id.active)
