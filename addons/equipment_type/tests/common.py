"""Two firms with product managers, a pump and its parameters."""

from odoo import Command
from odoo.tests import TransactionCase, new_test_user


class EquipmentTypeCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_a, cls.company_b = cls.env["res.company"].create(
            [{"name": "Firm A"}, {"name": "Firm B"}]
        )
        manager = "base.group_user,product.group_product_manager"
        cls.manager_a = cls._user("equipment_a", manager, cls.company_a)
        cls.manager_b = cls._user("equipment_b", manager, cls.company_b)
        cls.keeper = cls._user(
            "equipment_keeper", "base.group_user,equipment_type.group_shared_manager", cls.company_a
        )
        cls.flow = cls.env.ref("equipment_type.parameter_flow")
        cls.material = cls.env.ref("equipment_type.parameter_material")
        cls.power = cls.env.ref("equipment_type.parameter_power")
        cls.temperature = cls.env.ref("equipment_type.parameter_temperature")
        cls.pump_type = cls.env["equipment.type"].create(
            {
                "name": "Pump",
                "code": "test_pump",
                "parameter_ids": [Command.set((cls.flow | cls.material).ids)],
            }
        )
        cls.centrifugal = cls.env["equipment.type"].create(
            {
                "name": "Centrifugal",
                "code": "test_centrifugal",
                "parent_id": cls.pump_type.id,
                "parameter_ids": [Command.set(cls.power.ids)],
            }
        )
        cls.pump = cls.env["product.template"].create(
            {"name": "Pump P-1", "equipment_type_id": cls.centrifugal.id}
        )

    @classmethod
    def _user(cls, login, groups, company):
        return new_test_user(
            cls.env, login, groups, company_id=company.id, company_ids=[Command.set(company.ids)]
        )

    @classmethod
    def _give(cls, parameter, product=None, **values):
        return cls.env["equipment.parameter.value"].create(
            {
                "product_tmpl_id": (product or cls.pump).id,
                "parameter_id": parameter.id,
                **values,
            }
        )
