from odoo.tests import tagged

from .common import FulfilmentCase


@tagged("post_install", "-at_install")
class TestView(FulfilmentCase):
    """What the deal shows: source, quantity, readiness; and what its gates say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.workcenter = cls.env["mrp.workcenter"].create(
            {"name": "Test bench", "company_id": cls.company.id}
        )
        cls.bom.operation_ids = [
            (
                0,
                0,
                {
                    "name": name,
                    "workcenter_id": cls.workcenter.id,
                    "time_cycle_manual": minutes,
                },
            )
            for name, minutes in (("Turn", 60), ("Assemble", 30), ("Test", 10))
        ]

    def test_work_orders_give_the_degree_of_readiness(self):
        order = self._order((self.made, 1))
        production = self._productions(order)
        turn, assemble, test = production.workorder_ids.sorted("id")
        self.assertEqual(self._parts(order, "readiness", "state"), [(0, "waiting")])
        turn.with_user(self.planner).button_start()
        turn.with_user(self.planner).button_finish()
        [(readiness, state)] = self._parts(order, "readiness", "state")
        self.assertAlmostEqual(readiness, 60, delta=1)
        self.assertEqual(state, "progress")
        assemble.with_user(self.planner).button_start()
        assemble.duration = 15
        [(readiness,)] = self._parts(order, "readiness")
        self.assertAlmostEqual(readiness, 75, delta=1)
        self.assertTrue(test)

    def test_readiness_of_a_deal_is_weighted_by_value(self):
        self._put(self.stocked, 1)
        deal = self._deal()
        order = self._order(
            (self.stocked, 1), (self.made, 1), opportunity_id=deal.id, confirm=False
        )
        order.order_line[0].price_unit = 300
        order.action_confirm()
        self.env.invalidate_all()
        deal = deal.with_user(self.seller)
        self.assertEqual(deal.fulfilment_readiness, 75)
        self.assertEqual(deal.fulfilment_state, "progress")
        self._produce(self._productions(order))
        self.env.invalidate_all()
        self.assertEqual(deal.fulfilment_readiness, 100)
        self.assertEqual(deal.fulfilment_state, "ready")
        self._ship(order.picking_ids)
        self.env.invalidate_all()
        self.assertEqual(deal.fulfilment_state, "delivered")

    def test_readiness_of_many_deals_is_two_queries(self):
        deals = self.env["crm.lead"]
        for number in range(6):
            deal = self._deal(name=f"Deal {number}")
            self._order((self.made, 1), opportunity_id=deal.id)
            deals |= deal
        self.env.flush_all()
        names = ["fulfilment_readiness", "fulfilment_state", "fulfilment_expected_date"]
        deals.invalidate_recordset()
        deals[:2].mapped("name")  # what any list reads
        two = deals[:2].with_prefetch(deals[:2].ids)
        with self.assertQueryCount(2):
            two.mapped(lambda deal: [deal[name] for name in names])
        deals.invalidate_recordset()
        deals.mapped("name")
        with self.assertQueryCount(2):
            deals.mapped(lambda deal: [deal[name] for name in names])

    def test_readiness_of_deals_without_orders_is_one_query(self):
        deals = self._deal(name="Bare 1") | self._deal(name="Bare 2")
        self.env.flush_all()
        deals.invalidate_recordset()
        deals.mapped("name")
        with self.assertQueryCount(1):
            self.assertEqual(deals.mapped("fulfilment_state"), ["none", "none"])

    def test_deal_without_order(self):
        deal = self._deal()
        self.assertEqual((deal.fulfilment_state, deal.fulfilment_readiness), ("none", 0))
        new = self.env["crm.lead"].new({"name": "Not saved"})
        self.assertEqual(new.fulfilment_state, "none")

    # -- gates and dossier

    def _gate(self, name, deals):
        self._forget()
        return self.env.ref(f"deal_fulfilment.gate_{name}")._evaluate(deals)

    def test_production_is_skipped_when_all_is_in_stock(self):
        self._put(self.stocked, 1)
        deals = self._deal() | self._deal() | self._deal()
        self._order((self.stocked, 1), opportunity_id=deals[0].id)
        self._order((self.made, 1), opportunity_id=deals[1].id)
        self.assertEqual(list(self._gate("goods_to_order", deals).values()), [None, [], None])

    def test_gate_names_what_is_not_ready(self):
        deal = self._deal()
        order = self._order((self.made, 2), (self.orphan, 1), opportunity_id=deal.id)
        made, missing = self._gate("goods_ready", deal)[deal]
        self.assertRegex(made, r"CP-80 made: 0 % ready, expected on \d\d/\d\d/\d{4}")
        self.assertIn(self._productions(order).name, made)
        self.assertIn("1 Units of Neither made nor bought are neither in the warehouse", missing)
        self._put(self.orphan, 1)
        order.picking_ids.action_assign()
        self._produce(self._productions(order))
        self.assertEqual(self._gate("goods_ready", deal)[deal], [])
        self.assertEqual(len(self._gate("goods_delivered", deal)[deal]), 2)
        self._ship(order.picking_ids)
        self.assertEqual(self._gate("goods_delivered", deal)[deal], [])

    def test_gate_names_what_was_given_up(self):
        """What no delivery brings is lacking, until the salesperson lowers the ordered quantity."""
        self._put(self.made, 3)
        deals = self._deal() | self._deal()
        order = self._order((self.made, 5), opportunity_id=deals[0].id)
        other = self._order((self.bought, 1), opportunity_id=deals[1].id)
        self._ship(order.picking_ids, backorder=False)
        other.picking_ids.with_user(self.worker).action_cancel()
        told = self._gate("goods_delivered", deals)
        self.assertRegex(told[deals[0]][0], "^2 Units of CP-80 made were ordered, but no delivery")
        self.assertRegex(told[deals[1]][0], "^1 Units of VF-7 bought were ordered")
        self.assertEqual([len(told[deal]) for deal in deals], [1, 1])
        order.order_line.with_user(self.seller).product_uom_qty = 3
        other.with_user(self.seller)._action_cancel()
        told = self._gate("goods_delivered", deals)
        self.assertEqual(list(told.values()), [[], None])

    def test_gate_names_what_came_back(self):
        self._put(self.stocked, 2)
        deal = self._deal()
        order = self._order((self.stocked, 2), opportunity_id=deal.id)
        self._ship(order.picking_ids)
        self.assertEqual(self._gate("goods_delivered", deal)[deal], [])
        self._return(order.picking_ids, 1)
        self.assertRegex(
            "".join(self._gate("goods_delivered", deal)[deal]), "^1 Units of CP-40 in stock were"
        )
        order.order_line.with_user(self.seller).product_uom_qty = 1
        self.assertEqual(self._gate("goods_delivered", deal)[deal], [])

    def test_line_that_waits_is_named_once(self):
        self._put(self.made, 3)
        deal = self._deal()
        order = self._order((self.made, 5), opportunity_id=deal.id)
        self._ship(order.picking_ids)
        self.assertEqual(
            self._gate("goods_delivered", deal)[deal],
            [f"2 Units of CP-80 made are not delivered yet ({order.name})."],
        )

    def test_picked_goods_are_ready_until_they_ship(self):
        self.warehouse.delivery_steps = "pick_pack_ship"
        self._put(self.stocked, 2)
        deal = self._deal()
        order = self._order((self.stocked, 2), opportunity_id=deal.id)
        for _step in ("pick", "pack"):
            self._ship(order.picking_ids.filtered(lambda p: p.state == "assigned"))
            self.assertEqual(self._parts(order, "state", "readiness"), [("ready", 100)])
            self.assertTrue(self._parts(order).expected_date)
            self.assertEqual(deal.fulfilment_state, "ready")
            self.assertEqual(len(self._gate("goods_delivered", deal)[deal]), 1)
        shipment = order.picking_ids.filtered(lambda p: p.state == "assigned")
        self._ship(shipment)
        self.assertEqual(self._parts(order, "state"), [("delivered",)])
        self.assertEqual(self._gate("goods_delivered", deal)[deal], [])
        # what comes back was delivered all the same
        self._return(shipment, 1)
        self.assertEqual(self._parts(order, "state"), [("delivered",)])

    def test_what_is_shipped_does_not_wait_for_what_is_picked(self):
        self.warehouse.delivery_steps = "pick_ship"
        self._put(self.made, 3)
        order = self._order((self.made, 5))
        for _step in ("pick", "ship"):
            self._ship(order.picking_ids.filtered(lambda p: p.state == "assigned"))
        self._produce(self._productions(order))
        self._ship(order.picking_ids.filtered(lambda p: p.state == "assigned"))
        self.assertCountEqual(
            self._parts(order, "source", "quantity", "state"),
            [("stock", 3, "delivered"), ("manufacture", 2, "ready")],
        )

    def test_services_have_nothing_to_deliver(self):
        deal = self._deal()
        service = self.env["product.product"].create({"name": "Start-up", "type": "service"})
        self._order((service, 1), opportunity_id=deal.id)
        self.assertIsNone(self._gate("goods_ready", deal)[deal])
        kind = self.env.ref("deal_fulfilment.document_waybill")
        self.assertFalse(kind._is_required(deal)[deal])

    def test_dossier_collects_by_itself(self):
        deal = self._deal()
        self._put(self.stocked, 1)
        order = self._order(
            (self.stocked, 1), (self.made, 1), (self.bought, 1), opportunity_id=deal.id
        )
        collected = {
            name: self.env.ref(f"deal_fulfilment.document_{name}")._collect(deal)[deal]
            for name in ("production", "purchase", "delivery", "waybill")
        }
        self.assertEqual(collected["production"], self._productions(order))
        self.assertEqual(collected["purchase"], self._purchase_lines(order).order_id)
        self.assertEqual(collected["delivery"], order.picking_ids)
        self.assertFalse(collected["waybill"])
        self._ship(order.picking_ids)
        waybill = self.env.ref("deal_fulfilment.document_waybill")
        self.assertEqual(waybill._collect(deal)[deal].state, "done")
        self.assertTrue(waybill._is_required(deal)[deal])

    def test_document_that_the_user_may_open(self):
        order = self._order((self.made, 1))
        part = self._parts(order)
        self.assertEqual(
            part.with_user(self.planner).action_open_document()["res_model"], "mrp.production"
        )
        seller = part.with_user(self.seller).action_open_document()
        self.assertIn(seller["res_model"], ("mrp.production", "stock.picking", "sale.order"))
