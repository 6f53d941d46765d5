from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import OnboardingCase


@tagged("post_install", "-at_install")
class TestPath(OnboardingCase):
    def test_hiring_begins_the_path_with_mentor_and_plan(self):
        head = self._create_staff_user(self.dealer_a, "role_head_of_sales", "t_head_a")
        user, staff = self._hire("t_new")
        enrolment = staff.enrolment_ids
        self.assertEqual(enrolment.path_id, self.path)
        self.assertIn(enrolment.mentor_user_id, head | self.seller_a | self.principal_a)
        self.assertEqual(enrolment.date_target, fields.Date.add(fields.Date.today(), days=10))
        first_day = enrolment.task_ids.filtered(lambda t: t.date_due == fields.Date.today())
        self.assertEqual(set(first_day.mapped("name")), {"Read the course", "Talk"})
        self.assertEqual(set(first_day.mapped("state")), {"open"})
        self.assertEqual(self._task(staff, self.step_exam).state, "waiting")
        self.assertEqual(enrolment.task_ids.user_id, user)

    def test_the_mentor_is_whoever_may_coach(self):
        coach = self._create_staff_user(self.dealer_a, "role_champion", "t_coach_a")
        person = self.env["dealer.person"].search([("user_id", "=", coach.id)])
        self._gain(person, self.env.ref("dealer_competence.competence_coach"))
        _user, staff = self._hire("t_new")
        self.assertEqual(staff.enrolment_ids.mentor_user_id, coach)

    def test_a_path_in_another_language_does_not_begin(self):
        french = self.env["res.lang"]._activate_lang("fr_FR")
        self.path.lang_ids = french
        _user, staff = self._hire("t_new")
        self.assertFalse(staff.enrolment_ids)

    def test_steps_open_in_order_and_the_end_is_noticed(self):
        user, staff = self._hire("t_new")
        enrolment = staff.enrolment_ids
        with self.assertRaisesRegex(UserError, "Read the course"):
            self._task(staff, self.step_exam).with_user(user).action_open()
        self._read_course(user)
        self.assertEqual(self._task(staff, self.step_course).state, "done")
        self.assertEqual(self._task(staff, self.step_exam).state, "open")
        self._sit(user)
        self.assertEqual(self._task(staff, self.step_exam).state, "done")
        self._task(staff, self.step_talk).with_user(user).action_done()
        self.assertEqual(self._task(staff, self.step_talk).state, "asked")
        self._task(staff, self.step_talk).with_user(self.principal_a).action_sign("Seen")
        self.env["res.partner"].with_user(user).sudo().create(
            [{"name": f"C{n}", "email": f"c{n}@x.example"} for n in range(2)]
        )
        self._task(staff, self.step_practice)._check_practice()
        self.assertEqual(enrolment.state, "done")
        self.assertEqual(enrolment.progress, 100)
        held = staff.person_id.competence_ids.competence_id
        self.assertEqual(held, self.offer | self.yearly)

    def test_practice_is_counted_by_domain_person_and_time(self):
        user, staff = self._hire("t_new")
        task = self._task(staff, self.step_practice)
        task.state = "open"
        partners = self.env["res.partner"]
        with freeze_time("2020-01-01"):
            old = partners.with_user(user).sudo().create({"name": "Old", "email": "o@x.example"})
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = '2020-01-01' WHERE id = %s", old.ids
        )
        partners.with_user(user).sudo().create({"name": "No address"})
        partners.create({"name": "Somebody else's", "email": "s@x.example"})
        practice = partners._ensure_practice_customer(self.company_a)
        partners.with_user(user).sudo().create(
            {"name": "Practised", "email": "p@x.example", "parent_id": practice.id}
        )
        task._check_practice()
        self.assertEqual((task.state, task.practice_found), ("open", 0))
        partners.with_user(user).sudo().create({"name": "One", "email": "1@x.example"})
        task._check_practice()
        self.assertEqual((task.state, task.practice_found), ("open", 1))
        partners.with_user(user).sudo().create({"name": "Two", "email": "2@x.example"})
        task._check_practice()
        self.assertEqual((task.state, task.practice_found), ("done", 2))

    def test_the_sandbox_counts_only_what_is_practice(self):
        self.step_practice.practice_sandbox = True
        self.step_practice.prerequisite_ids = False
        user, staff = self._hire("t_new")
        task = self._task(staff, self.step_practice)
        task.with_user(user).action_open()
        practice = self.env["res.partner"].search(
            [("is_practice", "=", True), ("company_id", "=", self.company_a.id)]
        )
        self.assertEqual(len(practice), 1)
        partners = self.env["res.partner"].with_user(user).sudo()
        partners.create([{"name": f"Real {n}", "email": f"r{n}@x.example"} for n in range(3)])
        task._check_practice()
        self.assertEqual(task.practice_found, 0)
        partners.create(
            [
                {"name": f"P {n}", "email": f"p{n}@x.example", "parent_id": practice.id}
                for n in range(2)
            ]
        )
        task._check_practice()
        self.assertEqual(task.state, "done")

    def test_practice_on_what_is_not_installed_is_asked_of_nobody(self):
        kind = self.env["dealer.practice.kind"].create({"name": "Ghosts", "model": "no.such.model"})
        self.step_practice.practice_kind_id = kind
        _user, staff = self._hire("t_new")
        self.assertEqual(self._task(staff, self.step_practice).state, "skipped")

    def test_only_mentor_and_principal_sign(self):
        user, staff = self._hire("t_new")
        task = self._task(staff, self.step_talk)
        for other in (user, self.seller_a, self.principal_b):
            if other == self.seller_a:
                staff.enrolment_ids.mentor_id = self.principal_a.dealer_staff_ids
            with self.assertRaises(AccessError):
                task.with_user(other).action_sign()
        staff.enrolment_ids.mentor_id = self.staff_a
        task.with_user(self.seller_a).action_sign("Seen")
        self.assertEqual((task.signed_by_id, task.note), (self.seller_a, "Seen"))
        self.assertEqual(staff.person_id.competence_ids.signed_by_id, self.seller_a)

    def test_what_the_system_sees_is_not_signed(self):
        user, staff = self._hire("t_new")
        for step in (self.step_course, self.step_exam):
            task = self._task(staff, step)
            task.state = "open"
            with self.assertRaisesRegex(UserError, step.name):
                task.with_user(self.principal_a).action_sign("Seen")
            self.assertEqual(task.state, "open")
        task = self._task(staff, self.step_practice)
        task.state = "open"
        task.with_user(self.principal_a).action_sign("Seen")
        self.assertEqual(task.state, "done")

    def test_when_the_mentor_leaves_another_takes_over(self):
        _user, staff = self._hire("t_new")
        enrolment = staff.enrolment_ids
        enrolment.mentor_id = self.staff_a
        self.staff_a.write(
            {
                "date_start": "2024-01-01",
                "date_end": fields.Date.subtract(fields.Date.today(), days=1),
            }
        )
        self.assertTrue(enrolment.mentor_id)
        self.assertNotEqual(enrolment.mentor_id, self.staff_a)
        self.assertEqual(enrolment.mentor_id.dealer_id, self.dealer_a)

    def test_who_leaves_is_on_no_path(self):
        _user, staff = self._hire("t_new", date_start="2024-01-01")
        staff.date_end = "2024-06-01"
        self.assertEqual(staff.enrolment_ids.state, "stopped")

    def test_two_roles_at_two_dealers_are_two_plans_of_one_person(self):
        user, staff = self._hire("t_new")
        self._read_course(user)
        self._sit(user)
        second = self.env["dealer.staff"].create(
            {
                "person_id": staff.person_id.id,
                "dealer_id": self.dealer_b.id,
                "role_id": self.marketer.id,
                "user_id": user.id,
            }
        )
        course, exam = self._task(second, self.step_course), self._task(second, self.step_exam)
        self.assertEqual(course.state, "done", "the course was read already")
        self.assertEqual(exam.state, "open", "the passport was not shown to B")
        mine = self.env["dealer.today"].with_user(user).load()
        self.assertEqual(len(mine["paths"]), 2)
        staff.person_id.share_ids.with_user(user).action_allow()
        third = second.copy({"role_id": self.marketer.id, "date_start": fields.Date.today()})
        self.assertEqual(self._task(third, self.step_exam).state, "done")

    def _renewal_path(self):
        return self.env["dealer.learning.path"].create(
            {
                "name": "Renew",
                "kind": "renewal",
                "competence_ids": [Command.set(self.yearly.ids)],
                "company_id": False,
                "step_ids": [
                    Command.create({"name": "Again", "kind": "exam", "survey_id": self.exam.id})
                ],
            }
        )

    def test_a_renewal_begins_where_the_competence_counts(self):
        path = self._renewal_path()
        line, staff = self._works_at_both()
        with freeze_time("2027-02-05 10:00:00"):
            line._cron_renew()
            self.assertEqual(self.staff_a.enrolment_ids.path_id, path)
            self.assertFalse(staff.enrolment_ids, "the passport was not shown to B")

    def test_a_renewal_begins_ahead_of_the_end(self):
        path = self._renewal_path()
        with freeze_time("2026-03-01"):
            self._gain(self.person_a, self.yearly)
        with freeze_time("2027-02-05 10:00:00"):
            self.env["dealer.staff.competence"]._cron_renew()
            enrolment = self.staff_a.enrolment_ids
            self.assertEqual(enrolment.path_id, path)
            titles = [
                item["title"]
                for item in self.env["dealer.today"].with_user(self.seller_a).load()["items"]
            ]
            self.assertIn("Again", titles)
            self._sit(self.seller_a)
            self.assertEqual(enrolment.state, "done")
            best = self.env["dealer.competence"]._in_force(self.person_a)
            line = best[self.person_a.id, self.yearly.id]
            self.assertEqual(line.valid_to, fields.Date.to_date("2028-02-04"))

    def test_today_shows_five_things_the_most_urgent_first(self):
        for number in range(6):
            self._step(f"More {number}", "document", url="https://x.example", day=number)
        user, staff = self._hire("t_new")
        today = self.env["dealer.today"].with_user(user).load()
        self.assertEqual(len(today["items"]), 5)
        self.assertEqual(today["more"], 3)
        dues = [item["due"] for item in today["items"]]
        self.assertEqual(dues, sorted(dues))
        staff.enrolment_ids.mentor_id = self.staff_a
        self._task(staff, self.step_talk).with_user(user).action_done()
        mentor = self.env["dealer.today"].with_user(self.seller_a).load()
        self.assertIn("t_new", mentor["items"][0]["title"])
        staff.enrolment_ids.date_target = fields.Date.subtract(fields.Date.today(), days=1)
        principal = self.env["dealer.today"].with_user(self.principal_a).load()
        self.assertTrue(any("behind" in item["title"] for item in principal["items"]))

    def test_activities_that_are_due_are_one_thing_of_today(self):
        activities = self.env["mail.activity"]
        values = {
            "res_model_id": self.env["ir.model"]._get_id("res.partner"),
            "res_id": self.seller_a.partner_id.id,
            "user_id": self.seller_a.id,
        }
        today = fields.Date.today()
        activities.create(
            [
                {
                    **values,
                    "summary": "Call back",
                    "date_deadline": fields.Date.subtract(today, days=1),
                },
                {**values, "summary": "Later", "date_deadline": fields.Date.add(today, days=3)},
            ]
        )
        [item] = self.env["dealer.today"].with_user(self.seller_a)._activity_items()
        self.assertEqual(item["title"], "Call back")
        action = activities.with_user(self.seller_a).browse(item["id"]).action_open_due()
        self.assertEqual(action["res_model"], "res.partner")
        activities.create({**values, "summary": "Write", "date_deadline": today})
        [item] = self.env["dealer.today"].with_user(self.seller_a)._activity_items()
        self.assertIn("2", item["title"])
        action = activities.with_user(self.seller_a).browse(item["id"]).action_open_due()
        self.assertEqual(action["res_model"], "mail.activity")
        self.assertFalse(self.env["dealer.today"].with_user(self.seller_b)._activity_items())

    def test_steps_that_wait_for_each_other_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "circle"):
            self.step_course.prerequisite_ids = self.step_practice

    def test_a_filter_that_cannot_be_read_is_refused(self):
        for bad in ("[('no_field', '=', 1)]", "__import__('os')", "["):
            with self.assertRaisesRegex(ValidationError, "Two contacts"):
                self.step_practice.practice_domain = bad

    def test_a_step_without_content_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "Course"):
            self._step("Empty", "course")

    def test_shipped_paths_are_whole(self):
        paths = self.env["dealer.learning.path"].with_context(active_test=False)
        for role in (
            "salesperson",
            "head_of_sales",
            "service_technician",
            "warehouse_worker",
            "marketer",
        ):
            path = self.env.ref(f"dealer_onboarding.path_{role}")
            self.assertIn(path, paths.search([]))
            kinds = set(path.step_ids.mapped("kind"))
            self.assertLessEqual({"course", "exam"}, kinds, role)
            for survey in path.step_ids.survey_id:
                self.assertGreater(len(survey.question_ids), survey.page_ids.random_questions_count)
                for question in survey.question_ids:
                    self.assertEqual(len(question.suggested_answer_ids.filtered("is_correct")), 1)
            for channel in path.step_ids.channel_id:
                self.assertGreaterEqual(len(channel.slide_content_ids), 2)
