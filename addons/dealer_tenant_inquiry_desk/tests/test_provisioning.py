from odoo.tests import tagged

from .common import TwoDesksCase


@tagged("post_install", "-at_install")
class TestProvisioning(TwoDesksCase):
    def test_a_dealer_begins_with_a_desk(self):
        channels = self.env["crm.inquiry.channel"].search([("company_id", "=", self.company_a.id)])
        self.assertEqual(set(channels.mapped("kind")), {"mail", "visit", "api"})
        self.assertEqual(self.mailbox_a.alias_name, "desk-t-a")
        triage = self.env["crm.inquiry.triage"].search([("company_id", "=", self.company_a.id)])
        self.assertEqual(triage.user_id, self.principal_a)

    def test_provisioning_again_changes_nothing(self):
        def state():
            return [
                self.env[model].with_context(active_test=False).search([]).ids
                for model in ("crm.inquiry.channel", "crm.inquiry.triage", "mail.alias")
            ]

        before = state()
        self.mailbox_a.active = False
        (self.dealer_a | self.dealer_b)._provision_inquiry_desk()
        self.assertEqual(state(), before)

    def test_many_dealers_take_as_many_queries_as_few(self):
        def provision(count, start):
            companies = self.env["res.company"].create(
                [{"name": f"P{number}"} for number in range(start, start + count)]
            )
            dealers = self.env["dealer.dealer"]
            for number, company in enumerate(companies, start):
                dealers |= self._create_dealer(
                    f"T-Q{number}", f"Q{number}", "type_dealer", company_id=company.id
                )
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            dealers._provision_inquiry_desk()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        provision(1, 0)  # fills the caches
        few, many = provision(2, 10), provision(6, 20)
        self.assertLess((many - few) / 4, few / 2)

    def test_a_taken_address_does_not_stop_it(self):
        self.env["mail.alias"].create(
            {"alias_name": "desk-t-x", "alias_model_id": self.env["ir.model"]._get_id("crm.lead")}
        )
        company = self.env["res.company"].create({"name": "X"})
        dealer = self._create_dealer("T-X", "X", "type_dealer", company_id=company.id)
        dealer._provision_inquiry_desk()
        self.assertFalse(self._channel(company, "mail").alias_name)

    def test_roles_may_set_up_the_desk(self):
        manager = self.env.ref("inquiry_desk.group_inquiry_manager")
        for name, may in (("head_of_sales", True), ("principal", True), ("salesperson", False)):
            role = self.env.ref(f"dealer_tenant.user_role_{name}")
            self.assertEqual(manager in role.implied_ids, may, name)
