from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import CompetenceCase


@tagged("post_install", "-at_install")
class TestCompetence(CompetenceCase):
    def test_it_holds_as_long_as_the_catalogue_says(self):
        with freeze_time("2026-03-01"):
            line = self._gain(self.person_a, self.yearly)
            self.assertEqual(line.valid_to, fields.Date.to_date("2027-02-28"))
            self.assertFalse(self._gain(self.person_a, self.offer).valid_to)

    def test_gaining_it_again_on_one_day_is_one_line(self):
        first = self._gain(self.person_a, self.yearly)
        self.assertEqual(self._gain(self.person_a, self.yearly), first)
        self.assertEqual(self._gain(self.person_a, self.yearly, self.level_knows), first)
        self.assertNotEqual(self._gain(self.person_a, self.yearly, self.level_teaches), first)

    def test_gaining_it_at_two_dealers_on_one_day_is_two_lines(self):
        first = self._gain(self.person_a, self.yearly)
        second = self._gain(self.person_a, self.yearly, dealer=self.dealer_b)
        self.assertEqual((first | second).dealer_id, self.dealer_a | self.dealer_b)
        self.assertEqual(first.valid_to, second.valid_to)
        with self.assertRaises(ValidationError):
            second.copy()

    def test_the_state_follows_the_calendar(self):
        """Nothing has to run at midnight: the state is told by the dates, whatever the clock."""
        with freeze_time("2026-03-01 12:00:00"):
            line = self._gain(self.person_a, self.yearly)
        for day, state in (
            ("2026-03-01", "current"),
            ("2027-02-10", "expiring"),
            ("2027-02-28", "expiring"),
            ("2027-03-01", "past"),
            ("2026-02-28", "future"),
        ):
            with freeze_time(f"{day} 12:00:00"):
                line.invalidate_recordset(["state"])
                self.assertEqual(line.state, state, day)
                self.assertIn(line, line.search([("state", "=", state)]), day)
                others = {"current", "expiring", "past", "future"} - {state}
                self.assertNotIn(line, line.search([("state", "in", list(others))]), day)

    def test_the_hour_of_the_clock_change_loses_no_day(self):
        """A user in Paris at 00:30 of the 29th of March 2026 is still on the 28th in UTC."""
        with freeze_time("2026-03-28 23:30:00"):
            lines = self.env["dealer.staff.competence"].with_context(tz="Europe/Paris")
            line = lines._gain(self.person_a, self.yearly, self.level_alone, "exam", self.dealer_a)
            self.assertEqual(line.valid_from, fields.Date.to_date("2026-03-29"))
            self.assertEqual(line.with_context(tz="Europe/Paris").state, "current")
            self.assertEqual(line.valid_to, fields.Date.to_date("2027-03-28"))

    def test_a_renewal_is_asked_for_once_and_ahead(self):
        with freeze_time("2026-03-01"):
            line = self._gain(self.person_a, self.yearly)
        self.env["res.lang"]._activate_lang("fr_FR")
        self.principal_a.lang = "fr_FR"
        with freeze_time("2027-02-05"):
            self.env["dealer.staff.competence"]._cron_renew()
            self.assertTrue(line.renewal_started)
            activity = self.dealer_a.activity_ids
            self.assertEqual(activity.user_id, self.principal_a)
            self.assertIn("Gives discounts", activity.note)
            self.assertEqual(activity.summary, "Des compétences expirent bientôt")
            self.env["dealer.staff.competence"]._cron_renew()
            self.assertEqual(self.dealer_a.activity_ids, activity)

    def test_a_renewal_is_told_to_the_dealers_where_it_counts(self):
        line, _staff = self._works_at_both()
        with freeze_time("2027-02-05 12:00:00"):
            line._cron_renew()
            self.assertTrue(self.dealer_a.activity_ids)
            self.assertFalse(self.dealer_b.activity_ids, "the passport was not shown to B")
            self.person_a.share_ids.with_user(self.seller_a).action_allow()
            line.renewal_started = False
            line._cron_renew()
            self.assertIn("Gives discounts", self.dealer_b.activity_ids.note)

    def test_a_renewal_is_not_told_where_the_person_works_no_more(self):
        line, _staff = self._works_at_both()
        with freeze_time("2027-02-05 12:00:00"):
            self.staff_a.date_end = "2027-01-31"
            line._cron_renew()
            self.assertFalse((self.dealer_a | self.dealer_b).activity_ids)
            self.assertFalse(line.renewal_started, "it may be shared with B yet")
            self.person_a.share_ids.with_user(self.seller_a).action_allow()
            line._cron_renew()
            self.assertFalse(self.dealer_a.activity_ids)
            self.assertTrue(self.dealer_b.activity_ids)

    def test_who_renewed_already_is_not_asked(self):
        with freeze_time("2026-03-01"):
            line = self._gain(self.person_a, self.yearly)
        with freeze_time("2027-02-05"):
            self._gain(self.person_a, self.yearly)
            self.env["dealer.staff.competence"]._cron_renew()
            self.assertFalse(line.renewal_started)

    def test_a_level_of_another_scale_is_refused(self):
        scale = self.env["hr.skill.type"].create(
            {
                "name": "Another scale",
                "skill_ids": [(0, 0, {"name": "x"})],
                "skill_level_ids": [(0, 0, {"name": "Half", "level_progress": 50})],
            }
        )
        with self.assertRaisesRegex(ValidationError, "Writes offers"):
            self._need(self.offer, scale.skill_level_ids)

    def test_sign_off_by_the_principal(self):
        wizard = (
            self.env["dealer.competence.signoff"]
            .with_user(self.principal_a)
            .create(
                {
                    "staff_id": self.staff_a.id,
                    "competence_id": self.offer.id,
                    "note": "Three offers without a correction",
                }
            )
        )
        self.assertEqual(wizard.skill_level_id, self.level_alone)
        wizard.action_sign()
        line = self.person_a.competence_ids
        self.assertEqual((line.source, line.signed_by_id), ("signoff", self.principal_a))
        self.assertEqual(line.dealer_id, self.dealer_a)

    def test_sign_off_by_a_colleague_wants_one_who_teaches(self):
        mentor = self._create_staff_user(self.dealer_a, "role_head_of_sales", "t_mentor_a")
        wizard = (
            self.env["dealer.competence.signoff"]
            .with_user(mentor)
            .create({"staff_id": self.staff_a.id, "competence_id": self.offer.id, "note": "Seen"})
        )
        with self.assertRaisesRegex(AccessError, "Writes offers"):
            wizard.action_sign()
        person = self.env["dealer.person"].search([("user_id", "=", mentor.id)])
        self._gain(person, self.offer, self.level_teaches)
        wizard.action_sign()
        self.assertTrue(self.person_a.competence_ids)

    def test_nobody_signs_for_himself_or_for_a_rivals_people(self):
        wizards = self.env["dealer.competence.signoff"]
        own = wizards.with_user(self.seller_a).create(
            {"staff_id": self.staff_a.id, "competence_id": self.offer.id, "note": "Me"}
        )
        with self.assertRaises(UserError):
            own.action_sign()
        with self.assertRaises(AccessError):
            wizards.with_user(self.principal_a).create(
                {"staff_id": self.staff_b.id, "competence_id": self.offer.id, "note": "x"}
            ).action_sign()
        self.assertFalse((self.person_a | self.person_b).competence_ids)

    def test_cost_per_retained_competence(self):
        colleague = self._create_staff(self.dealer_a, "role_salesperson", "Second Seller")
        for person in self.person_a | colleague.person_id:
            self._gain(person, self.offer)
        self.env["dealer.training.cost"].with_user(self.principal_a).create(
            {"name": "Course", "dealer_id": self.dealer_a.id, "amount": 600}
        )
        dealer = self.dealer_a.with_user(self.principal_a)
        self.assertEqual((dealer.retained_count, dealer.cost_per_retained), (2, 300))
        self.assertEqual(dealer.retention_rate, 100)
        today = fields.Date.today()
        colleague.write(
            {"date_start": today - timedelta(days=9), "date_end": today - timedelta(days=1)}
        )
        colleague._refresh_state()
        self.env.invalidate_all()
        self.assertEqual((dealer.retained_count, dealer.cost_per_retained), (1, 600))
        self.assertEqual(dealer.retention_rate, 50)

    def test_renewing_and_rising_loses_nothing(self):
        for day, level in (
            ("2026-03-01", self.level_knows),
            ("2026-04-01", self.level_alone),
            ("2026-05-01", self.level_alone),
        ):
            with freeze_time(f"{day} 12:00:00"):
                self.staff_a.date_start = "2026-03-01"
                self._gain(self.person_a, self.yearly, level)
        self.assertEqual(len(self.person_a.competence_ids), 3)
        with freeze_time("2026-05-01 12:00:00"):
            dealer = self.dealer_a.with_user(self.principal_a)
            self.assertEqual((dealer.retained_count, dealer.retention_rate), (1, 100))

    def test_a_cost_of_another_dealers_person_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "does not work at"):
            self.env["dealer.training.cost"].create(
                {
                    "name": "Course",
                    "dealer_id": self.dealer_a.id,
                    "staff_id": self.staff_b.id,
                    "amount": 1,
                }
            )
