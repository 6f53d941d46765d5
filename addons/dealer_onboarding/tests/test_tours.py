from odoo.tests import HttpCase, tagged

from .common import OnboardingCase


@tagged("post_install", "-at_install")
class TestTours(OnboardingCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.newcomer, cls.staff_new = cls._hire("t_newcomer")
        cls.mentor = cls.staff_new.enrolment_ids.mentor_user_id
        for user in (cls.newcomer, cls.mentor, cls.oem_manager):
            user.password = f"{user.login}-secret"
        cls.exam.cooling_hours = 0

    def _tour(self, url, name, user):
        self.start_tour(url, f"dealer_onboarding_{name}", login=user.login)

    def test_a_newcomer_works_through_a_path(self):
        """Course, an exam failed and passed, the mentor's signature, practice."""
        self._tour("/odoo/today", "newcomer", self.newcomer)
        self.assertEqual(self._task(self.staff_new, self.step_talk).state, "asked")
        self.assertEqual(self._task(self.staff_new, self.step_course).state, "done")
        exam = self._task(self.staff_new, self.step_exam)
        self.assertEqual((exam.state, exam.attempt_count), ("done", 2))
        self.assertEqual(self.mentor, self.seller_a)
        self._tour("/odoo/learners", "mentor_signs", self.mentor)
        task = self._task(self.staff_new, self.step_talk)
        self.assertEqual((task.state, task.signed_by_id), ("done", self.mentor))

    def test_the_later_choice_of_a_dealer_wins(self):
        for dealer in self.dealer_a | self.dealer_b:
            self._release(dealer)
        self._tour("/odoo/onboarding-measures", "late", self.oem_manager)

    def test_the_methodologist_composes_a_path_without_code(self):
        self._tour("/odoo/learning-paths", "compose", self.oem_manager)
        path = self.env["dealer.learning.path"].search([("name", "=", "Composed in a tour")])
        self.assertEqual(path.step_ids.mapped("kind"), ["talk", "practice"])
        self.assertEqual(path.step_ids[1].practice_count, 3)
        _user, staff = self._hire("t_composed", role="role_champion")
        self.assertIn(path, staff.enrolment_ids.path_id)
