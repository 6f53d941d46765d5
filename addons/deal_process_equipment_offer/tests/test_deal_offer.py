"""From a deal's needs to the needs in the offer."""

from odoo import Command
from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestDealOffer(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = new_test_user(
            cls.env, "deal_offer_seller", "base.group_user,sales_team.group_sale_salesman"
        )
        cls.customer = cls.env["res.partner"].create(
            {"name": "Dairy", "company_id": cls.env.company.id}
        )
        kind = cls.env["deal.need.kind"].search([], limit=1)
        cls.lead = (
            cls.env["crm.lead"]
            .create(
                {
                    "name": "Whey line",
                    "type": "lead",
                    "user_id": cls.seller.id,
                    "partner_id": cls.customer.id,
                    "company_id": cls.env.company.id,
                    "need_ids": [
                        Command.create(
                            {
                                "kind_id": kind.id,
                                "name": "Pump for whey",
                                "quantity": 2,
                                "note": "9 l/s",
                                "wanted_date": "2027-02-01",
                            }
                        )
                    ],
                }
            )
            .with_user(cls.seller)
        )
        cls.type = cls.env["equipment.type"].create({"name": "Pump", "code": "deal_offer_pump"})
        cls.pump = cls.env["product.product"].create(
            {"name": "Pump", "equipment_type_id": cls.type.id, "list_price": 100}
        )

    def test_needs_of_the_deal_fill_the_selection_and_the_offer(self):
        action = self.lead.action_select_equipment()
        selection = self.env["equipment.selection"].browse(action["res_id"]).with_user(self.seller)
        self.assertEqual(
            (selection.title, selection.quantity, selection.partner_id, selection.need),
            ("Whey line", 2, self.customer, "Pump for whey: 9 l/s"),
        )
        self.assertEqual(str(selection.wanted_date), "2027-02-01")
        # once made it is opened, not doubled
        self.assertEqual(self.lead.action_select_equipment()["res_id"], selection.id)
        self.lead.invalidate_recordset()
        self.assertEqual(self.lead.selection_count, 1)

        selection.type_id = self.type
        selection.action_compare()
        selection.candidate_ids.action_choose()
        order = self.env["sale.order"].browse(selection.action_make_quotation()["res_id"])
        self.assertEqual(order.opportunity_id, self.lead)
        self.assertEqual(order._offer_needs()[0][1], "2 × Pump for whey · 9 l/s")

    def test_the_dossier_lists_compared_selections(self):
        kind = self.env.ref("deal_process_equipment_offer.document_selection")
        selection = self.env["equipment.selection"].browse(
            self.lead.action_select_equipment()["res_id"]
        )
        self.assertFalse(kind._collect(self.lead))
        selection.type_id = self.type
        selection.action_compare()
        self.assertEqual(kind._collect(self.lead), {self.lead.sudo(): selection.sudo()})

    def test_merging_leads_keeps_the_selection(self):
        action = self.lead.with_user(self.seller).action_select_equipment()
        selection = self.env["equipment.selection"].browse(action["res_id"])
        kept = self.lead.copy({"name": "The same again", "probability": 99})
        self.assertEqual((self.lead | kept).merge_opportunity(), kept)
        self.assertEqual(selection.lead_id, kept)
