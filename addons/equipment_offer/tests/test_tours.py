"""A seller's way from the customer's words to the sent offer, in a real browser."""

from odoo.tests import HttpCase, tagged

from .common import EquipmentOfferCase


@tagged("post_install", "-at_install")
class TestTours(EquipmentOfferCase, HttpCase):
    def test_from_the_need_to_the_offer(self):
        self._stock(self.small, 5)
        self.seller.password = "offer-seller-secret"
        self.env["ir.model.fields"].flush_model()
        self.start_tour(
            "/odoo/equipment-selection/new",
            "equipment_offer_selection",
            login=self.seller.login,
        )
        selection = self.env["equipment.selection"].search([("title", "=", "Tour: whey line")])
        self.assertEqual(selection.state, "quoted")
        order = selection.order_ids
        self.assertEqual(order.order_line.product_id, self.small)
        self.assertEqual(order.offer_title, "Pumps of the tour")
        self.assertEqual(order.state, "sent")
        self.assertEqual(order.offer_sending_ids.partner_id, self.dairy)
