from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
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

    def test_who_lost_everything_keeps_nothing_and_is_told_so(self):
        staff = self._create_staff(self.dealer_a, "role_champion", "Leaver")
        self.assertIsNone(self._measure(self.principal_a, "retention")["value"])
        self._gain(staff.person_id, self.offer)
        self.assertEqual(self._measure(self.principal_a, "retention")["value"], 100)
        staff.write({"date_start": "2024-01-01", "date_end": "2024-06-30"})
        self.env.invalidate_all()
        self.assertEqual(self._measure(self.principal_a, "retention")["value"], 0)
        self.assertIsNone(self._measure(self.principal_b, "retention")["value"])

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

    def _region_of_five(self):
        """Five dealers in a country of their own, one of them with a slow learner."""
        country = self.env.ref("base.is")
        dealers = self.env["dealer.dealer"]
        for number in range(5):
            dealer = self._create_dealer(f"T-R{number}", f"Region {number}", "type_dealer")
            dealer.country_id = country
            self._deal(dealer, 2 + number)
            dealers |= dealer
        return country, dealers

    def test_a_region_is_compared_from_five_dealers_on(self):
        country, dealers = self._region_of_five()
        self.dealer_a.country_id = self.env.ref("base.no")
        self._deal(self.dealer_a, 20)
        measure = self.env["dealer.onboarding.measure"].with_user(self.oem_user)
        network = measure.load()
        self.assertIn(f"country_id,{country.id}", [line["key"] for line in network["regions"]])
        region = measure.load(region=f"country_id,{country.id}")
        (row,) = [row for row in region["measures"] if row["code"] == "first_deal"]
        self.assertEqual((row["quartiles"], row["dealers"]), ((3.0, 4.0, 5.0), 5))
        few = measure.load(region=f"country_id,{self.env.ref('base.no').id}")
        self.assertFalse([row for row in few["measures"] if row["quartiles"]])
        self.assertFalse(network["dealers"], "nobody released training results")
        self._release(dealers[0])
        self.assertEqual(measure.load()["dealers"], [{"id": dealers[0].id, "name": "Region 0"}])

    def test_a_dealer_compares_with_its_own_region_only(self):
        country, _dealers = self._region_of_five()
        self.dealer_a.country_id = country
        measure = self.env["dealer.onboarding.measure"].with_user(self.principal_a)
        self.assertEqual(
            [line["key"] for line in measure.load()["regions"]], [f"country_id,{country.id}"]
        )
        with self.assertRaises(UserError):
            measure.load(region=f"country_id,{self.env.ref('base.no').id}")

    def test_questions_by_dealer_and_their_text_not_for_dealers(self):
        user, _staff = self._hire("t_new")
        answer = self.exam._exam_answer(user)
        answer._mark_in_progress()
        for number, question in enumerate(self.exam.question_ids):
            choice = question.suggested_answer_ids.filtered(
                lambda line, right=bool(number): bool(line.is_correct) == right
            )
            answer._save_lines(question, choice[:1].id)
        answer._mark_done()
        measure = self.env["dealer.onboarding.measure"]
        (own,) = measure.with_user(self.principal_a).load()["questions"]
        self.assertEqual((own["question"], own["here"], own["answers"]), ("", 67, 3))
        self._release(self.dealer_a)
        found = measure.with_user(self.oem_user).load(self.dealer_a.id)["questions"]
        self.assertEqual([row["here"] for row in found], [0, 100, 100])
        self.assertEqual(found[0]["question"], "Question 0")
        self.assertEqual({row["beside"] for row in found}, {None}, "one dealer only")
