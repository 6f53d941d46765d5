from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import OnboardingCase


@tagged("post_install", "-at_install")
class TestAccess(OnboardingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_b, cls.staff_b = cls._hire("t_new_b", cls.dealer_b)
        cls.enrolment_b = cls.staff_b.enrolment_ids
        cls.user_a, cls.staff_a2 = cls._hire("t_new_a")
        cls.enrolment_a = cls.staff_a2.enrolment_ids

    def test_a_rival_reads_and_writes_nothing(self):
        own_path = (
            self.env["dealer.learning.path"]
            .with_user(self.principal_b)
            .with_context(allowed_company_ids=None)
            .create({"name": "Our own way"})
        )
        self.assertEqual(own_path.sudo().company_id, self.company_b)
        live = self.env["dealer.function.live"].create(
            {
                "function_id": self.env.ref("dealer_onboarding.function_offer").id,
                "dealer_id": self.dealer_b.id,
            }
        )
        for records in (self.enrolment_b, self.enrolment_b.task_ids, own_path.sudo(), live):
            theirs = records.with_user(self.principal_a).with_context(allowed_company_ids=None)
            self.assertFalse(self._sees(self.principal_a, records), records._name)
            with self.assertRaises(AccessError, msg=records._name):
                theirs.read(["display_name"])
            with self.assertRaises(AccessError, msg=records._name):
                theirs.write({"create_uid": 1})

    def test_the_person_the_mentor_and_the_principal_see_progress(self):
        self.enrolment_a.mentor_id = self.staff_a
        for user in (self.user_a, self.seller_a, self.principal_a):
            self.assertTrue(self._sees(user, self.enrolment_a), user.login)
            self.assertTrue(self._sees(user, self.enrolment_a.task_ids), user.login)
        other, _staff = self._hire("t_other_a")
        self.assertFalse(self._sees(other, self.enrolment_a))

    def test_the_oem_sees_progress_while_it_is_released(self):
        self.assertFalse(self._sees(self.oem_manager, self.enrolment_a))
        release = self._release(self.dealer_a)
        self.assertTrue(self._sees(self.oem_manager, self.enrolment_a))
        self.assertTrue(self._sees(self.oem_manager, self.enrolment_a.task_ids))
        release.enabled = False
        self.assertFalse(self._sees(self.oem_manager, self.enrolment_a))

    def test_a_step_is_not_done_by_hand(self):
        task = self.enrolment_a.task_ids[:1]
        for user in (self.user_a, self.principal_a):
            with self.assertRaises(AccessError):
                task.with_user(user).write({"state": "done"})
        with self.assertRaises(AccessError):
            self.enrolment_a.with_user(self.principal_a).write({"date_done": "2026-01-01"})
        with self.assertRaisesRegex(AccessError, "finished by its steps"):
            self.enrolment_a.with_user(self.principal_a).write({"state": "done"})
        with self.assertRaises(AccessError):
            self.enrolment_b.task_ids[:1].with_user(self.user_a).action_open()

    def test_the_oems_paths_are_read_only_for_dealers(self):
        for record in (self.path, self.step_talk):
            mine = record.with_user(self.principal_a).with_context(allowed_company_ids=None)
            self.assertTrue(mine.read(["name"]))
            with self.assertRaises(AccessError):
                mine.write({"name": "Ours"})

    def test_a_principal_puts_only_own_people_on_a_path(self):
        path = self.path.copy()
        enrolments = self.env["dealer.learning.enrolment"].with_user(self.principal_a)
        enrolments = enrolments.with_context(allowed_company_ids=None)
        self.assertTrue(enrolments.create({"staff_id": self.staff_a.id, "path_id": path.id}))
        with self.assertRaises(AccessError):
            enrolments.create({"staff_id": self.staff_b.id, "path_id": path.id})

    def test_courses_of_the_oem_are_read_by_who_is_on_the_path(self):
        self.enrolment_a.task_ids.filtered(lambda task: task.step_id == self.step_course).with_user(
            self.user_a
        ).action_open()
        mine = self.channel.with_user(self.user_a).with_context(allowed_company_ids=None)
        self.assertTrue(mine.read(["name"]))
        with self.assertRaises(AccessError):
            mine.write({"name": "Ours"})

    def test_the_author_of_exams_and_courses_sees_results_as_they_are_released(self):
        """Stock shows every attempt and attendee to whoever writes exams and courses."""
        self._read_course(self.user_a)
        answer = self._sit(self.user_a)
        self.assertEqual(answer.exam_dealer_id, self.dealer_a)
        partner = [("partner_id", "=", self.user_a.partner_id.id)]
        results = [
            answer,
            answer.user_input_line_ids,
            self.env["slide.channel.partner"].search(partner),
            self.env["slide.slide.partner"].search(partner),
        ]
        for records in results:
            self.assertTrue(records)
            self.assertFalse(self._sees(self.oem_manager, records), records._name)
        self._release(self.dealer_a)
        for records in results:
            self.assertTrue(self._sees(self.oem_manager, records), records._name)
        with self.assertRaises(AccessError):
            answer.with_user(self.oem_manager).write({"scoring_percentage": 0})

    def test_the_author_sees_no_exam_and_no_course_of_a_dealer(self):
        """In one database with dealers' companies the author still writes only the OEM's."""
        if "company_id" not in self.env["survey.survey"]._fields:
            self.skipTest("dealers have no companies here")
        for model, vals in (
            ("survey.survey", {"title": "Ours"}),
            ("slide.channel", {"name": "Ours"}),
        ):
            own = self.env[model].create({**vals, "company_id": self.company_b.id})
            self.assertFalse(self._sees(self.oem_manager, own), model)
            with self.assertRaises(AccessError, msg=model):
                own.with_user(self.oem_manager).read(["display_name"])
