from odoo.tests import HttpCase, tagged

from .common import CompetenceCase


@tagged("post_install", "-at_install")
class TestTours(CompetenceCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.principal_a, cls.seller_a, cls.oem_manager):
            user.password = f"{user.login}-secret"
        cls._need(cls.offer, role_id=cls.staff_a.role_id.id)

    def test_the_principal_reads_the_matrix_and_signs_off(self):
        self.start_tour(
            "/odoo/competence-matrix",
            "dealer_competence_matrix",
            login=self.principal_a.login,
        )
        self.assertEqual(self.person_a.competence_ids.signed_by_id, self.principal_a)

    def test_the_later_choice_of_a_dealer_wins(self):
        for dealer in self.dealer_a | self.dealer_b:
            self._release(dealer)
        self._gain(self.person_b, self.yearly).valid_to = "2040-12-31"
        self.start_tour(
            "/odoo/competence-matrix", "dealer_competence_late", login=self.oem_manager.login
        )

    def test_the_person_makes_a_page_with_a_qr_code(self):
        self._gain(self.person_a, self.offer)
        action = self.env.ref("dealer_competence.action_server_my_passport")
        self.start_tour(
            f"/odoo/action-{action.id}",
            "dealer_competence_passport",
            login=self.seller_a.login,
        )
        share = self.person_a.share_ids
        self.assertEqual((share.kind, share.show_employer), ("public", True))
        self.authenticate(None, None)
        self.assertIn("Writes offers", self.url_open(f"/passport/{share.token}").text)
