from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.dealer_tenant.tests.common import DealerTenantCase


@tagged("post_install", "-at_install")
class TestWizards(DealerTenantCase):
    """A wizard takes the order from the context, which is the caller's to write."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        orders = cls.env["sale.order"]
        cls.mine, cls.rivals = (
            orders.create({"company_id": company.id, "partner_id": customer.id, "user_id": user.id})
            for company, customer, user in (
                (cls.company_a, cls.customer_a, cls.seller_a),
                (cls.company_b, cls.customer_b, cls.seller_b),
            )
        )
        cls._grant(cls.seller_a, "sales_team.group_sale_salesman")

    def _discount(self, order):
        return self._as(self.seller_a, "sale.order.discount").with_context(active_id=order.id)

    def test_no_wizard_names_a_rivals_order(self):
        spec = {"sale_order_id": {"fields": {"display_name": {}}}}
        with self.assertRaises(AccessError):
            self._discount(self.rivals).onchange({}, [], spec)
        with self.assertRaises(AccessError):
            self._discount(self.rivals).create({})
        shown = self._discount(self.mine).onchange({}, [], spec)["value"]["sale_order_id"]
        self.assertEqual(shown["display_name"], self.mine.name)
        self.assertEqual(self._discount(self.mine).create({}).sale_order_id.id, self.mine.id)
