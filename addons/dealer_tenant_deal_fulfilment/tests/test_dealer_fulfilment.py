from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.dealer_network.tests.common import DealerNetworkCase


@tagged("post_install", "-at_install")
class TestDealerFulfilment(DealerNetworkCase):
    """The same inside a dealer's company, by the dealer's own people."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dealers = cls.env["dealer.dealer"]
        cls.people = {}
        for code in ("F-A", "F-B"):
            dealer = cls._create_dealer(code, f"Fulfilment dealer {code}", "type_dealer")
            for role in ("role_salesperson", "role_warehouse_worker", "role_principal"):
                cls._create_staff(dealer, role, f"{role} of {code}")
            dealer._provision()
            cls.dealers |= dealer
            for line in dealer.staff_ids:
                cls.people[code, line.role_id.get_external_id()[line.role_id.id].split(".")[1]] = (
                    line.user_id
                )
        cls.dealer, cls.rival = cls.dealers
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.dealer.company_id.id)]
        )
        cls.vendor = cls.env["res.partner"].create(
            {"name": "Vendor of the dealer", "company_id": cls.dealer.company_id.id}
        )
        cls.pump = cls.env["product.product"].create(
            {
                "name": "CP-40 of the range",
                "is_storable": True,
                "list_price": 100,
                "seller_ids": [
                    Command.create(
                        {
                            "partner_id": cls.vendor.id,
                            "company_id": cls.dealer.company_id.id,
                            "price": 60,
                        }
                    )
                ],
            }
        )
        cls.compressor = cls.env["product.product"].create(
            {"name": "SC-22 of the range", "is_storable": True}
        )
        cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": cls.compressor.product_tmpl_id.id,
                "company_id": cls.oem_company.id,
                "bom_line_ids": [Command.create({"product_id": cls.pump.id})],
            }
        )
        cls.env["stock.quant"]._update_available_quantity(cls.pump, cls.warehouse.lot_stock_id, 2)

    def _order(self, *lines):
        seller = self.people["F-A", "role_salesperson"]
        env = self.env(user=seller, context={"allowed_company_ids": seller.company_ids.ids})
        customer = env["res.partner"].create({"name": "Dairy", "company_id": env.company.id})
        order = env["sale.order"].create(
            {
                "partner_id": customer.id,
                "order_line": [
                    Command.create({"product_id": product.id, "product_uom_qty": quantity})
                    for product, quantity in lines
                ],
            }
        )
        order.action_confirm()
        self.env.flush_all()
        self.env.invalidate_all()
        return order

    def test_provisioned_warehouse_supplies_what_is_missing(self):
        rules = self.warehouse._delivery_rules()
        self.assertEqual(set(rules.mapped("procure_method")), {"mts_else_mto"})
        self.assertEqual(self.warehouse.planner_id, self.people["F-A", "role_warehouse_worker"])

    def test_dealers_line_is_split_by_its_own_stock(self):
        order = self._order((self.pump, 5))
        parts = order.fulfilment_ids
        self.assertCountEqual(
            parts.mapped(lambda part: (part.source, part.quantity, part.ready_quantity)),
            [("stock", 2, 2), ("buy", 3, 0)],
        )
        purchase = order.sudo().order_line.move_ids.created_purchase_line_ids.order_id
        self.assertEqual(purchase.company_id, self.dealer.company_id)
        self.assertEqual(purchase.partner_id, self.vendor)

    def test_dealer_does_not_manufacture_by_the_oems_bill_of_materials(self):
        order = self._order((self.compressor, 1))
        self.assertEqual(order.fulfilment_ids.source, "missing")
        self.assertFalse(
            self.env["mrp.production"].search([("company_id", "=", self.dealer.company_id.id)])
        )
        task = order.sudo().activity_ids.filtered(
            lambda a: a.activity_type_id
            == self.env.ref("deal_fulfilment.mail_activity_type_missing")
        )
        self.assertIn(task.user_id, self.dealer.staff_ids.user_id)

    def test_dealers_people_work_the_order_through(self):
        order = self._order((self.pump, 5))
        worker = self.people["F-A", "role_warehouse_worker"]
        purchase = order.sudo().order_line.move_ids.created_purchase_line_ids.order_id
        purchase.with_user(worker).button_confirm()
        receipt = purchase.picking_ids.with_user(worker)
        receipt.move_ids.picked = True
        receipt.button_validate()
        delivery = order.picking_ids.with_user(worker)
        delivery.move_ids.picked = True
        delivery.button_validate()
        self.assertEqual(order.order_line.qty_delivered, 5)
        self.env.invalidate_all()
        self.assertEqual(set(order.fulfilment_ids.mapped("state")), {"delivered"})

    def test_decrease_comes_back_inside_the_dealer(self):
        order = self._order((self.pump, 5))
        request = order.sudo().order_line.move_ids.created_purchase_line_ids
        order.order_line.product_uom_qty = 3
        self.assertEqual(request.product_qty, 1)

    def test_rival_sees_nothing_of_it(self):
        order = self._order((self.pump, 5), (self.compressor, 1))
        order.order_line[0]._change_promise(order.date_order, "Wanted earlier")
        for role in ("role_salesperson", "role_principal", "role_warehouse_worker"):
            rival = self.people["F-B", role]
            env = self.env(user=rival, context={"allowed_company_ids": rival.company_ids.ids})
            for name in ("deal.fulfilment", "deal.promise.change"):
                ours = self.env[name].search([("company_id", "=", self.dealer.company_id.id)])
                self.assertTrue(ours)
                self.assertFalse(env[name].search([("id", "in", ours.ids)]))
                with self.assertRaises(AccessError):
                    env[name].browse(ours.ids).read(["product_id"])
