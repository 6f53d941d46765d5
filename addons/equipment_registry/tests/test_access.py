from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import EquipmentCase
from .common_protocol import PIXEL


@tagged("post_install", "-at_install")
class TestAccess(EquipmentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.unit_a = cls._move(cls.company_a, "receipt", ["ACC-1"])
        cls.unit_b = cls._move(cls.company_b, "receipt", ["ACC-2"])

    def test_rival_reads_and_writes_no_unit(self):
        unit = self.unit_a.with_user(self.manager_b)
        for refused in (
            lambda: unit.read(["serial"]),
            lambda: unit.write({"note": "mine"}),
            unit.unlink,
            lambda: unit.event_ids.read(["kind"]),
            lambda: unit.sudo().identity_id.with_user(self.manager_b).read(["serial"]),
        ):
            with self.assertRaises(AccessError):
                refused()
        Unit = self.env["equipment.unit"].with_user(self.manager_b)
        self.assertEqual(Unit.search([]), self.unit_b)
        self.assertEqual(Unit.name_search("ACC-1"), [])
        Identity = self.env["equipment.identity"].with_user(self.manager_b)
        self.assertEqual(Identity.search([]), self.unit_b.identity_id)

    def test_nobody_attaches_himself_to_a_machine_he_cannot_read(self):
        Unit = self.env["equipment.unit"].with_user(self.manager_b)
        with self.assertRaises(AccessError):
            Unit.create({"identity_id": self.unit_a.identity_id.id})
        with self.assertRaises(AccessError):
            Unit.browse(self.unit_b.id).write({"identity_id": self.unit_a.identity_id.id})

    def test_who_only_reads_has_no_buttons_that_refuse(self):
        worker = self._create_user(
            "worker_a", "base.group_user,stock.group_stock_user", self.company_a
        )
        for model, buttons in (
            ("equipment.unit", ("action_plan_commissioning", "action_plan_repair")),
            ("equipment.protocol", ("action_start",)),
        ):
            for user, expected in ((worker, False), (self.technician_a, True)):
                arch = self.env[model].with_user(user).get_view(view_type="form")["arch"]
                for button in buttons:
                    self.assertEqual(f'name="{button}"' in arch, expected, button)

    def test_units_are_made_in_own_companies_only(self):
        with self.assertRaises(AccessError):
            self.env["equipment.unit"].with_user(self.manager_b).create(
                {
                    "product_id": self.pump.id,
                    "serial": "ACC-3",
                    "company_id": self.company_a.id,
                }
            )

    def test_technician_reads_and_identity_is_written_by_nobody(self):
        unit = self.unit_a.with_user(self.technician_a)
        self.assertEqual(unit.serial, "ACC-1")
        with self.assertRaises(AccessError):
            unit.write({"note": "x"})
        with self.assertRaises(AccessError):
            unit.identity_id.write({"in_service_date": "2020-01-01"})
        with self.assertRaises(AccessError):
            self.unit_a.with_user(self.manager_a).identity_id.write({"serial": "mine"})

    def test_rival_reads_and_writes_no_work(self):
        self.env["equipment.protocol.template"].search([]).active = False
        template = self.env["equipment.protocol.template"].create(
            {"name": "T", "company_id": False, "line_ids": [(0, 0, {"name": "L"})]}
        )
        protocol = (
            self.env["equipment.protocol"]
            .with_user(self.technician_a)
            .create({"unit_id": self.unit_a.id, "template_id": template.id})
        )
        photo = self.env["equipment.protocol.photo"].create(
            {
                "protocol_id": protocol.id,
                "image_1920": PIXEL,
            }
        )
        for records in (protocol, protocol.line_ids, photo):
            with self.assertRaises(AccessError):
                records.with_user(self.technician_b).read([])
            self.assertFalse(records.with_user(self.technician_b).search([]))
        for model in ("equipment.protocol.line", "equipment.protocol.photo"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.technician_b).create(
                    {"protocol_id": protocol.id, "name": "x", "image_1920": photo.image_1920}
                    if model.endswith("photo")
                    else {"protocol_id": protocol.id, "name": "x"}
                )
        with self.assertRaises(AccessError):
            self.env["equipment.protocol"].with_user(self.technician_b).create(
                {"unit_id": self.unit_a.id}
            )

    def test_user_without_the_group_sees_no_machine(self):
        clerk = self._create_user("clerk_a", "base.group_user", self.company_a)
        with self.assertRaises(AccessError):
            self.unit_a.with_user(clerk).read(["serial"])
