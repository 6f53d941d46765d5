"""What heads count."""

from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.miko_telephony.tests.common import TelephonyCase

DAY = timedelta(days=1)


@tagged("post_install", "-at_install")
class TestReport(TelephonyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Report = cls.env["miko.call.report"]

    def count(self, user, *measures, **where):
        domain = [(name, "=", value) for name, value in where.items()]
        Report = self.Report.with_user(user)
        return Report._read_group(domain, [], [f"{name}:sum" for name in measures])[0]

    def test_answered_missed_and_reached_back(self):
        self.replay("in_answered")
        missed = self.replay("in_abandoned")
        self.replay("out_answered")
        self.replay("internal_call")
        self.follow_up()
        missed._finish_callback("done", missed)
        self.env.flush_all()
        counted = self.count(self.head_a, "calls", "answered", "missed", "reached_back")
        self.assertEqual(counted, (3, 2, 1, 1))
        self.assertEqual(self.count(self.head_a, "calls", direction="inbound"), (2,))

    def test_one_call_back_reaches_a_caller_who_tried_twice(self):
        """There is one task for both calls; both callers, being one, have been spoken with."""
        for prefix in ("first-", "second-"):
            self.replay("in_abandoned", change=self.renamed("mikopbx-", prefix)).date -= DAY
        self.follow_up()
        self.assertEqual(self.count(self.head_a, "missed", "reached_back"), (2, 0))
        self.replay("out_answered", change=self.renamed("79035550022", "79161234567"))
        self.follow_up()
        self.env.flush_all()
        self.assertEqual(self.count(self.head_a, "missed", "reached_back"), (2, 2))

    def renamed(self, old, new):
        return lambda event: {
            key: value.replace(old, new) if isinstance(value, str) else value
            for key, value in event.items()
        }

    def test_hour_of_the_exchange(self):
        self.pbx_a.tz = "Asia/Tokyo"
        call = self.replay("in_answered")
        call.date = "2026-03-02 20:30:00"
        self.env.flush_all()
        row = self.Report.search([("id", "=", call.id)])
        self.assertEqual((row.hour, row.weekday), ("05", "2"))

    def test_load_by_colleague(self):
        self.replay("in_answered")
        self.replay("in_queue_answered")
        self.env.flush_all()
        groups = self.Report.with_user(self.head_a)._read_group([], ["user_id"], ["calls:sum"])
        self.assertEqual(dict(groups), {self.seller_a: 1, self.other_a: 1})

    def test_only_the_own_company_and_only_heads(self):
        self.replay("in_answered", self.pbx_b)
        self.env.flush_all()
        self.assertEqual(self.count(self.head_a, "calls"), (0,))
        self.assertEqual(self.count(self.head_b, "calls"), (1,))
        with self.assertRaises(AccessError):
            self.count(self.seller_a, "calls")
