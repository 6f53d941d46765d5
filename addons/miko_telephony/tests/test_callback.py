"""A missed call is somebody's task until somebody has spoken with the caller."""

from datetime import timedelta

from odoo.tests import tagged

from .common import TelephonyCase


def other(prefix):
    return lambda event: {
        key: value.replace("mikopbx-", prefix) if isinstance(value, str) else value
        for key, value in event.items()
    }


@tagged("post_install", "-at_install")
class TestCallback(TelephonyCase):
    def missed(self, change=None):
        call = self.replay("in_abandoned", change=change)
        self.follow_up()
        return call

    def outbound(self, stream, number="79161234567"):
        call = self.dialled(stream, number)
        # recorded before the missed one
        call.date += timedelta(days=1)
        call.answer_date = call.answer_date and call.answer_date + timedelta(days=1)
        self.follow_up()
        return call

    def dialled(self, stream, number="79161234567"):
        return self.replay(
            stream,
            change=lambda event: {
                key: value.replace("79035550022", number).replace("mikopbx-", f"{stream}-")
                if isinstance(value, str)
                else value
                for key, value in event.items()
            },
        )

    def test_missed_call_is_a_task_with_deadline(self):
        call = self.missed()
        self.assertEqual((call.outcome, call.callback_state), ("missed", "due"))
        self.assertEqual(call.callback_user_id, self.head_a, "nobody else: the head of the channel")
        self.assertGreater(call.callback_deadline, call.end_date)
        self.assertEqual(call.activity_ids.user_id, self.head_a)
        self.assertEqual(call.inquiry_id.call_answered, False)

    def test_duty_before_head(self):
        self.line_a.duty_user_id = self.other_a
        self.assertEqual(self.missed().callback_user_id, self.other_a)

    def test_responsible_before_duty(self):
        self.line_a.duty_user_id = self.other_a
        self.env["res.partner"].create(
            {
                "name": "Dairy",
                "phone": "+79161234567",
                "company_id": self.dealer_a.id,
                "user_id": self.seller_a.id,
            }
        )
        self.assertEqual(self.missed().callback_user_id, self.seller_a)

    def test_call_back_closes_the_task(self):
        call = self.missed()
        back = self.outbound("out_answered")
        self.assertEqual((call.callback_state, call.callback_call_id), ("done", back))
        self.assertFalse(call.activity_ids)
        self.assertTrue(call.inquiry_id.response_date)

    def test_attempt_that_reached_nobody_is_counted(self):
        call = self.missed()
        self.outbound("out_noanswer")
        self.assertEqual((call.callback_state, call.callback_attempts), ("due", 1))

    def test_missed_call_that_becomes_known_late_is_no_task(self):
        """Caught up from the history after somebody has spoken with the caller."""
        back = self.outbound("out_answered")
        call = self.missed()
        self.assertFalse(call.callback_state or call.activity_ids)
        self.assertEqual(call.inquiry_id.response_date, back.answer_date)

    def test_call_that_crosses_the_call_back(self):
        """The customer tries again while he is being dialled."""
        call, back = self.missed(), self.dialled("out_answered")
        back.write({"date": call.date - timedelta(seconds=5), "answer_date": call.end_date})
        self.follow_up()
        self.assertEqual((call.callback_state, call.callback_call_id), ("done", back))

    def test_call_to_somebody_else_closes_nothing(self):
        call = self.missed()
        self.outbound("out_answered", "79035550099")
        self.assertEqual(call.callback_state, "due")

    def test_caller_who_tries_again_gets_one_task(self):
        call = self.missed()
        again = self.missed(other("again-"))
        self.assertEqual((call.callback_calls, again.callback_state), (2, False))
        answered = self.replay("in_answered", change=other("third-"))
        answered.date += timedelta(days=1)
        self.follow_up()
        self.assertEqual((call.callback_state, call.callback_call_id), ("done", answered))

    def test_answer_that_comes_late_takes_the_task_back(self):
        call = self.missed()
        call.write({"outcome": "answered", "answer_date": call.date, "todo": True})
        self.follow_up()
        self.assertEqual(call.callback_state, "done")

    def test_no_task_where_the_line_wants_none(self):
        self.line_a.callback_hours = 0
        self.assertFalse(self.missed().callback_state)

    def test_dropped_by_a_person(self):
        call = self.missed()
        call.with_user(self.head_a).action_drop_callback()
        self.assertEqual(call.callback_state, "dropped")
        self.assertFalse(call.activity_ids)

    def test_late_ones_are_found(self):
        call = self.missed()
        call.callback_deadline = "2020-01-01 00:00:00"
        self.assertTrue(call.callback_late)
        self.assertIn(call, self.Call.search([("callback_late", "=", True)]))
        self.assertNotIn(call, self.Call.search([("callback_late", "=", False)]))

    def test_what_becomes_known_later_counts_nothing_twice(self):
        """The exchange's record of a call comes after its events: it is followed up once more."""
        call = self.missed()
        again = self.replay("in_abandoned", change=other("later-"))
        attempt = self.outbound("out_noanswer")
        for _time in range(2):
            (again | attempt).write({"todo": True})
            self.follow_up()
        self.assertEqual((call.callback_calls, call.callback_attempts), (2, 1))
