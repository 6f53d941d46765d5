from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import DealMachinesCase


@tagged("post_install", "-at_install")
class TestDealMachines(DealMachinesCase):
    AWAITED = "No machine to be commissioned has been delivered yet."

    def _gate(self, code, deal):
        gate = self.env["deal.gate"].search([("code", "=", code)])
        return gate._evaluate(deal)[deal.sudo()]

    def test_installation_appears_where_a_machine_is_commissioned(self):
        deal = self._deal_with_order()
        self.assertEqual(self._gate("commissioning_needed", deal), [])
        self.template.is_automatic = False
        self.assertIsNone(self._gate("commissioning_needed", deal))

    def test_other_goods_pass_freely(self):
        bolt = self.env["product.product"].create({"name": "Bolt", "is_storable": True})
        deal = self._deal_with_order(bolt)
        self.assertIsNone(self._gate("commissioning_needed", deal))
        self.assertIsNone(self._gate("commissioned", deal))
        kind = self.env.ref("deal_process.document_protocol")
        self.assertFalse(kind._is_required(deal)[deal.sudo()])

    def test_stage_is_left_with_a_signed_protocol(self):
        deal = self._deal_with_order()
        self.assertEqual(self._gate("commissioned", deal), [self.AWAITED])
        unit = self._deliver()
        self.place(deal, "installation")
        with self.assertRaisesRegex(UserError, "DEAL-1 is not commissioned"):
            deal.action_next_stage()
        self.assertEqual((deal.equipment_unit_count, deal.equipment_work_count), (1, 1))
        work = self._commission(unit)
        deal.invalidate_recordset()
        self.assertEqual((deal.equipment_unit_count, deal.equipment_work_count), (1, 0))
        rows = {row["name"]: row for stage in deal.dossier() for row in stage["kinds"]}
        kind = self.env.ref("deal_process.document_protocol").name
        self.assertEqual([doc["id"] for doc in rows[kind]["documents"]], work.ids)
        deal.action_next_stage()
        self.assertEqual(deal.deal_stage_id.code, "service")

    def test_machine_that_is_never_commissioned_keeps_no_deal_waiting(self):
        kind = self.env["equipment.type"].create({"name": "Vessel", "code": "t_deal_vessel"})
        deal = self._deal_with_order(self._machine("Deal vessel", kind))
        self._deliver("VESSEL-1")
        self.assertIsNone(self._gate("commissioned", deal))
        self._order(deal, self.pump)
        lot = self._stock("DEAL-1")
        self.order.action_confirm()
        self.assertEqual(self._gate("commissioned", deal), [self.AWAITED])
        unit = self._ship(lot)
        problems = self._gate("commissioned", deal)
        self.assertEqual(len(problems), 1, problems)
        self.assertIn("DEAL-1 is not commissioned", problems[0])
        self._commission(unit)
        self.assertEqual(self._gate("commissioned", deal), [])

    def test_machine_that_came_back_is_no_longer_the_deals(self):
        deal = self._deal_with_order()
        self._deliver()
        wizard = (
            self.env["stock.return.picking"]
            .with_context(active_id=self.order.picking_ids.id, active_model="stock.picking")
            .create({})
        )
        wizard.product_return_moves.quantity = 1
        back = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        back.move_ids.picked = True
        back.button_validate()
        deal.invalidate_recordset()
        self.assertEqual(deal.equipment_unit_count, 0)
        self.assertTrue(self._gate("commissioned", deal))

    def test_seller_reads_what_is_on_his_deal(self):
        deal = self._deal_with_order()
        unit = self._deliver()
        action = deal.with_user(self.seller).action_view_equipment()
        found = self.env["equipment.unit"].with_user(self.seller).search(action["domain"])
        self.assertEqual(found, unit)
        self.assertEqual(unit.protocol_ids.with_user(self.seller).line_ids.mapped("name"), ["Runs"])
