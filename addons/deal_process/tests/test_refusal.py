"""Refusal: reason, outcome, the head's review; takeover of hard cases."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import DealProcessCase


@tagged("post_install", "-at_install")
class TestRefusal(DealProcessCase):
    def refuse(self, deal, **values):
        wizard = (
            self.env["crm.lead.lost"]
            .with_user(self.seller)
            .create({"lead_ids": deal.ids, "lost_reason_id": self.reason.id, **values})
        )
        wizard.action_lost_reason_apply()

    def test_refusal_takes_a_reason_through_any_door(self):
        deal = self.make_deal()
        with self.refused("with a reason"):
            self.refuse(deal, lost_reason_id=False)
        with self.refused("with a reason"):
            deal.action_set_lost()
        with self.refused("with a reason"):
            deal.write({"active": False, "probability": 0})
        with self.refused("Refusal"):
            deal.deal_stage_id = self.version._stage(kind="refused")

    def test_what_was_no_deal_is_refused_without_a_deals_gates(self):
        """An opportunity from before there was a process."""
        self.firm_a.deal_process_id = False
        old = (
            self.env["crm.lead"]
            .with_user(self.seller)
            .create({"name": "Old", "type": "opportunity"})
        )
        self.firm_a.deal_process_id = self.process
        self.refuse(old)
        self.assertEqual((old.won_status, old.lost_reason_id), ("lost", self.reason))
        self.assertFalse(old.sudo().deal_review_ids)

    def test_refused_deal_is_unsuitable_and_opens_a_review(self):
        deal = self.make_deal()
        self.refuse(deal)
        self.assertEqual(
            (deal.deal_outcome, deal.deal_stage_id.code, deal.won_status),
            ("unsuitable", "refused", "lost"),
        )
        review = deal.sudo().deal_review_ids
        self.assertEqual(
            (review.seller_id, review.reviewer_id, review.lost_reason_id, review.state),
            (self.seller, self.head, self.reason, "open"),
        )
        self.assertEqual(review.activity_ids.user_id, self.head)

    def test_tasks_are_written_in_the_language_of_who_does_them(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.head.lang = "fr_FR"
        deal = self.make_deal()
        stage = self.version._stage(code="production")
        stage.with_context(lang="fr_FR").name = "Fabrication"
        deal.sudo().user_id = self.head
        deal.sudo().with_context(lang="en_US")._set_deal_stage(stage)
        kind = self.env.ref("deal_process.mail_activity_type_stage")
        task = deal.sudo().activity_ids.filtered(lambda one: one.activity_type_id == kind)
        self.assertEqual(task.user_id, self.head)
        self.assertIn("Fabrication", task.summary)
        refused = self.make_deal()
        self.refuse(refused)
        self.assertIn("Examiner le refus", refused.sudo().deal_review_ids.activity_ids.summary)

    def test_review_is_scored_by_the_head_and_read_by_the_seller(self):
        deal = self.make_deal()
        self.refuse(deal)
        review = deal.sudo().deal_review_ids
        with self.assertRaises(AccessError):
            review.with_user(self.seller).read(["score"])
        with self.assertRaises(AccessError):
            review.with_user(self.seller).write({"score": "5"})
        review = review.with_user(self.head)
        with self.refused("score and a conclusion"):
            review.action_done()
        self.assertEqual(review.score_value, 0)
        for values in (
            {"state": "done"},
            {"date_done": "2026-01-01"},
            {"seller_id": self.head.id},
            {"lost_reason_id": False, "score": "5"},
        ):
            with self.refused("by itself"):
                review.write(values)
        self.assertEqual((review.state, review.score), ("open", False))
        review.write({"score": "2", "cause": "price", "conclusion": "Call sooner."})
        review.action_done()
        self.assertEqual((review.state, review.score_value), ("done", 2))
        self.assertFalse(review.activity_ids)
        self.assertEqual(review.with_user(self.seller).conclusion, "Call sooner.")
        with self.assertRaises(AccessError):
            review.with_user(self.colleague).read(["conclusion"])

    def test_not_a_lead_needs_neither_reason_nor_review(self):
        deal = self.make_deal()
        deal.deal_stage_id = self.version._stage(kind="not_lead")
        self.assertEqual((deal.deal_outcome, deal.won_status), ("not_lead", "lost"))
        self.assertFalse(deal.sudo().deal_review_ids)

    def test_head_reopens(self):
        deal = self.make_deal()
        self.refuse(deal)
        with self.refused("head of sales reopens"):
            deal.action_restore()
        deal.with_user(self.head).action_restore()
        self.assertEqual(
            (deal.deal_outcome, deal.deal_stage_id.code, deal.won_status),
            ("open", "selection", "pending"),
        )

    def test_closing_a_deal_that_had_ended_asks_all_gates(self):
        """Neither stock Odoo's Won stage nor the board is a way round from the end."""
        won = self.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        refused, not_lead = self.make_deal(), self.make_deal()
        self.refuse(refused)
        not_lead.deal_stage_id = self.version._stage(kind="not_lead")
        for deal in refused | not_lead:
            with self.refused("head of sales reopens"):
                deal.stage_id = won
            for values in (
                {"stage_id": won.id},
                {"deal_stage_id": self.version._stage(kind="closed").id},
                {"deal_stage_id": self.version._stage(code="service").id},
            ):
                with self.refused("Offer: none was sent"):
                    deal.with_user(self.head).write(values)
            self.assertNotEqual(deal.deal_outcome, "closed")

    def test_takeover(self):
        deal = self.make_deal()
        with self.assertRaises(AccessError):
            deal.with_user(self.colleague).sudo(False).action_take_over()
        deal.with_user(self.head).action_take_over()
        self.assertEqual((deal.user_id, deal.team_id), (self.head, self.team))
        self.assertEqual(deal.sudo().activity_ids.user_id, self.head)
        self.assertIn(self.seller.partner_id, deal.sudo().message_partner_ids)
        self.assertIn("Taken over", deal.sudo().message_ids[0].body)
