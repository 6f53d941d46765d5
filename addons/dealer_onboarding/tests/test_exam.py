from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common import OnboardingCase


@tagged("post_install", "-at_install")
class TestExam(OnboardingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user, cls.staff = cls._hire("t_new")
        cls._read_course(cls.user)
        cls.task = cls._task(cls.staff, cls.step_exam)

    def test_failing_and_passing(self):
        with freeze_time("2026-03-02 09:00:00"):
            self._sit(self.user, right=False)
            self.assertEqual((self.task.state, self.task.attempt_count), ("open", 1))
            self.assertFalse(self.staff.person_id.competence_ids)
        with freeze_time("2026-03-02 14:00:00"):
            self._sit(self.user)
        self.assertEqual((self.task.state, self.task.score), ("done", 100))
        line = self.staff.person_id.competence_ids
        self.assertEqual((line.source, line.competence_id), ("exam", self.yearly))

    def test_an_exam_that_two_dealers_ask_for_is_passed_at_both(self):
        second = self._at_b()
        answer = self._sit(self.user)
        self.assertTrue(answer.scoring_success)
        self.assertEqual(self.task.state, "done")
        self.assertEqual(self._task(second, self.step_exam).state, "done")
        lines = self.staff.person_id.competence_ids
        self.assertEqual(lines.dealer_id, self.dealer_a | self.dealer_b)

    def _at_b(self):
        """The newcomer of A works at B as well, on the same path."""
        return self.env["dealer.staff"].create(
            {
                "person_id": self.staff.person_id.id,
                "dealer_id": self.dealer_b.id,
                "role_id": self.marketer.id,
                "user_id": self.user.id,
            }
        )

    def test_no_attempt_begins_while_another_runs(self):
        with freeze_time("2026-03-02 09:00:00"):
            answer = self.exam._exam_answer(self.user)
            doors = (
                {"user": self.user, "partner": self.user.partner_id},
                {"user": self.user, "invite_token": "another"},
                {"partner": self.user.partner_id, "check_attempts": False},
            )
            for state in ("new", "in_progress"):
                for door in doors:
                    with self.assertRaisesRegex(UserError, "begun already"):
                        self.exam._create_answer(**door)
                if state == "new":
                    answer._mark_in_progress()
            self.assertEqual(self.exam._exam_answer(self.user), answer)
        other, _staff = self._hire("t_other")
        self.assertTrue(self.exam._exam_answer(other), "nobody else waits")

    def test_an_attempt_whose_time_is_over_is_closed_before_the_next(self):
        with freeze_time("2026-03-02 09:00:00"):
            answer = self.exam._exam_answer(self.user)
            answer._mark_in_progress()
        with freeze_time("2026-03-02 09:20:00"):
            with self.assertRaisesRegex(UserError, "read once more"):
                self.exam._create_answer(user=self.user, invite_token="another")
            self.assertEqual(answer.state, "done")
        with freeze_time("2026-03-02 13:20:00"):
            self.assertTrue(self.exam._create_answer(user=self.user, invite_token="another"))

    def test_an_invitation_that_ran_out_does_not_bar_the_way(self):
        old = self.exam._create_answer(partner=self.user.partner_id, deadline="2020-01-01 00:00:00")
        self.assertNotEqual(self.exam._exam_answer(self.user), old)

    def test_a_pause_follows_a_failure_at_every_door(self):
        with freeze_time("2026-03-02 09:00:00"):
            failed = self._sit(self.user, right=False)
        with freeze_time("2026-03-02 12:59:00"):
            with self.assertRaisesRegex(UserError, "from 3/2/26, 1:00"):
                self.exam._exam_answer(self.user)
            with self.assertRaises(UserError):
                self.exam._create_answer(user=self.user, invite_token=failed.invite_token)
            with self.assertRaises(UserError):
                self.exam._create_answer(partner=self.user.partner_id, check_attempts=False)
        with freeze_time("2026-03-02 13:00:00"):
            self.assertTrue(self.exam._exam_answer(self.user))

    def test_attempts_are_counted_by_person_whatever_the_invitation(self):
        for day in range(3):
            with freeze_time(f"2026-03-0{day + 2} 09:00:00"):
                answer = self._sit(self.user, right=False)
                self.env.cr.execute(
                    "UPDATE survey_user_input SET create_date = %s WHERE id = %s",
                    (f"2026-03-0{day + 2} 09:00:00", answer.id),
                )
                answer.invalidate_recordset()
        with (
            freeze_time("2026-03-10 09:00:00"),
            self.assertRaisesRegex(UserError, "from 04/01/2026"),
        ):
            self.exam._create_answer(user=self.user, invite_token="another")
        with freeze_time("2026-04-01 09:01:00"):
            self.assertTrue(self.exam._exam_answer(self.user))

    def test_an_interrupted_exam_is_resumed(self):
        answer = self.exam._exam_answer(self.user)
        answer._mark_in_progress()
        first = answer.predefined_question_ids[0]
        answer._save_lines(first, first.suggested_answer_ids[:1].id)
        again = self.exam._exam_answer(self.user)
        self.assertEqual(again, answer)
        self.assertEqual(again.user_input_line_ids.question_id, first)
        self.assertEqual(again.predefined_question_ids, answer.predefined_question_ids)

    def test_an_interrupted_exam_whose_time_is_over_counts_as_it_stands(self):
        answer = self.exam._exam_answer(self.user)
        answer._mark_in_progress()
        answer.start_datetime = fields.Datetime.now() - timedelta(minutes=20)
        self.env["survey.user_input"]._close_overdue_exams()
        self.assertEqual((answer.state, answer.scoring_success), ("done", False))
        self.assertEqual(self.task.attempt_count, 1)
        with self.assertRaises(UserError):
            self.exam._exam_answer(self.user)

    def test_an_attempt_that_cannot_be_closed_leaves_the_others_closed(self):
        other, _staff = self._hire("t_other")
        bad, good = answers = [self.exam._exam_answer(user) for user in (self.user, other)]
        for answer in answers:
            answer._mark_in_progress()
            answer.start_datetime = fields.Datetime.now() - timedelta(minutes=20)
        attempts = self.env.registry["survey.user_input"]
        mark_done = attempts._mark_done

        def refuse(records):
            result = mark_done(records)
            if bad in records:
                raise UserError(bad.display_name)
            return result

        self.patch(attempts, "_mark_done", refuse)
        with self.assertLogs("odoo.addons.dealer_onboarding.models.survey_user_input", "ERROR"):
            self.env["dealer.learning.enrolment"]._cron_follow()
        self.assertEqual((bad.state, good.state), ("in_progress", "done"))

    def test_the_pool_gives_different_questions(self):
        exam = self.env.ref("dealer_onboarding.exam_sales")
        drawn = set()
        for _number in range(12):
            questions = exam._prepare_user_input_predefined_questions()
            self.assertEqual(len(questions), 5)
            drawn.add(tuple(sorted(questions.ids)))
        self.assertGreater(len(drawn), 1)

    def test_nobody_at_a_dealer_reads_questions_and_answers_beforehand(self):
        self.user.group_ids += self.env.ref("survey.group_survey_user")
        questions = self.exam.question_ids
        for records in (questions, questions.suggested_answer_ids):
            mine = records.with_user(self.user)
            self.assertFalse(mine.search([("id", "in", records.ids)]), records._name)
        with self.assertRaises(UserError):
            self.exam._create_answer(user=self.user, test_entry=True)

    def test_somebody_elses_exam_is_not_opened(self):
        other, _staff = self._hire("t_other")
        with self.assertRaises(AccessError):
            self.task.with_user(other).action_open()

    def test_a_hundred_people_take_one_exam_at_once(self):
        """They begin, answer and end in turn; none touches a row that the others need."""
        groups = self.env.ref("base.group_user") | self.env.ref("dealer_network.group_dealer_user")
        people = self.env["res.users"].create(
            [
                {
                    "name": f"Crowd {number}",
                    "login": f"t_crowd_{number}",
                    "email": f"crowd{number}@x.example",
                    "company_id": self.company_a.id,
                    "company_ids": [(6, 0, self.company_a.ids)],
                    "group_ids": [(6, 0, groups.ids)],
                }
                for number in range(100)
            ]
        )
        persons = self.env["dealer.person"].create(
            [{"name": user.name, "email": user.email} for user in people]
        )
        self.env["dealer.staff"].create(
            [
                {
                    "person_id": person.id,
                    "user_id": user.id,
                    "dealer_id": self.dealer_a.id,
                    "role_id": self.marketer.id,
                }
                for person, user in zip(persons, people, strict=True)
            ]
        )
        self.env.flush_all()
        before = self.exam.write_date
        answers = [self.exam._exam_answer(user) for user in people]
        self.assertEqual(len({answer.id for answer in answers}), 100)
        for number, user in enumerate(people):
            self._sit(user, right=number % 2 == 0)
        self.env.flush_all()
        self.assertEqual(self.exam.write_date, before, "the exam itself is not written")
        passed = self.env["dealer.staff.competence"].search(
            [("person_id", "in", persons.ids), ("competence_id", "=", self.yearly.id)]
        )
        self.assertEqual(len(passed.person_id), 50)


@tagged("post_install", "-at_install")
class TestExamPages(OnboardingCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user, cls.staff = cls._hire("t_new")
        for user in (cls.user, cls.oem_manager):
            user.password = f"{user.login}-secret"

    def _print(self, user, answer):
        """Return whether the printed exam shows its questions."""
        self.env.flush_all()
        if user:
            self.authenticate(user.login, f"{user.login}-secret")
        else:
            self.authenticate(None, None)
        page = self.url_open(answer.get_print_url())
        return "Question 0" in page.text

    def test_the_printed_exam_is_not_read_before_the_exam(self):
        answer = self.exam._exam_answer(self.user)
        self.assertFalse(self._print(self.user, answer), "before the start")
        self.assertFalse(self._print(None, answer), "nor from another window")
        answer._mark_in_progress()
        self.assertFalse(self._print(self.user, answer), "while it runs")
        self._sit(self.user, right=False)
        self.assertEqual(answer.state, "done")
        self.assertFalse(self._print(self.user, answer), "in the pause")
        self.assertTrue(self._print(self.oem_manager, answer), "its author reads it")

    def test_an_exam_that_shows_its_answers_is_read_afterwards(self):
        self.exam.scoring_type = "scoring_with_answers"
        answer = self.exam._exam_answer(self.user)
        self.assertFalse(self._print(self.user, answer))
        self._sit(self.user)
        self.assertTrue(self._print(self.user, answer))
        other, _staff = self._hire("t_other")
        other.password = f"{other.login}-secret"
        self.assertFalse(self._print(other, answer), "somebody else's")

    def test_trying_again_twice_skips_no_pause(self):
        failed = self._sit(self.user, right=False)
        self.exam.cooling_hours = 0
        self.env.flush_all()
        self.authenticate(self.user.login, f"{self.user.login}-secret")
        url = f"/survey/retry/{self.exam.access_token}/{failed.access_token}"
        for _time in range(2):
            self.url_open(url)
        attempts = self.env["survey.user_input"].search([("survey_id", "=", self.exam.id)])
        self.assertEqual(len(attempts), 2)
