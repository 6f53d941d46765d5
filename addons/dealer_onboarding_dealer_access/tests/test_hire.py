import base64

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, tagged

from odoo.addons.dealer_onboarding.tests.common import OnboardingCase


@tagged("post_install", "-at_install")
class TestHire(OnboardingCase, HttpCase):
    def _batch(self, text, user=None):
        data = text.encode() if isinstance(text, str) else text
        batch = (
            self.env["dealer.hire.batch"]
            .with_user(user or self.principal_a)
            .with_context(allowed_company_ids=None, lang=self.principal_a.lang)
            .create({"file": base64.b64encode(data), "filename": "people.csv"})
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

    def test_problems_are_told_by_row_and_column_and_nobody_is_hired(self):
        taken = self.seller_b.email
        batch = self._batch(
            "Name,E-mail,Role,First day\n"
            "Ada,ada@a.example,astronaut\n"
            "\n"
            "Bo,,marketer,soon\n"
            "Cy,Ada@A.example,marketer\n"
            f"Di,{taken},marketer\n"
            ",ed@a.example\n"
            "Flo,flo@a.example,marketer,31.12.2026\n"
        )
        self.assertEqual(
            batch.line_ids.mapped(lambda line: (line.number, line.problem)),
            [
                (2, "Role: “astronaut” is not understood"),
                (4, "E-mail: no e-mail address, First day: “soon” is not understood"),
                (5, "E-mail: the same as in row 2"),
                (6, "E-mail: in use in the network"),
                (7, "Name: missing, Role: missing"),
                (8, False),
            ],
        )
        self.assertEqual(batch.line_ids[-1].date_start, fields.Date.to_date("2026-12-31"))
        with self.assertRaisesRegex(UserError, "nobody has been hired"):
            batch.action_hire()
        self.assertFalse(
            self.env["dealer.staff"].search([("name", "in", ("Ada", "Bo", "Cy", "Flo"))])
        )

    def test_a_problem_is_corrected_on_the_line(self):
        batch = self._batch("Ada,ada@,marketer\nBo,bo@a.example,marketer\n")
        self.assertEqual(batch.problem_count, 1)
        with Form(batch) as form, form.line_ids.edit(0) as line:
            line.email = "ada@a.example"
        self.assertEqual(batch.problem_count, 0)
        batch.action_hire()
        self.assertEqual(len(self.env["dealer.staff"].search([("name", "in", ("Ada", "Bo"))])), 2)

    def test_who_cannot_be_hired_after_all_stops_the_whole_file(self):
        batch = self._batch("Ada,ada@a.example,marketer\nBo,bo@a.example,marketer\n")
        self.assertEqual(batch.problem_count, 0)
        self.env["dealer.staff.hire"].create(
            {
                "dealer_id": self.dealer_b.id,
                "name": "Bo",
                "email": "bo@a.example",
                "role_id": self.env.ref("dealer_network.role_marketer").id,
            }
        ).action_hire()
        with self.assertRaisesRegex(UserError, "(?s)Row 2, Bo.*Nobody has been hired"):
            batch.action_hire()

    def test_files_of_office_programs_are_read(self):
        french = "Zoé;zoe@a.example;marketer".encode("cp1252")
        for data, lang, name in (
            (french, "fr_FR", "Zoé"),
            ("Зоя;zoya@a.example;marketer".encode("cp1251"), "ru_RU", "Зоя"),
            ("Зоя\tzoya@a.example\tmarketer".encode("utf-16"), "en_US", "Зоя"),
        ):
            self.env["res.lang"]._activate_lang(lang)
            self.principal_a.lang = lang
            self.assertEqual(self._batch(data).line_ids.name, name)
        for data in (b"PK\x03\x04\0\0", b"\n"):
            with self.assertRaises(UserError):
                self._batch(data)

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
        )
        staff = self.env["dealer.staff"].search([("name", "=", "Nora Newcomer")])
        self.assertEqual(staff.enrolment_ids.mentor_id, self.staff_a)
        self.assertEqual(staff.enrolment_ids.path_id, self.path)
        self.assertTrue(staff.user_id.active)
