from datetime import date, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.mail.tests.common import mail_new_test_user

from .common import DealerAccessCase


@tagged("post_install", "-at_install")
class TestLife(DealerAccessCase):
    def _hire(self, user, dealer, email="new@a.example", **vals):
        wizard = (
            self.env["dealer.staff.hire"]
            .with_user(user)
            .create(
                {
                    "dealer_id": dealer.id,
                    "name": "New Person",
                    "email": email,
                    "role_id": self.env.ref("dealer_network.role_salesperson").id,
                    **vals,
                }
            )
        )
        wizard.action_hire()  # what it opens is another add-on's to choose
        return self.env["dealer.staff"].search(
            [("person_id.email", "=", email), ("dealer_id", "=", dealer.id)],
            order="id desc",
            limit=1,
        )

    def test_principal_hires_for_own_dealer(self):
        staff = self._hire(self.principal_a, self.dealer_a)
        self.assertEqual(staff.dealer_id, self.dealer_a)
        self.assertEqual(staff.state, "current")
        self.assertEqual(staff.user_id.login, "new@a.example")
        self.assertEqual(staff.user_id.company_id, self.company_a)
        self.assertEqual(staff.user_id.dealer_id, self.dealer_a)
        self.assertTrue(staff.user_id.has_group("dealer_network.group_dealer_user"))
        self.assertFalse(staff.user_id.has_group("dealer_network.group_network_user"))
        event = self._events("hired", user_id=staff.user_id) or self._events(
            "hired", dealer_id=self.dealer_a
        )
        self.assertEqual(event.actor_id, self.principal_a)

    def test_principal_cannot_hire_for_a_rival(self):
        with self.assertRaises(AccessError):
            self._hire(self.principal_a, self.dealer_b, email="spy@b.example")
        self.assertFalse(self.env["res.users"].search([("login", "=", "spy@b.example")]))

    def test_salesperson_hires_nobody(self):
        with self.assertRaises(AccessError):
            self._hire(self.seller_a, self.dealer_a)

    def test_oem_manager_hires_anywhere(self):
        staff = self._hire(self.oem_manager, self.dealer_b, email="new@b.example")
        self.assertEqual(staff.user_id.company_id, self.company_b)

    def test_hired_for_later_gets_the_login_on_the_first_day(self):
        start = fields.Date.today() + timedelta(days=3)
        staff = self._hire(self.principal_a, self.dealer_a, date_start=start)
        self.assertTrue(staff.access_pending)
        self.assertFalse(staff.user_id)
        with freeze_time(start + timedelta(days=1)):
            self.env["dealer.staff"]._cron_sync_access()
        self.assertTrue(staff.user_id.active)
        self.assertFalse(staff.access_pending)

    def test_person_at_work_elsewhere_is_refused_without_a_name(self):
        with self.assertRaisesRegex(UserError, "in use in the network") as error:
            self._hire(self.principal_a, self.dealer_a, email=self.seller_b.email)
        self.assertNotIn(self.dealer_b.name, str(error.exception))

    def test_former_colleague_of_a_rival_stays_one_person(self):
        job = self._staff_of(self.seller_b)
        job._leave(
            fields.Date.today() - timedelta(days=1)
            if job.date_start < fields.Date.today()
            else fields.Date.today(),
            now=True,
        )
        job.sudo().date_start = fields.Date.today() - timedelta(days=9)
        job.sudo().date_end = fields.Date.today() - timedelta(days=1)
        self.assertFalse(self.seller_b.active)
        staff = self._hire(self.principal_a, self.dealer_a, email=self.seller_b.email)
        self.assertEqual(staff.person_id, job.person_id)
        self.assertEqual(staff.user_id, self.seller_b)
        self.assertTrue(self.seller_b.active)
        self.assertEqual(self.seller_b.company_ids, self.company_a)
        self.assertEqual(self.seller_b.dealer_scope_ids, self.dealer_a)

    def test_address_without_form_is_refused(self):
        with self.assertRaisesRegex(UserError, "no e-mail address"):
            self._hire(self.principal_a, self.dealer_a, email="nobody")

    # ---------------------------------------------------------------- leaving
    def _leave(self, user, staff, **vals):
        return (
            self.env["dealer.staff.leave"]
            .with_user(user)
            .create({"staff_id": staff.id, **vals})
            .action_leave()
        )

    def test_leaver_keeps_the_login_until_the_last_day_is_over(self):
        staff = self._staff_of(self.seller_a)
        self._leave(self.principal_a, staff)
        self.assertTrue(self.seller_a.active)
        with freeze_time(date.today() + timedelta(days=1)):
            self.env["dealer.staff"]._cron_sync_access()
        self.assertFalse(self.seller_a.active)
        self.assertEqual(staff.state, "past")
        self.assertEqual(self.seller_b.active, True)

    def test_login_can_be_closed_at_once(self):
        staff = self._staff_of(self.seller_a)
        self._leave(self.principal_a, staff, end_now=True)
        self.assertFalse(self.seller_a.active)
        self.assertTrue(self._events("left", user_id=self.seller_a))
        self.assertTrue(self._events("user_archived", user_id=self.seller_a))

    def test_history_stays(self):
        staff = self._staff_of(self.seller_a)
        self._leave(self.principal_a, staff, end_now=True)
        self.assertEqual(staff.person_id.staff_ids, staff)
        self.assertEqual(staff.user_id, self.seller_a)
        with self.assertRaises(AccessError):
            staff.with_user(self.oem_admin).unlink()

    def test_rival_cannot_end_a_job(self):
        staff = self._staff_of(self.seller_b)
        with self.assertRaises(AccessError):
            staff.with_user(self.principal_a).action_end_access()
        with self.assertRaises(AccessError):
            self._leave(self.principal_a, staff)
        self.assertTrue(self.seller_b.active)

    def test_open_work_goes_to_the_principal(self):
        activity = self.env["mail.activity"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id("dealer.dealer"),
                "res_id": self.dealer_a.id,
                "user_id": self.seller_a.id,
                "summary": "Call back",
            }
        )
        customer = self.env["res.partner"].create(
            {
                "name": "Customer",
                "company_id": self.company_a.id,
                "user_id": self.seller_a.id,
            }
        )
        elsewhere = self.env["res.partner"].create(
            {
                "name": "Customer of B",
                "company_id": self.company_b.id,
                "user_id": self.seller_a.id,
            }
        )
        staff = self._staff_of(self.seller_a)
        wizard = (
            self.env["dealer.staff.leave"]
            .with_user(self.principal_a)
            .create({"staff_id": staff.id, "end_now": True})
        )
        self.assertEqual(wizard.successor_id, self._staff_of(self.principal_a))
        self.assertIn("1", wizard.open_work)
        wizard.action_leave()
        self.assertEqual(activity.user_id, self.principal_a)
        self.assertEqual(customer.user_id, self.principal_a)
        self.assertEqual(elsewhere.user_id, self.seller_a, "another company's records stay")
        self.assertIn("1 ×", self._events("handed_over", user_id=self.seller_a).detail)

    def test_handover_costs_one_write_per_kind(self):
        self.env["res.partner"].create(
            [
                {"name": f"C{i}", "company_id": self.company_a.id, "user_id": self.seller_a.id}
                for i in range(3)
            ]
        )
        self.env.flush_all()
        handover = self.env["dealer.access.handover"]
        with self.assertQueryCount(60):
            handover._hand_over(self.seller_a, self.dealer_a, self.principal_a)
            self.env.flush_all()
        few = self.env.cr.sql_log_count
        self.env["res.partner"].create(
            [
                {"name": f"D{i}", "company_id": self.company_a.id, "user_id": self.principal_a.id}
                for i in range(60)
            ]
        )
        self.env.flush_all()
        self.assertTrue(few)
        with self.assertQueryCount(60):
            handover._hand_over(self.principal_a, self.dealer_a, self.seller_a)
            self.env.flush_all()

    def test_what_is_not_listed_stays(self):
        self.env["dealer.access.handover"].search([("model", "=", "res.partner")]).active = False
        customer = self.env["res.partner"].create(
            {
                "name": "Customer",
                "company_id": self.company_a.id,
                "user_id": self.seller_a.id,
            }
        )
        self._staff_of(self.seller_a)._leave(fields.Date.today(), now=True)
        self.assertEqual(customer.user_id, self.seller_a)

    def test_wrong_rows_are_refused(self):
        with self.assertRaises(ValidationError):
            self.env["dealer.access.handover"].create(
                {"model": "res.partner", "user_field": "name"}
            )
        with self.assertRaises(ValidationError):
            self.env["dealer.access.handover"].create(
                {
                    "model": "res.company",
                    "user_field": "user_ids",
                    "domain": "[('nothing', '=', 1)]",
                }
            )

    # ----------------------------------------------------------------- moving
    def test_move_ends_here_and_begins_there(self):
        staff = self._staff_of(self.seller_a)
        staff.date_start = fields.Date.today() - timedelta(days=30)
        wizard = (
            self.env["dealer.staff.move"]
            .with_user(self.oem_manager)
            .create({"staff_id": staff.id, "dealer_id": self.dealer_b.id})
        )
        begun = self.env["dealer.staff"].browse(wizard.action_move()["res_id"])
        self.assertEqual(staff.state, "past")
        self.assertEqual(begun.state, "current")
        self.assertEqual(begun.person_id, staff.person_id)
        self.assertEqual(begun.user_id, self.seller_a)
        self.assertTrue(self.seller_a.active)
        self.assertEqual(self.seller_a.company_ids, self.company_b)
        self.assertEqual(self.seller_a.dealer_id, self.dealer_b)
        self.assertEqual(self.seller_a.dealer_scope_ids, self.dealer_b)
        readable = self.env["dealer.dealer"].with_user(self.seller_a).search([])
        self.assertEqual(readable, self.dealer_b)

    def test_principal_moves_nobody(self):
        with self.assertRaises(AccessError):
            self.env["dealer.staff.move"].with_user(self.principal_a).create(
                {
                    "staff_id": self._staff_of(self.seller_a).id,
                    "dealer_id": self.dealer_b.id,
                }
            )

    def test_who_moves_on_the_first_day_leaves_the_dealer_behind(self):
        """The job cannot end before it began: until tomorrow both are of today."""
        staff = self._staff_of(self.seller_a)
        staff._move_to(self.dealer_b, staff.role_id)
        self.assertEqual(staff.state, "current")
        for day in (date.today(), date.today() + timedelta(days=1)):
            with freeze_time(day):
                self.env["dealer.staff"]._cron_sync_access()
            self.assertTrue(self.seller_a.active)
            self.assertEqual(self.seller_a.company_ids, self.company_b)
            self.assertEqual(self.seller_a.dealer_id, self.dealer_b)

    def _second_job(self, user, dealer, role="role_salesperson"):
        first = self._staff_of(user)
        job = first.create(
            {
                "person_id": first.person_id.id,
                "dealer_id": dealer.id,
                "role_id": self.env.ref(f"dealer_network.{role}").id,
                "user_id": user.id,
            }
        )
        user._sync_dealer_access()
        return job

    def _customer(self, company, user):
        return self.env["res.partner"].create(
            {"name": "Customer", "company_id": company.id, "user_id": user.id}
        )

    def test_ended_job_closes_although_another_one_goes_on(self):
        job = self._staff_of(self.seller_a)
        self._second_job(self.seller_a, self.dealer_b)
        self.assertEqual(self.seller_a.company_ids, self.company_a | self.company_b)
        mine, others = (
            self._customer(company, self.seller_a) for company in (self.company_a, self.company_b)
        )
        yesterday = date.today() - timedelta(days=1)
        job.write({"date_start": yesterday, "date_end": yesterday})
        self.env["dealer.staff"]._cron_sync_access()
        self.assertTrue(self.seller_a.active)
        self.assertEqual(self.seller_a.company_ids, self.company_b)
        self.assertEqual((mine.user_id, others.user_id), (self.principal_a, self.seller_a))
        self.assertNotIn(job, self.env["dealer.staff"]._overdue(), "seen to once")

    def test_dealer_without_a_company_takes_over_nothing_of_another(self):
        self._create_staff_user(
            self.subdealer_a,
            "role_principal",
            "t_principal_a1",
            "dealer_network.group_dealer_manager",
        )
        job = self._second_job(self.seller_b, self.subdealer_a)
        customer = self._customer(self.company_b, self.seller_b)
        here, there = (
            dealer.activity_schedule("mail.mail_activity_data_todo", user_id=self.seller_b.id)
            for dealer in (self.subdealer_a, self.dealer_b)
        )
        job._leave(fields.Date.today(), now=True)
        self.assertEqual((customer.user_id, there.user_id), (self.seller_b, self.seller_b))
        self.assertEqual(here.user_id.login, "t_principal_a1")

    def test_who_goes_on_in_another_role_keeps_the_work(self):
        job = self._second_job(self.seller_a, self.dealer_a, "role_head_of_sales")
        customer = self._customer(self.company_a, self.seller_a)
        self.assertFalse(self.env["dealer.staff.leave"].create({"staff_id": job.id}).open_work)
        job._leave(fields.Date.today(), now=True)
        self.assertEqual(customer.user_id, self.seller_a)
        self.assertEqual(self.seller_a.company_ids, self.company_a)

    # --------------------------------------------------------------- on purpose
    def _check_closed_until_given_back(self):
        self.assertFalse(self.seller_a.active)
        self.dealer_a._provision()
        self.assertFalse(self.seller_a.active, "provisioning looks over what is there")
        self._staff_of(self.seller_a).with_user(self.oem_manager).action_grant_access()
        self.assertTrue(self.seller_a.active)
        self.dealer_a._provision()
        self.assertTrue(self.seller_a.active)

    def test_login_closed_before_the_last_day_stays_closed(self):
        last_day = fields.Date.today() + timedelta(days=20)
        self._staff_of(self.seller_a)._leave(last_day, now=True)
        self._check_closed_until_given_back()

    def test_login_closed_by_an_administrator_stays_closed(self):
        administrator = mail_new_test_user(
            self.env,
            login="t_administrator",
            groups="base.group_user,base.group_erp_manager",
            company_id=self.oem_company.id,
            company_ids=[Command.set((self.oem_company | self.company_a).ids)],
        )
        self.seller_a.with_user(administrator).with_company(self.company_a).action_archive()
        self._check_closed_until_given_back()

    def test_second_job_keeps_the_login(self):
        second = self._create_staff(
            self.subdealer_a, "role_salesperson", "second", user=self.seller_a
        )
        self._staff_of(self.seller_a).filtered(lambda s: s != second)._leave(
            fields.Date.today(), now=True
        )
        self.assertTrue(self.seller_a.active)
