"""Shared types are read by all and kept by few; a firm's own stay its own."""

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import EquipmentTypeCase


@tagged("post_install", "-at_install")
class TestAccess(EquipmentTypeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        own = {"name": "Own of B", "code": "own_b", "company_id": cls.company_b.id}
        cls.own_type = cls.env["equipment.type"].create(own)
        cls.own_parameter = cls.env["equipment.parameter"].create({**own, "kind": "selection"})
        cls.own_choice = cls.env["equipment.parameter.choice"].create(
            {"name": "c", "code": "c", "parameter_id": cls.own_parameter.id}
        )
        cls.own_product = cls.env["product.template"].create(
            {"name": "Product of B", "company_id": cls.company_b.id}
        )
        cls.own_value = cls._give(cls.flow, cls.own_product, value_number_max=4)

    def test_a_firm_reads_and_writes_nothing_of_another(self):
        for record, values in (
            (self.own_type, {"name": "mine"}),
            (self.own_parameter, {"name": "mine"}),
            (self.own_choice, {"name": "mine"}),
            (self.own_value, {"value_number": 1}),
        ):
            with self.subTest(record._name):
                theirs = record.with_user(self.manager_a)
                self.assertFalse(theirs.search([("id", "=", record.id)]))
                for access in (
                    lambda r=theirs: r.read(["display_name"]),
                    lambda r=theirs, v=values: r.write(v),
                    theirs.unlink,
                ):
                    with self.assertRaises(AccessError):
                        access()
                self.assertTrue(record.with_user(self.manager_b).write(values))

    def test_shared_types_are_read_only_except_for_their_keeper(self):
        choice = self.env.ref("equipment_type.material_milk")
        for record in (self.pump_type, self.flow, choice):
            with self.subTest(record._name):
                self.assertTrue(record.with_user(self.manager_a).name)
                with self.assertRaises(AccessError):
                    record.with_user(self.manager_a).name = "mine"
                record.with_user(self.keeper).name = "kept"

    def test_nobody_but_the_keeper_shares_his_own(self):
        for record in (self.own_type, self.own_parameter):
            mine = record.with_user(self.manager_b)
            for company in (False, self.company_a.id):
                with self.subTest(record._name, company=company), self.assertRaises(AccessError):
                    mine.company_id = company
            self.assertEqual(record.company_id, self.company_b)
        with self.assertRaises(AccessError):
            self.own_choice.with_user(self.manager_b).parameter_id = self.env.ref(
                "equipment_type.parameter_material"
            )
        own = {"name": "A", "code": "a", "company_id": self.company_a.id}
        kind = self.env["equipment.type"].create(own).with_user(self.keeper)
        kind.company_id = False
        self.assertFalse(kind.company_id)

    def test_a_shared_type_does_not_lead_to_a_firms_own(self):
        with self.assertRaisesRegex(ValidationError, "Firm B"):
            self.pump_type.parameter_ids += self.own_parameter
        with self.assertRaisesRegex(ValidationError, "Firm B"):
            self.pump.equipment_type_id = self.own_type
        self.own_product.equipment_type_id = self.own_type

    def test_two_firms_may_use_the_same_code(self):
        self.env["equipment.type"].create(
            {"name": "Own of A", "code": "own_b", "company_id": self.company_a.id}
        )
