"""The queue: suggestion, assignment, deadlines, escalation, sorting in time."""

from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import InquiryDeskCase


@tagged("post_install", "-at_install")
class TestTriage(InquiryDeskCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.inquiry.direction"].search([]).active = False
        cls.pumps, cls.tests = cls.env["crm.inquiry.direction"].create(
            [
                {
                    "name": "Pumps",
                    "words": "pump, pompe, насос",
                    "company_id": cls.dealer_a.id,
                    "team_id": cls.team_a.id,
                },
                {"name": "Tests", "words": "certif, серти", "company_id": cls.dealer_a.id},
            ]
        )

    def rule(self, **values):
        return self.env["crm.inquiry.rule"].create(
            {"name": "rule", "company_id": self.dealer_a.id, "team_id": self.team_a.id, **values}
        )

    def incoming(self, number=0, text="I need a pump", **event):
        return self.call(phone=f"02 41 00 00 {number:02}", text=text, **event)

    # ------------------------------------------------------------------ rules
    def test_direction_is_known_by_its_words(self):
        self.assertEqual(self.incoming(1).direction_id, self.pumps)
        self.assertEqual(self.incoming(2, "Нужна сертификация").direction_id, self.tests)
        self.assertFalse(self.incoming(3, "Hello").direction_id)

    def test_rules_by_direction_words_territory_and_language(self):
        by_direction = self.rule(direction_id=self.tests.id, user_id=self.other_a.id)
        by_words = self.rule(words="compressor")
        by_place = self.rule(places="+3351, Lyon")
        by_language = self.rule(language="fr")
        self.assertEqual(self.incoming(1, "certificate").rule_id, by_direction)
        self.assertEqual(self.incoming(2, "a Compressor please").rule_id, by_words)
        self.assertEqual(self.call(phone="05 10 00 00 00", text="x").rule_id, by_place)
        self.assertEqual(
            self.incoming(3, "Bonjour, nous cherchons des joints").rule_id, by_language
        )
        self.assertFalse(self.incoming(4, "Hello there").rule_id)

    def test_by_hand_only_suggests(self):
        self.rule(user_id=self.other_a.id)
        inquiry = self.incoming()
        self.assertRecordValues(
            inquiry, [{"state": "queued", "user_id": False, "suggested_user_id": self.other_a.id}]
        )
        inquiry.with_user(self.head_a).action_assign_suggested()
        self.assertRecordValues(
            inquiry,
            [{"state": "assigned", "user_id": self.other_a.id, "assigned_by_id": self.head_a.id}],
        )
        self.assertEqual(inquiry.lead_id.user_id, self.other_a)
        self.assertEqual(self.events(self.other_a), ["assigned"])
        self.assertEqual(inquiry.activity_ids.user_id, self.other_a)

    def test_one_person_by_rule(self):
        self.rule(method="person", user_id=self.seller_a.id)
        inquiry = self.incoming()
        self.assertRecordValues(inquiry, [{"state": "assigned", "user_id": self.seller_a.id}])
        self.assertEqual(inquiry.lead_id.user_id, self.seller_a)

    def test_by_turn(self):
        self.rule(method="turn")
        users = [self.incoming(number).user_id for number in range(4)]
        self.assertEqual(users[:2], users[2:])
        self.assertEqual(set(users), {self.seller_a, self.other_a})

    def test_by_load(self):
        self.rule(method="load")
        first = self.incoming(1).user_id
        second = self.incoming(2)
        self.assertNotEqual(second.user_id, first)
        second.with_user(self.head_a).action_done()
        self.assertEqual(self.incoming(3).user_id, second.user_id)

    def test_dragging_to_a_colleague_assigns(self):
        inquiry = self.incoming()
        inquiry.with_user(self.head_a).write({"user_id": self.seller_a.id})
        self.assertEqual((inquiry.state, inquiry.lead_id.user_id), ("assigned", self.seller_a))

    def test_stranger_to_the_company_cannot_be_assigned(self):
        with self.assertRaises(UserError):
            self.incoming().with_user(self.head_a).write({"user_id": self.head_b.id})

    def test_no_suggestion_says_so(self):
        self.team_a.user_id = False
        with self.assertRaises(UserError):
            self.incoming(text="Hello").with_user(self.head_a).action_assign_suggested()

    # ------------------------------------------------------------------ outcomes
    def test_head_is_told_of_each_new_lead(self):
        self.incoming(1)
        inquiry = self.incoming(2)
        self.assertEqual(self.events(self.head_a), ["new", "new"])
        self.assertEqual(inquiry.activity_ids.user_id, self.head_a)
        self.assertFalse(self.events(self.head_b))

    def test_spam_loses_the_lead(self):
        inquiry = self.incoming()
        inquiry.with_user(self.head_a).action_spam()
        self.assertEqual(
            (inquiry.state, inquiry.outcome, inquiry.lead_id.won_status),
            ("ignored", "spam", "lost"),
        )
        self.assertFalse(inquiry.activity_ids)

    def test_qualified_interest_mistake(self):
        one, two, three = (self.incoming(number) for number in range(3))
        one.with_user(self.head_a).action_qualify()
        two.with_user(self.head_a).action_interest()
        three.with_user(self.head_a).action_mistake()
        self.assertEqual([i.outcome for i in (one, two, three)], ["qualified", "interest", "error"])

    def test_story_tells_all(self):
        inquiry = self.incoming(1, name="Anna")
        self.incoming(1, "and more")
        inquiry.with_user(self.head_a).write({"user_id": self.seller_a.id})
        story = inquiry.with_user(self.seller_a).story
        for part in (
            self.chat_a.name,
            "Anna",
            inquiry.lead_id.name,
            self.seller_a.name,
            inquiry.thread_ids.name,
        ):
            self.assertIn(part, story)

    # ------------------------------------------------------------------ clock
    def test_deadline_is_in_working_hours(self):
        with freeze_time("2026-03-06 15:00:00"):  # a Friday; the office closes at 17:00
            self.assertEqual(self.incoming().deadline, datetime(2026, 3, 9, 10, 0))

    def test_late_inquiry_is_escalated_once_and_once_more(self):
        with freeze_time("2026-03-09 08:00:00"):
            inquiry = self.incoming()
        for moment, level in (("09:00", 0), ("13:30", 1), ("14:00", 1), ("17:30", 2), ("18:00", 2)):
            with freeze_time(f"2026-03-09 {moment}:00"), self.enter_registry_test_mode():
                self.env.ref("inquiry_desk.ir_cron_escalate").method_direct_trigger()
            self.assertEqual(inquiry.escalation, level, moment)
        self.assertEqual(self.events(self.head_a), ["new", "late", "late"])
        self.assertTrue(self.Inquiry.with_user(self.head_a).search([("is_late", "=", True)]))

    def test_answered_inquiry_is_not_escalated(self):
        with freeze_time("2026-03-09 08:00:00"):
            inquiry = self.incoming()
        with freeze_time("2026-03-09 10:00:00"):
            inquiry._answered(datetime(2026, 3, 9, 10, 0))
        with freeze_time("2026-03-10 10:00:00"), self.enter_registry_test_mode():
            self.env.ref("inquiry_desk.ir_cron_escalate").method_direct_trigger()
        self.assertEqual((inquiry.escalation, inquiry.response_hours), (0, 2.0))

    def test_conversation_is_assigned_as_one(self):
        self.rule(direction_id=self.pumps.id, user_id=self.seller_a.id)
        first = self.incoming(1)
        more = self.incoming(1, "and one thing more")
        other = self.incoming(2)
        self.assertEqual((more.thread_id, more.direction_id), (first, self.pumps))
        self.assertEqual(more.suggested_user_id, self.seller_a)
        first.with_user(self.head_a).action_assign_suggested()
        self.assertEqual((first | more).mapped("state"), ["assigned", "assigned"])
        self.assertEqual((more.user_id, other.user_id.ids), (self.seller_a, []))

    # ------------------------------------------------------------------ sorting in time
    def schedule(self, hours="10:00, 15:00"):
        return self.env["crm.inquiry.triage"].create(
            {
                "name": "queue",
                "company_id": self.dealer_a.id,
                "user_id": self.head_a.id,
                "hours": hours,
            }
        )

    def check(self, moment):
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.ref("inquiry_desk.ir_cron_triage").method_direct_trigger()

    def test_queue_is_sorted_at_least_twice_a_day(self):
        with self.assertRaises(ValidationError):
            self.schedule("10:00")

    def test_sorting_in_time_is_alerted_and_reported(self):
        with freeze_time("2026-03-09 08:00:00"):
            triage, inquiry = self.schedule(), self.incoming()
        self.env.cr.execute(
            "UPDATE crm_inquiry_triage SET create_date = '2026-03-09 08:00:00' WHERE id = %s",
            [triage.id],
        )
        triage.invalidate_recordset()
        self.check("2026-03-09 10:05:00")
        first = triage.check_ids
        self.assertRecordValues(
            first,
            [{"date": datetime(2026, 3, 9, 10), "waiting": 1, "oldest_hours": 2, "state": "open"}],
        )
        self.assertEqual(self.events(self.head_a), ["new", "triage"])
        inquiry.with_user(self.head_a).write({"user_id": self.seller_a.id})
        self.check("2026-03-09 10:20:00")
        self.assertEqual((first.state, first.on_time), ("done", 100))
        with freeze_time("2026-03-09 14:00:00"):
            self.incoming(5)
        self.check("2026-03-09 15:05:00")
        self.check("2026-03-09 16:05:00")
        second = triage.check_ids - first
        self.assertEqual((second.state, second.on_time), ("late", 0))
        self.Inquiry.search(
            [("state", "=", "queued"), ("company_id", "=", self.dealer_a.id)]
        ).write({"user_id": self.seller_a.id})
        self.check("2026-03-09 17:00:00")
        self.assertRecordValues(second, [{"state": "done_late", "delay_hours": 2}])

    def test_no_sorting_on_a_day_off(self):
        with freeze_time("2026-03-07 08:00:00"):
            triage = self.schedule()
        self.env.cr.execute(
            "UPDATE crm_inquiry_triage SET create_date = '2026-03-07 08:00:00' WHERE id = %s",
            [triage.id],
        )
        triage.invalidate_recordset()
        self.check("2026-03-08 20:00:00")
        self.assertFalse(triage.check_ids)

    # ------------------------------------------------------------------ cockpit
    def test_a_channel_without_an_answer_has_no_time_to_the_answer(self):
        with freeze_time("2026-03-09 09:30:00"):
            self.incoming(1)
        with freeze_time("2026-03-09 12:00:00"):
            figures = self.env["crm.inquiry.cockpit"].with_user(self.head_a).figures(1)
        self.assertIsNone(figures["totals"]["response_hours"])
        self.assertEqual([row["hours"] for row in figures["channels"]], [None])

    def test_what_is_asked_of_a_person_has_a_name_in_his_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.head_a.lang = "fr_FR"
        triage = self.env.ref("inquiry_desk.mail_activity_triage")
        triage.with_context(lang="fr_FR").name = "À affecter"
        with freeze_time("2026-03-09 09:30:00"):
            activity = self.incoming(1).activity_ids
        self.assertEqual((activity.user_id, activity.summary), (self.head_a, "À affecter"))

    def test_cockpit_counts_what_happened(self):
        with freeze_time("2026-03-09 09:30:00"):
            one = self.incoming(1)
            self.incoming(2)
            self.deliver(self.make_mail("out of office", Auto_Submitted="auto-replied"))
            one.lead_id.action_set_won()
        one._answered(datetime(2026, 3, 9, 11, 30))
        with freeze_time("2026-03-09 12:00:00"):
            figures = self.env["crm.inquiry.cockpit"].with_user(self.head_a).figures(1)
        self.assertEqual(
            figures["totals"] | {"late": 0},
            {
                "total": 2,
                "new": 2,
                "answered": 1,
                "response_hours": 2.0,
                "unanswered": 1,
                "late": 0,
            },
        )
        (hours,) = figures["hours"]
        self.assertEqual((hours["name"], hours["hours"][9]), (self.chat_a.name, 2))
        row = figures["channels"][0]
        self.assertEqual(
            (row["name"], row["count"], row["hours"], row["leads"], row["won"]),
            (self.chat_a.name, 2, 2.0, 2, 1),
        )
        with freeze_time("2026-03-09 12:00:00"):
            self.assertEqual(
                self.env["crm.inquiry.cockpit"]
                .with_user(self.head_b)
                .figures(1)["totals"]["total"],
                0,
            )

    # ------------------------------------------------------------------ evidence
    def test_nobody_types_in_when_he_answered(self):
        inquiry = self.incoming(71).with_user(self.head_a)
        for field, value in (
            ("response_date", datetime(2026, 1, 1)),
            ("deadline", datetime(2099, 1, 1)),
            ("date", datetime(2099, 1, 1)),
            ("ack_state", "sent"),
        ):
            with self.assertRaisesRegex(UserError, "by itself"):
                inquiry.write({field: value})
        inquiry.write({"subject": "Pump for the cellar"})
        self.assertFalse(inquiry.response_date)

    def test_a_walk_in_is_typed_in_after_it_was_there(self):
        Inquiry = self.env["crm.inquiry"].with_user(self.head_a)
        values = {"channel_id": self.mailbox_a.id, **Inquiry.default_get(["date", "ack_state"])}
        self.assertTrue(Inquiry.create(values).date)
        with self.assertRaisesRegex(UserError, "by itself"):
            Inquiry.create({**values, "date": datetime(2099, 1, 1)})

    def test_a_copy_has_a_clock_of_its_own(self):
        inquiry = self.incoming(72)
        inquiry._answered(inquiry.date)
        copy = inquiry.with_user(self.head_a).copy()
        self.assertFalse(copy.response_date)
