from odoo.exceptions import RedirectWarning, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.guard_rail.tests.common import GuardRailCase


@tagged("post_install", "-at_install")
class TestPrice(GuardRailCase):
    """The ways to give something away, as a salesperson who may not give that much."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = cls.env.ref("sales_team.group_sale_salesman_all_leads")
        groups |= cls.env.ref("product.group_product_pricelist")
        (cls.seller_a | cls.holder).group_ids = [Command.link(group.id) for group in groups]
        for name in ("rail_discount", "rail_discount_later"):
            rail = cls.env.ref(f"guard_rail.{name}")
            rail.write({"active": True, "competence_id": cls.offer.id})
        cls.pump, cls.cheap = cls.env["product.product"].create(
            [
                {"name": name, "list_price": price, "taxes_id": False}
                for name, price in (("Pump", 100), ("Seal", 1))
            ]
        )

    def _order(self, pricelist=None, **line):
        orders = self._as(self.seller_a, self.env["sale.order"])
        order = orders.create({"partner_id": self.customer.id})
        if pricelist:
            order.pricelist_id = pricelist
        order.order_line = [
            Command.create({"product_id": self.pump.id, "product_uom_qty": 10, **line})
        ]
        return order

    def test_a_lowered_price_is_a_discount(self):
        for given_away in (
            {"price_unit": 89},
            {"discount": 11},
            {"price_unit": 94, "discount": 6},
            {"price_unit": 200, "discount": 56},
        ):
            order = self._order(**given_away)
            with self.assertRaises(RedirectWarning, msg=given_away):
                order.action_confirm()
        for within in ({"price_unit": 90}, {"discount": 10}, {"price_unit": 200, "discount": 50}):
            order = self._order(**within)
            order.action_confirm()
            self.assertEqual(order.state, "sale")

    def test_a_line_that_subtracts_is_a_discount(self):
        order = self._order()
        product = self.env["product.product"].create({"name": "Kindness", "list_price": 0})
        order.order_line = [Command.create({"product_id": product.id, "price_unit": -150})]
        self.assertEqual(order.below_pricelist, 15)
        with self.assertRaises(RedirectWarning):
            order.action_confirm()

    def test_a_confirmed_line_is_not_made_cheap(self):
        order = self._order()
        order.action_confirm()
        line = order.order_line
        for change in ({"price_unit": 50}, {"discount": 11}, {"price_unit": 95, "discount": 8}):
            with self.assertRaises(RedirectWarning, msg=change):
                line.write(change)
        with self.assertRaises(UserError):
            order.order_line = [Command.create({"product_id": self.pump.id, "price_unit": 50})]
        line.write({"price_unit": 95, "discount": 5})
        line.with_user(self.holder).price_unit = 50
        with self.assertRaises(RedirectWarning):
            line.discount = 0  # what two confirmed is changed by two

    def test_a_price_of_a_thousand_is_not_kept_for_one(self):
        pricelist = self._pricelist()
        self.env["product.pricelist.item"].create(
            {
                "pricelist_id": pricelist.id,
                "applied_on": "1_product",
                "product_tmpl_id": self.pump.product_tmpl_id.id,
                "min_quantity": 1000,
                "compute_price": "fixed",
                "fixed_price": 60,
            }
        )
        # typed over the price that the form has computed
        order = self._order(pricelist, product_uom_qty=1000, price_unit=59, technical_price_unit=60)
        self.assertAlmostEqual(order.order_line.below_pricelist, 1.67)
        order.action_confirm()
        with self.assertRaises(RedirectWarning):
            order.order_line.product_uom_qty = 1
        self.assertEqual(order.order_line.product_uom_qty, 1000)

    def _pricelist(self):
        return self.env["product.pricelist"].create(
            {"name": "By quantity", "company_id": self.customer.sudo().company_id.id}
        )

    def test_what_the_price_list_gives_is_nobodys_discount(self):
        pricelist = self._pricelist()
        self.env["product.pricelist.item"].create(
            {
                "pricelist_id": pricelist.id,
                "compute_price": "percentage",
                "percent_price": 30,
            }
        )
        order = self._order(pricelist)
        self.assertEqual(order.amount_untaxed, 700)
        self.assertEqual(order.order_line.below_pricelist, 0)
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_what_is_judged_by_is_not_written(self):
        order = self._order(price_unit=50, pricelist_price=50, below_pricelist=0)
        order.below_pricelist = 0
        order.order_line.write({"below_pricelist": 0, "pricelist_price": 50})
        self.assertEqual((order.below_pricelist, order.order_line.below_pricelist), (50, 50))
        with self.assertRaises(RedirectWarning):
            order.action_confirm()
