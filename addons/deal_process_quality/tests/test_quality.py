"""The weekly sample: random, fair to all salespersons, scored, seen by the head alone."""

from collections import Counter
from datetime import timedelta
from random import Random

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..sample import draw
from .common import QualityCase


@tagged("post_install", "-at_install")
class TestQuality(QualityCase):
    def test_draw_reaches_every_owner_and_repeats_nobody(self):
        candidates = [(f"a{number}", "a") for number in range(50)] + [("b", "b")]
        for seed in range(20):
            chosen = draw(candidates, 5, Random(seed))
            self.assertEqual((len(set(chosen)), "b" in chosen), (5, True))
        self.assertEqual(len(draw(candidates, 500, Random(1))), 51)
        self.assertEqual(draw([], 5, Random(1)), [])

    def test_draw_is_random(self):
        candidates = [(number, "a") for number in range(10)]
        counted = Counter(
            choice for seed in range(500) for choice in draw(candidates, 1, Random(seed))
        )
        self.assertEqual(len(counted), 10)
        self.assertLess(max(counted.values()), 100)

    def test_week_is_drawn_once(self):
        calls = self.draw_of_firm()
        self.assertEqual(len(calls), 4)
        self.assertEqual(
            Counter(call.seller_id for call in calls), {self.sellers[0]: 2, self.sellers[1]: 2}
        )
        self.assertEqual(calls[0].week.weekday(), 0)
        self.assertFalse(self.draw_of_firm())

    def test_customer_rests_after_a_call(self):
        first = self.draw_of_firm().partner_id
        with freeze_time(self.env.cr.now() + timedelta(days=7)):
            second = self.draw_of_firm(2).partner_id
            self.assertEqual(len(second), 4)
            self.assertFalse(first & second)

    def test_two_contacts_of_a_firm_are_one_customer(self):
        firm = self.env["res.partner"].create(
            {"name": "Dairy", "is_company": True, "company_id": self.firm.id}
        )
        self.deals[8:].partner_id.parent_id = firm
        calls = self.draw_of_firm()
        self.assertEqual(
            Counter(call.seller_id for call in calls), {self.sellers[0]: 3, self.sellers[1]: 1}
        )
        with freeze_time(self.env.cr.now() + timedelta(days=7)):
            self.assertNotIn(self.sellers[1], self.draw_of_firm(2).seller_id)

    def test_cron_serves_companies_with_a_process(self):
        self.other_firm.deal_quality_calls = 0
        with self.enter_registry_test_mode():
            self.env.ref("deal_process_quality.ir_cron_draw").method_direct_trigger()
        self.assertEqual(self.Call.search_count([("company_id", "=", self.firm.id)]), 4)
        self.assertFalse(self.Call.search_count([("company_id", "=", self.other_firm.id)]))

    def test_score_is_weighted_and_complete(self):
        call = self.draw_of_firm()[0].with_user(self.head)
        self.assertEqual(len(call.answer_ids), 4)
        with self.assertRaisesRegex(UserError, "no mark for"):
            call.action_done()
        for answer, mark in zip(call.answer_ids, "5241", strict=True):
            answer.mark = mark
        self.assertEqual(call.score, 0)
        call.action_done()
        # 5 and 4 count once, 2 and 1 twice
        self.assertEqual((call.score, call.caller_id), (2.5, self.head))

    def test_a_call_is_ended_by_its_buttons_only(self):
        call = self.draw_of_firm()[0].with_user(self.head)
        for values in (
            {"state": "done"},
            {"caller_id": self.sellers[0].id},
            {"seller_id": self.sellers[1].id},
            {"date": "2026-01-01"},
        ):
            with self.assertRaisesRegex(UserError, "by itself"):
                call.write(values)
        self.assertEqual(call.state, "to_call")

    def test_unreachable_can_be_tried_again(self):
        call = self.draw_of_firm()[0].with_user(self.head)
        call.action_unreachable()
        self.assertEqual((call.state, call.score), ("unreachable", 0))
        call.answer_ids.mark = "3"
        call.action_done()
        self.assertEqual((call.state, call.score), ("done", 3))

    def test_head_draws_by_button_others_do_not(self):
        with self.assertRaisesRegex(UserError, "Only the head"):
            self.Call.with_user(self.sellers[0]).action_draw()
        self.Call.with_user(self.head).with_company(self.firm).action_draw()
        self.assertEqual(self.Call.with_user(self.head).search_count([]), 4)

    def test_calls_are_the_heads_and_the_firms_own(self):
        call = self.draw_of_firm()[0]
        for user in (self.stranger, self.sellers[0]):
            for record in (call, call.answer_ids[0]):
                with self.subTest(user=user.login, model=record._name):
                    with self.assertRaises(AccessError):
                        record.with_user(user).read(["company_id"])
                    with self.assertRaises(AccessError):
                        record.with_user(user).write({"note": "x"})
        self.assertFalse(self.Call.with_user(self.stranger).search([]))
        script = self.env.ref("deal_process_quality.script_standard").with_user(self.stranger)
        self.assertTrue(script.question_ids)
        with self.assertRaises(AccessError):
            script.name = "mine"

    def test_merging_deals_keeps_the_call(self):
        call = self.draw_of_firm()[0]
        kept = (self.deals - call.lead_id)[0]
        kept.probability = 99
        self.assertEqual((call.lead_id | kept).merge_opportunity(), kept)
        self.assertEqual(call.lead_id, kept)
