"""Two dealers: each works its deals by the shared process, and gets at nothing of the other's."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.dealer_tenant.tests.common import DealerTenantCase

KINDS = [
    "crm.lead",
    "deal.document",
    "deal.gate.override",
    "deal.need",
    "deal.process",
    "deal.process.stage",
    "deal.process.version",
    "deal.review",
]


@tagged("post_install", "-at_install")
class TestDealersDeal(DealerTenantCase):
    def test_every_kind_is_made_and_every_door_stays_shut(self):
        self.patch(self.env.registry["dealer.isolation.check"], "_kinds", lambda check: list(KINDS))
        check = self.env["dealer.isolation.check"].run(self.dealer_a, self.dealer_b)
        self.assertEqual(set(check.line_ids.mapped("verdict")), {"tight"})
        self.assertTrue(all(check.line_ids.mapped("owner_sees")))

    def test_provisioned_dealer_follows_the_shared_process(self):
        process = self.env.ref("deal_process.process_standard")
        own = process.copy({"name": "Own", "company_id": self.dealer_b.company_id.id})
        self.dealer_a.company_id.deal_process_id = False
        self.dealer_b.company_id.deal_process_id = own
        (self.dealer_a | self.dealer_b)._provision_deal_process()
        self.assertEqual(self.dealer_a.company_id.deal_process_id, process)
        self.assertEqual(self.dealer_b.company_id.deal_process_id, own)

    def test_gates_stand_at_a_dealers_door_and_let_the_ready_pass(self):
        self.dealer_a._provision_deal_process()
        self._grant(self.seller_a, "sales_team.group_sale_salesman")
        Lead = self._as(self.seller_a, "crm.lead")
        with self.assertRaises(UserError):
            Lead.create({"name": "Bare", "type": "opportunity"})
        self.customer_a.write(
            {
                "street": "1 rue",
                "city": "Nantes",
                "country_id": self.env.ref("base.fr").id,
                "customer_kind": "person",
            }
        )
        kind = self.env.ref("deal_process.need_kind_equipment")
        deal = Lead.create(
            {
                "name": "Ready",
                "type": "opportunity",
                "partner_id": self.customer_a.id,
                "need_ids": [(0, 0, {"kind_id": kind.id, "name": "A pump"})],
            }
        )
        self.assertEqual(deal.deal_stage_id.code, "selection")
        self.assertTrue(deal.next_step()["problems"])
        self.assertTrue(deal.dossier())
        self._grant(self.seller_b, "sales_team.group_sale_salesman_all_leads")
        self.assertFalse(self._sees(self.seller_b, deal))
        self.assertTrue(
            self._sees(self.seller_b, self.env.ref("deal_process.version_standard").stage_ids)
        )
