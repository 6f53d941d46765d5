"""The head's figures: untouched, late, ageing, funnels."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import DealProcessCase


@tagged("post_install", "-at_install")
class TestCockpit(DealProcessCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fresh, cls.stale, cls.refused = (
            cls.make_deal(name=name) for name in ("Fresh", "Stale", "Refused")
        )
        cls.place(cls.stale, "production")
        cls.refused.action_set_lost(lost_reason_id=cls.reason.id)
        old = fields.Datetime.now() - timedelta(days=20)
        cls.stale.sudo()._write_past_gates(
            {"deal_last_touch": old, "deal_stage_date": old, "deal_deadline": old}
        )
        cls.stale.sudo().activity_ids.date_deadline = old.date()

    def figures(self, user=None):
        return self.env["deal.cockpit"].with_user(user or self.head).figures()

    def test_totals(self):
        totals = self.figures()["totals"]
        self.assertEqual(
            {name: totals[name] for name in ("open", "untouched", "late", "reviews")},
            {"open": 2, "untouched": 1, "late": 1, "reviews": 1},
        )

    def test_work_makes_a_deal_touched(self):
        self.stale.message_post(body="Called", message_type="comment")
        self.assertEqual(self.figures()["totals"]["untouched"], 0)

    def test_customers_mail_does_not(self):
        self.stale.sudo().message_post(
            body="Hello?", message_type="email", author_id=self.stale.partner_id.id
        )
        self.assertEqual(self.figures()["totals"]["untouched"], 1)

    def test_ageing_and_funnels(self):
        figures = self.figures()
        stages = {stage["code"]: stage for stage in figures["stages"]}
        self.assertEqual((stages["production"]["age"], stages["production"]["oldest"]), (20, 20))
        (row,) = figures["departments"]
        self.assertEqual((row["name"], row["counts"], row["refused"]), ("Pumps", [1, 1], 1))
        self.assertEqual([row["name"] for row in figures["sellers"]], [self.seller.name])

    def test_late_tasks_and_hard_cases(self):
        figures = self.figures()
        self.assertEqual(
            [(row["id"], row["count"], row["days"]) for row in figures["tasks"]],
            [(self.seller.id, 1, 20)],
        )
        self.assertEqual([row["id"] for row in figures["hard"]], [self.stale.id])

    def test_rival_sees_nothing_and_a_seller_his_own(self):
        self.assertEqual(self.figures(self.rival)["totals"]["open"], 0)
        self.assertEqual(self.figures(self.colleague)["totals"]["open"], 0)
        self.assertEqual(self.figures(self.seller)["totals"]["open"], 2)
