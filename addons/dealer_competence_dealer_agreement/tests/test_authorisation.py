from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.dealer_agreement.tests.common import AgreementCase


@tagged("post_install", "-at_install")
class TestAuthorisation(AgreementCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["dealer.authorisation.condition"].search([]).active = False
        cls.env["dealer.competence.need"].search([]).unlink()
        cls.level = cls.env.ref("dealer_competence.skill_level_alone")
        cls.competence = cls.env["dealer.competence"].create(
            {"name": "Repairs", "code": "t_repair"}
        )
        cls.person = cls._create_staff(cls.dealer_a, "role_service_technician", "Ann").person_id
        cls.agreement = cls._run_agreement(cls.dealer_a)

    def _gain(self):
        self.env["dealer.staff.competence"]._gain(
            self.person, self.competence, self.level, "exam", self.dealer_a
        )

    def test_an_authorisation_asks_for_holders(self):
        self.env["dealer.authorisation.condition"].create(
            {"name": "Repairer", "kind": "competence", "competence_id": self.competence.id}
        )
        record = self._authorise(self.agreement, self.outlet_a, self.service)
        missing = record.check_ids.filtered(lambda check: not check.fulfilled)
        self.assertEqual(missing.missing, "Dealer A has 0 of 1 holders of Repairs.")
        self._gain()
        record.with_user(self.oem_manager).action_check()
        self.assertEqual(record.state, "granted")

    def test_the_condition_wants_a_competence(self):
        with self.assertRaisesRegex(ValidationError, "choose the competence"):
            self.env["dealer.authorisation.condition"].create(
                {"name": "Repairer", "kind": "competence"}
            )

    def test_a_need_may_be_asked_only_where_authorised(self):
        self.env["dealer.competence.need"].create(
            {
                "competence_id": self.competence.id,
                "skill_level_id": self.level.id,
                "activity_id": self.service.id,
                "authorised": True,
            }
        )
        matrix = self.env["dealer.competence.matrix"].with_user(self.principal_a)
        self.assertFalse(matrix.load()["competences"], "it runs the service, unauthorised")
        self._authorise(self.agreement, self.outlet_a, self.service)
        self.assertEqual([line["code"] for line in matrix.load()["competences"]], ["t_repair"])
