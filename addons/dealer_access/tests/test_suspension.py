from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import DealerAccessCase


@tagged("post_install", "-at_install")
class TestSuspension(DealerAccessCase):
    def test_suspension_closes_exactly_the_open_logins_and_resume_reopens_them(self):
        closed_before = self._create_staff_user(
            self.dealer_a, "role_salesperson", "t_closed_before"
        )
        closed_before.action_archive()
        self.dealer_a.action_suspend("Unpaid")
        self.assertFalse((self.principal_a | self.seller_a).filtered("active"))
        self.assertEqual(self.dealer_a.suspended_user_ids, self.principal_a | self.seller_a)
        self.assertTrue(self.seller_b.active, "a rival works on")
        self.dealer_a.action_resume()
        self.assertTrue(self.principal_a.active)
        self.assertTrue(self.seller_a.active)
        self.assertFalse(closed_before.active, "what was closed before stays closed")
        self.assertFalse(self.dealer_a.suspended_user_ids)

    def test_tasks_outlive_a_suspension(self):
        task = self.dealer_a.activity_schedule(
            "mail.mail_activity_data_todo", summary="Order a pump", user_id=self.seller_a.id
        )
        self.dealer_a.action_suspend("Unpaid")
        self.dealer_a.action_resume()
        self.assertEqual(task.exists().user_id, self.seller_a)

    def test_suspended_users_have_no_session_and_no_key(self):
        sid = "s" * 84
        before = self.seller_a._compute_session_token(sid)
        secret = (
            self.env["res.users.apikeys"]
            .with_user(self.seller_a)
            .sudo()
            ._generate(None, "script", None)
        )
        keys = self.env["res.users.apikeys"]
        self.assertEqual(keys._check_credentials(scope="rpc", key=secret), self.seller_a.id)
        self.dealer_a.action_suspend("Unpaid")
        self.env.flush_all()
        self.assertNotEqual(self.seller_a._compute_session_token(sid), before)
        self.assertFalse(keys._check_credentials(scope="rpc", key=secret))
        self.dealer_a.action_resume()
        self.env.flush_all()
        self.assertEqual(self.seller_a._compute_session_token(sid), before)
        self.assertEqual(keys._check_credentials(scope="rpc", key=secret), self.seller_a.id)

    def test_user_of_two_dealers_keeps_working_for_the_other(self):
        self._create_staff(self.subdealer_a, "role_salesperson", "two jobs", user=self.seller_a)
        self.dealer_a.action_suspend("Unpaid")
        self.assertTrue(self.seller_a.active)
        self.assertFalse(self.principal_a.active)

    def _work_for_both(self):
        """Let the salesperson of A work for B, too."""
        job = self._staff_of(self.seller_a)
        job.copy({"dealer_id": self.dealer_b.id, "user_id": self.seller_a.id})
        self.seller_a._sync_dealer_access()
        self.assertEqual(self.seller_a.company_ids, self.company_a | self.company_b)

    def test_user_of_two_dealers_loses_the_suspended_one_until_it_resumes(self):
        self._work_for_both()
        self.dealer_a.action_suspend("Unpaid")
        self.assertEqual(self.seller_a.company_ids, self.company_b)
        self.env["dealer.staff"]._cron_sync_access()
        self.assertEqual(self.seller_a.company_ids, self.company_b)
        self.dealer_a.action_resume()
        self.assertEqual(self.seller_a.company_ids, self.company_a | self.company_b)

    def test_first_job_at_a_suspended_dealer_shuts_nobody_out_of_the_other(self):
        self._work_for_both()
        self.assertEqual(self.seller_a.dealer_id, self.dealer_a)
        self.dealer_a.action_suspend("Unpaid")
        self.assertFalse(self.seller_a._is_shut_out())
        self.dealer_b.action_suspend("Unpaid")
        self.assertTrue(self.seller_a._is_shut_out())
        self.assertFalse(self.seller_a.active)
        self.dealer_a.action_resume()
        self.assertTrue(self.seller_a.active)
        self.assertEqual(self.seller_a.company_ids, self.company_a)

    def test_dealer_without_a_company_is_closed_by_the_cron_too(self):
        user = self._create_staff_user(self.subdealer_a, "role_salesperson", "t_light")
        permission = self.env["dealer.state.permission"].search(
            [("state", "=", "active"), ("permission", "=", "sign_in")]
        )
        permission.allowed = False
        self.env["dealer.staff"]._cron_sync_access()
        self.assertFalse(user.active)

    def test_who_left_meanwhile_is_not_reopened(self):
        self.dealer_a.action_suspend("Unpaid")
        job = self._staff_of(self.seller_a)
        job._leave(job.date_start, now=True)
        self.dealer_a.action_resume()
        self.assertFalse(self.seller_a.active)
        self.assertTrue(self.principal_a.active)

    def test_no_task_follows_who_left_meanwhile(self):
        """Nobody takes it over, and the next dealer he works for is not to read it."""
        task = self.dealer_a.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.principal_a.id
        )
        self.dealer_a.action_suspend("Unpaid")
        job = self._staff_of(self.principal_a)
        job._leave(job.date_start, now=True)
        self.assertFalse(task.exists())

    def test_api_user_is_suspended_with_the_dealer(self):
        _key, secret = self._issue_key()
        keys = self.env["res.users.apikeys"]
        self.assertEqual(keys._check_credentials(scope="rpc", key=secret), self.api_user.id)
        self.connected.action_suspend("Unpaid")
        self.env.flush_all()
        self.assertFalse(self.api_user.active)
        self.assertFalse(keys._check_credentials(scope="rpc", key=secret))
        self.connected.action_resume()
        self.env.flush_all()
        self.assertEqual(keys._check_credentials(scope="rpc", key=secret), self.api_user.id)

    def test_termination_archives_and_removes_keys(self):
        key, secret = self._issue_key()
        self.env["res.users.apikeys"].with_user(self.seller_a).sudo()._generate(None, "x", None)
        (self.connected | self.dealer_a).action_terminate("Closed")
        self.assertFalse((self.api_user | self.seller_a | self.principal_a).filtered("active"))
        self.assertEqual(key.state, "revoked")
        self.assertFalse(
            self.env["res.users.apikeys"].search(
                [("user_id", "in", (self.api_user | self.seller_a).ids)]
            )
        )
        self.assertFalse(self.env["res.users.apikeys"]._check_credentials(scope="rpc", key=secret))

    def test_suspended_then_terminated_is_never_reopened(self):
        self.dealer_a.action_suspend("Unpaid")
        self.dealer_a.action_terminate("Closed")
        self.dealer_a.action_candidate()
        self.dealer_a.action_activate()
        self.assertFalse(self.seller_a.active)

    def test_permission_to_sign_in_decides(self):
        permission = self.env["dealer.state.permission"].search(
            [("state", "=", "active"), ("permission", "=", "sign_in")]
        )
        permission.allowed = False
        self.env["dealer.staff"]._cron_sync_access()
        self.assertFalse(self.seller_a.active)
        permission.allowed = True
        self.env["dealer.staff"]._cron_sync_access()
        self.assertTrue(self.seller_a.active)

    def test_no_login_is_given_while_suspended(self):
        self.dealer_a.action_suspend("Unpaid")
        with self.assertRaisesRegex(UserError, "nobody signs in"):
            self._staff_of(self.seller_a).with_user(self.oem_manager).action_grant_access()

    def test_closed_users_get_a_message_that_makes_their_sockets_check(self):
        self.env["bus.bus"].search([]).unlink()
        self.dealer_a.action_suspend("Unpaid")
        self.env.cr.flush()
        channels = (
            self.env["bus.bus"]
            .search(
                [
                    ("message", "like", "dealer_access.signed_out"),
                ]
            )
            .mapped("channel")
        )
        for user in self.principal_a | self.seller_a:
            self.assertTrue(any(f'"res.partner",{user.partner_id.id}]' in c for c in channels))

    def test_suspension_is_in_batch(self):
        dealers = self.dealer_a | self.dealer_b
        with self.assertQueryCount(160):
            dealers.action_suspend("Strike")
            self.env.flush_all()
