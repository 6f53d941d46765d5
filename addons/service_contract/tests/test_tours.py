"""Service is offered, agreed to or refused, in a real browser."""

from odoo.tests import HttpCase, tagged

from .common import ServiceCase


@tagged("post_install", "-at_install")
class TestTours(HttpCase, ServiceCase):
    def setUp(self):
        super().setUp()
        self.manager_a.password = "manager_a-secret"
        self.offer = self._offer()

    def test_offer_becomes_a_contract_with_a_first_visit(self):
        self.start_tour("/odoo/service-offers", "service_offer_to_contract", login="manager_a")
        self.assertEqual((self.offer.state, self.offer.contract_id.state), ("concluded", "active"))
        self.assertTrue(self.offer.contract_id.next_visit_date)

    def test_refusal_is_asked_for_its_reason(self):
        self.start_tour("/odoo/service-offers", "service_offer_refused", login="manager_a")
        self.assertEqual((self.offer.state, self.offer.refusal_reason_id), ("refused", self.reason))
