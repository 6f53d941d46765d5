from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import OnboardingCase


@tagged("post_install", "-at_install")
class TestMeasures(OnboardingCase):
    def _deal(self, dealer, days):
        """A person whose first autonomous deal took so many days."""
        with freeze_time("2026-03-01 10:00:00"):
            staff = self._create_staff(dealer, "role_marketer", f"Learner {dealer.code} {days}")
        task = self._task(staff, self.step_practice)
        task.state = "open"
        with freeze_time(f"2026-03-{days + 1:02} 10:00:00"):
            task._finish()

    def _measure(self, user, code, dealer=None):
        measure = self.env["dealer.onboarding.measure"].with_user(user)
        rows = measure.load(dealer.id if dealer else None)["measures"]
        return next(row for row in rows if row["code"] == code)

    def test_own_figure_alone_below_five_dealers(self):
        self._deal(self.dealer_a, 10)
        self._deal(self.dealer_a, 20)
        self._deal(self.dealer_b, 4)
        row = self._measure(self.principal_a, "first_deal")
        self.assertEqual((row["value"], row["quartiles"], row["dealers"]), (15, None, 0))

    def test_quartiles_from_five_dealers_on(self):
        self._deal(self.dealer_a, 10)
        for number in range(4):
            dealer = self._create_dealer(f"T-Q{number}", f"Quartile {number}", "type_dealer")
            self._deal(dealer, 12 + 2 * number)
        row = self._measure(self.principal_a, "first_deal")
        self.assertEqual(row["value"], 10)
        self.assertEqual((row["quartiles"], row["dealers"]), ((12.0, 14.0, 16.0), 5))

    def test_who_reads_whose_figures(self):
        self._deal(self.dealer_a, 10)
        with self.assertRaises(AccessError):
            self._measure(self.seller_a, "first_deal")
        with self.assertRaises(AccessError):
            self._measure(self.principal_a, "first_deal", self.dealer_b)
        with self.assertRaisesRegex(AccessError, "released"):
            self._measure(self.oem_user, "first_deal", self.dealer_a)
        self._release(self.dealer_a)
        self.assertEqual(self._measure(self.oem_user, "first_deal", self.dealer_a)["value"], 10)
        self.assertIsNone(self._measure(self.oem_user, "first_deal")["value"])

    def test_pass_rate_time_and_paths_in_time(self):
        with freeze_time("2026-03-02 09:00:00"):
            user, staff = self._hire("t_new")
            self._read_course(user)
            self._sit(user, right=False)
        with freeze_time("2026-03-02 14:00:00"):
            self._sit(user)
            self._task(staff, self.step_talk).with_user(self.principal_a).action_sign()
            task = self._task(staff, self.step_practice)
            task._finish()
        self.assertEqual(self._measure(self.principal_a, "pass_rate")["value"], 50)
        self.assertEqual(self._measure(self.principal_a, "finished")["value"], 100)
        self.assertGreater(self._measure(self.principal_a, "minutes")["value"], 0)

    def test_bad_questions_are_found(self):
        people = [self._hire(f"t_q{number}")[0] for number in range(10)]
        good, bad, easy = self.exam.question_ids
        for number, user in enumerate(people):
            answer = self.exam._exam_answer(user)
            answer._mark_in_progress()
            for question, right in ((good, number < 6), (bad, False), (easy, number < 7)):
                choice = question.suggested_answer_ids.filtered(
                    lambda line, right=right: bool(line.is_correct) == right
                )
                answer._save_lines(question, choice[:1].id)
            answer._mark_done()
        self.env.flush_all()
        stats = self.env["dealer.exam.question.stat"].with_user(self.oem_manager)
        found = {
            line.question_id.id: line for line in stats.search([("survey_id", "=", self.exam.id)])
        }
        self.assertEqual(found[bad.id].pass_rate, 0)
        self.assertTrue(found[bad.id].is_doubtful)
        self.assertEqual(found[good.id].answer_count, 10)
        self.assertFalse(found[good.id].is_doubtful)
        with self.assertRaises(AccessError):
            self.env["dealer.exam.question.stat"].with_user(self.principal_a).search([])
