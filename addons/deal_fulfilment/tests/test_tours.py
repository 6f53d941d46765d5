from odoo.tests import HttpCase, tagged

from .common import FulfilmentCase


@tagged("post_install", "-at_install")
class TestTours(FulfilmentCase, HttpCase):
    """What salesperson and planner do on their screens, in a real browser."""

    def test_seller_and_planner(self):
        self._put(self.stocked, 1)
        deal = self._deal()
        order = self._order(
            (self.stocked, 1), (self.made, 2), (self.orphan, 1), opportunity_id=deal.id
        )
        for user in (self.seller, self.planner):
            user.password = "fulfilment-Secret-1"
        self.start_tour(
            f"/odoo/crm.lead/{deal.id}",
            "deal_fulfilment_seller",
            login=self.seller.login,
        )
        change = order.order_line.promise_change_ids
        self.assertEqual(change.reason, "The foundation is not ready")
        self.assertEqual(change.user_id, self.seller)
        self._make_bom(self.orphan)
        self.start_tour(
            "/odoo/fulfilment",
            "deal_fulfilment_planner",
            login=self.planner.login,
        )
        self.assertNotIn(("missing",), self._parts(order, "source"))
