from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.queue_job.tests.common import trap_jobs

from .common_provisioning import ProvisioningCase


@tagged("post_install", "-at_install")
class TestAccessOfPeople(ProvisioningCase):
    def test_grant_twice_is_one_login(self):
        users = (self.principal_line | self.seller_line)._grant_access()
        again = (self.principal_line | self.seller_line)._grant_access()
        self.assertEqual(users, again)
        self.assertEqual(len(users), 2)

    def test_two_roles_of_one_person_are_one_login_with_both(self):
        self.dealer._provision_company()
        line = self.seller_line.copy(
            {"role_id": self.env.ref("dealer_network.role_warehouse_worker").id}
        )
        users = (self.seller_line | line)._grant_access()
        self.assertEqual(len(users), 1)
        self.assertEqual(
            users.role_line_ids.role_id,
            self.env.ref("dealer_tenant.user_role_salesperson")
            | self.env.ref("dealer_tenant.user_role_warehouse_worker"),
        )
        line._revoke_access()
        self.assertTrue(users.active)
        self.assertEqual(
            users.role_line_ids.role_id, self.env.ref("dealer_tenant.user_role_salesperson")
        )

    def test_last_job_revoked_archives_the_login_and_return_restores_it(self):
        user = self.seller_line._grant_access()
        self.assertEqual(self.seller_line._revoke_access(), user)
        self.assertFalse(user.active)
        self.assertEqual(self.seller_line._grant_access(), user)
        self.assertTrue(user.active)
        self.assertTrue(user.has_group("dealer_network.group_dealer_user"))

    def test_login_closed_on_purpose_stays_closed(self):
        user = self.seller_line._grant_access()
        self.seller_line.access_closed = True
        self.seller_line._revoke_access()
        self._provision(self.dealer)
        self.assertFalse(user.active)
        self.assertTrue(self.principal_line.user_id.active)

    def _follow(self, user):
        """Let a user follow a customer of the dealer, the dealer, and contacts of the OEM.

        :return: the contacts of the OEM
        """
        customer, contact, shared = self.env["res.partner"].create(
            [
                {"name": "Customer", "company_id": self.dealer.company_id.id},
                {"name": "Contact of the OEM", "company_id": self.oem_company.id},
                {"name": "Contact of nobody"},
            ]
        )
        for record in (customer, contact, shared, self.dealer):
            record.message_subscribe(user.partner_id.ids)
        return contact | shared

    def _followed(self, user):
        rows = self.env["mail.followers"].search(
            [
                ("partner_id", "=", user.partner_id.id),
                ("res_model", "in", ("res.partner", "dealer.dealer")),
            ]
        )
        return {(row.res_model, row.res_id) for row in rows}

    def test_who_leaves_follows_nothing_of_the_dealer(self):
        self._provision(self.dealer)
        user = self.seller_line.user_id
        kept = self._follow(user)
        self.assertEqual(len(self._followed(user)), 4)
        self.seller_line._revoke_access()
        self.assertEqual(self._followed(user), {("res.partner", record.id) for record in kept})

    def test_who_goes_on_in_another_role_follows_on(self):
        line = self.seller_line.copy(
            {"role_id": self.env.ref("dealer_network.role_warehouse_worker").id}
        )
        self._provision(self.dealer)
        self._follow(line.user_id)
        self.seller_line._revoke_access()
        self.assertEqual(len(self._followed(line.user_id)), 4)

    def test_person_moving_keeps_the_login_and_changes_the_tenant(self):
        self._provision(self.dealer)
        other = self._create_dealer("T-Q1", "New employer", "type_dealer")
        self._provision(other)
        user = self.seller_line.user_id
        job = self.env["dealer.staff"].create(
            {
                "person_id": self.seller_line.person_id.id,
                "dealer_id": other.id,
                "role_id": self.seller_line.role_id.id,
            }
        )
        self.seller_line._revoke_access()
        job._grant_access()
        self.seller_line._revoke_access()
        self.assertEqual(job.user_id, user)
        self.assertTrue(user.active)
        self.assertEqual(user.company_ids, other.company_id)
        self.assertEqual(user.company_id, other.company_id)

    def test_address_of_an_oem_user_is_never_taken_over(self):
        self.seller_line.person_id.email = "Boss@OEM.example"
        boss = new_test_user(self.env, "boss@oem.example")
        with self.assertRaisesRegex(UserError, "boss@oem.example"):
            self.seller_line._grant_access()
        self.assertEqual(boss.company_ids, self.oem_company)
        self.assertFalse(self.seller_line.user_id)

    def test_two_people_with_one_address_are_refused(self):
        self.principal_line.person_id.email = self.seller_line.person_id.email
        with self.assertRaisesRegex(UserError, "Paula Prime"):
            (self.principal_line | self.seller_line)._grant_access()

    def test_invitation_goes_to_new_logins_only(self):
        mails = self.env["mail.mail"].sudo()
        before = mails.search([])
        users = self.principal_line._grant_access()
        sent = mails.search([]) - before
        self.assertEqual(len(sent), 1)
        self.assertIn(users.partner_id, sent.recipient_ids)
        self.assertEqual(users.partner_id.sudo().signup_type, "signup")
        self.principal_line._grant_access()
        self.assertEqual(mails.search([]) - before, sent)

    def test_nobody_is_invited_when_not_wanted(self):
        self.dealer.provision_invite = False
        before = self.env["mail.mail"].sudo().search_count([])
        self._provision(self.dealer)
        self.assertEqual(self.env["mail.mail"].sudo().search_count([]), before)
        imported = self.env["dealer.dealer"].with_context(import_file=True).new({})
        self.assertFalse(imported.provision_invite)

    def test_administrator_sends_invitation_later(self):
        self.dealer.provision_invite = False
        self._provision(self.dealer)
        before = self.env["mail.mail"].sudo().search_count([])
        self.principal_line.with_user(self.oem_admin).action_invite()
        self.assertEqual(self.env["mail.mail"].sudo().search_count([]), before + 1)


@tagged("post_install", "-at_install")
class TestModes(ProvisioningCase):
    def _change(self, mode):
        wizard = (
            self.env["dealer.mode.change"]
            .with_user(self.oem_admin)
            .create({"dealer_id": self.dealer.id, "mode": mode})
        )
        self.assertTrue(wizard.consequence)
        with trap_jobs() as trap:
            wizard.action_apply()
            self._run(trap)
        self.assertEqual(self.dealer.provisioning_state, "done", self.dealer.provisioning_message)

    def test_light_becomes_full(self):
        self.dealer.mode = "light"
        self._provision(self.dealer)
        self._change("full")
        user = self.seller_line.user_id
        self.assertEqual(user.company_ids, self.dealer.company_id)
        self.assertEqual(
            user.role_line_ids.role_id, self.env.ref("dealer_tenant.user_role_salesperson")
        )

    def test_full_becomes_light_and_full_again_in_the_same_company(self):
        self._provision(self.dealer)
        company, user = self.dealer.company_id, self.seller_line.user_id
        self._change("light")
        self.assertFalse(company.active)
        self.assertFalse(self.dealer.company_id)
        self.assertEqual(user.company_ids, self.env.ref("dealer_tenant.company_lobby"))
        self._change("full")
        self.assertTrue(company.active)
        self.assertEqual(self.dealer.company_id, company)
        self.assertEqual(user.company_ids, company)

    def test_full_becomes_connected_and_light(self):
        self._provision(self.dealer)
        user = self.seller_line.user_id
        self._change("connected")
        api_user = self.dealer.api_user_id
        self.assertTrue(api_user.active)
        self.assertFalse(user.active)
        self._change("light")
        self.assertFalse(api_user.active)
        self.assertTrue(user.active)

    def test_tenant_with_open_documents_cannot_be_left(self):
        self._provision(self.dealer)
        company = self.dealer.company_id
        domains = {"resource.calendar": []}
        if "resource.calendar" not in self.env:
            domains = {"res.partner": []}
            self.env["res.partner"].create({"name": "Open", "company_id": company.id})
        cls = type(self.env["dealer.dealer"])
        self.patch(cls, "_open_document_domains", lambda self: domains)
        with self.assertRaisesRegex(UserError, "Provisioned Pumps"):
            self._change("light")
        self.assertEqual(self.dealer.mode, "full")
        self.assertTrue(company.active)

    def test_termination_archives_company_and_logins(self):
        self._provision(self.dealer)
        company, user = self.dealer.company_id, self.seller_line.user_id
        self.dealer.action_terminate("closed down")
        self.assertFalse(company.active)
        self.assertFalse(user.active)
        self.assertEqual(self.dealer.company_id, company, "the history keeps its company")

    def test_termination_after_the_last_day_closes_logins_of_ended_jobs(self):
        self._provision(self.dealer)
        lines = self.principal_line | self.seller_line
        yesterday = fields.Date.subtract(fields.Date.today(), days=1)
        lines.write({"date_start": yesterday, "date_end": yesterday})
        self.assertEqual(set(lines.mapped("state")), {"past"})
        self.dealer.action_terminate("closed down")
        self.assertFalse(self.dealer.company_id.active)
        self.assertFalse(lines.user_id.filtered("active"))

    def test_dealer_taken_up_again_finds_its_company(self):
        self._provision(self.dealer)
        company, user = self.dealer.company_id, self.seller_line.user_id
        self.dealer.action_terminate("closed down")
        self.dealer.action_candidate()
        self._provision(self.dealer)
        self.assertTrue(company.active)
        self.assertEqual(self.dealer.company_id, company)
        self.assertTrue(user.active)
