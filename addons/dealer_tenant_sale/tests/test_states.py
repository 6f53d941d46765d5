from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.dealer_tenant.tests.common import DealerTenantCase


@tagged("post_install", "-at_install")
class TestStates(DealerTenantCase):
    """What a dealer may sell is what the table of states says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._grant(cls.seller_a, "sales_team.group_sale_salesman")
        cls.order = cls._as(cls.seller_a, "sale.order").create(
            {
                "partner_id": cls.customer_a.id,
                "order_line": [Command.create({"name": "By hand", "display_type": "line_note"})],
            }
        )

    def test_table_of_states_says_who_sells(self):
        line = self.env["dealer.state.permission"].search(
            [("state", "=", self.dealer_a.state), ("permission", "=", "sell")]
        )
        line.allowed = False
        with self.assertRaisesRegex(UserError, f"{self.order.name}.*{self.dealer_a.name}"):
            self.order.action_confirm()
        self.assertEqual(self.order.state, "draft")
        line.allowed = True
        self.order.action_confirm()
        self.assertEqual(self.order.state, "sale")
