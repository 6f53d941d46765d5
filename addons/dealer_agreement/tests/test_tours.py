from odoo.tests import HttpCase, tagged

from .common import AgreementCase


@tagged("post_install", "-at_install")
class TestTours(AgreementCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.oem_manager, cls.oem_admin):
            user.password = f"{user.login}-secret"

    def test_a_manager_has_an_agreement_signed_and_authorises_an_outlet(self):
        agreement = self._create_agreement(self.dealer_a, date_start="2020-01-01", date_end=False)
        url = "/odoo/action-dealer_agreement.dealer_agreement_action"
        self.start_tour(url, "dealer_agreement_life", login=self.oem_manager.login)
        self.assertEqual(agreement.state, "running")
        self.assertEqual(agreement.authorisation_ids.state, "missing")

    def test_an_administrator_sets_up_a_condition_without_code(self):
        url = "/odoo/action-dealer_agreement.dealer_authorisation_condition_action"
        self.start_tour(url, "dealer_agreement_condition", login=self.oem_admin.login)
        condition = self.env["dealer.authorisation.condition"].search(
            [("name", "=", "Two operations with work places")]
        )
        self.assertEqual((condition.kind, condition.model_name), ("records", "dealer.operation"))
