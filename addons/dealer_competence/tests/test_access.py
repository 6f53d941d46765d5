from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CompetenceCase


@tagged("post_install", "-at_install")
class TestAccess(CompetenceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line_a = cls._gain(cls.person_a, cls.offer)
        cls.line_b = cls._gain(cls.person_b, cls.offer)
        cls.cost_b = cls.env["dealer.training.cost"].create(
            {"name": "Course", "dealer_id": cls.dealer_b.id, "amount": 10}
        )
        cls.history_b = cls.env["dealer.competence.history"].search(
            [("dealer_id", "=", cls.dealer_b.id)]
        )
        cls.share_b = cls.env["dealer.passport.share"].create({"person_id": cls.person_b.id})

    def test_a_rival_reads_and_writes_nothing(self):
        for records in (self.line_b, self.cost_b, self.history_b, self.share_b):
            self.assertTrue(records)
            theirs = records.with_user(self.principal_a)
            self.assertFalse(self._sees(self.principal_a, records), records._name)
            with self.assertRaises(AccessError, msg=records._name):
                theirs.read(["display_name"])
            with self.assertRaises(AccessError, msg=records._name):
                theirs.write({"dealer_id": self.dealer_a.id})
            with self.assertRaises(AccessError, msg=records._name):
                theirs.unlink()

    def test_the_person_and_the_principal_see_results_a_colleague_does_not(self):
        colleague = self._create_staff_user(self.dealer_a, "role_salesperson", "t_seller_a2")
        self.assertTrue(self._sees(self.seller_a, self.line_a))
        self.assertTrue(self._sees(self.principal_a, self.line_a))
        self.assertFalse(self._sees(colleague, self.line_a))

    def test_the_oem_sees_results_while_they_are_released(self):
        self.assertFalse(self._sees(self.oem_manager, self.line_a))
        release = self._release(self.dealer_a)
        self.assertTrue(self._sees(self.oem_manager, self.line_a))
        self.assertFalse(self._sees(self.oem_manager, self.line_b))
        release.date_to = "2020-01-01"
        self.assertFalse(self._sees(self.oem_manager, self.line_a))

    def test_nobody_enters_a_competence_by_hand(self):
        vals = {
            "person_id": self.person_a.id,
            "competence_id": self.yearly.id,
            "skill_level_id": self.level_teaches.id,
        }
        for user in (self.seller_a, self.principal_a):
            with self.assertRaises(AccessError):
                self.env["dealer.staff.competence"].with_user(user).create(vals)
            with self.assertRaises(AccessError):
                self.line_a.with_user(user).write({"valid_to": "2099-01-01"})

    def test_the_catalogue_is_read_only_for_dealers(self):
        for record in (self.offer, self._need(self.offer)):
            mine = record.with_user(self.principal_a)
            self.assertTrue(mine.read(["display_name"]))
            with self.assertRaises(AccessError):
                mine.write({"active": False} if "active" in mine else {"role_id": False})

    def test_a_sight_cannot_be_given_of_another_persons_passport(self):
        shares = self.env["dealer.passport.share"]
        with self.assertRaises(AccessError):
            shares.with_user(self.principal_a).create(
                {"person_id": self.person_a.id, "kind": "dealer", "dealer_id": self.dealer_a.id}
            )
        mine = shares.with_user(self.seller_a).create({})
        self.assertEqual(mine.person_id.sudo(), self.person_a)
        with self.assertRaises(AccessError):
            mine.write({"person_id": self.person_b.id})

    def test_the_oem_composes_the_catalogue(self):
        competence = (
            self.env["dealer.competence"]
            .with_user(self.oem_manager)
            .create({"name": "Rents out machines", "code": "t_rent"})
        )
        self.assertEqual(
            competence.skill_type_id.sudo(),
            self.env.ref("dealer_competence.skill_type_network"),
        )
        competence.name = "Rents machines out"
        self.assertEqual(competence.skill_id.sudo().name, "Rents machines out")
