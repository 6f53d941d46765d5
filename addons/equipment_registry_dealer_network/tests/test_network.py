from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.dealer_network.tests.common import DealerNetworkCase


@tagged("post_install", "-at_install")
class TestNetwork(DealerNetworkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        kind = cls.env["equipment.type"].create({"name": "Pump", "code": "t_net_pump"})
        cls.pump = cls.env["product.product"].create(
            {
                "name": "Net pump",
                "is_storable": True,
                "tracking": "serial",
                "equipment_type_id": kind.id,
                "equipment_brand": "Net",
            }
        )
        cls.customer = cls.env["res.partner"].create(
            {
                "name": "Secret customer",
                "city": "Nantes",
                "street": "1 rue Cachée",
                "company_id": cls.company_a.id,
            }
        )
        cls.unit = cls.env["equipment.unit"].create(
            {
                "product_id": cls.pump.id,
                "serial": "NET-1",
                "company_id": cls.company_a.id,
                "owner_id": cls.customer.id,
                "state": "service",
            }
        )
        cls.identity = cls.unit.identity_id
        cls.release = cls.env["dealer.release"]

    def _release(self, subject, **vals):
        subject = self.env.ref(f"dealer_network.release_subject_{subject}")
        line = self.release.search(
            [("dealer_id", "=", self.dealer_a.id), ("subject_id", "=", subject.id)], limit=1
        ) or self.release.create(
            {
                "dealer_id": self.dealer_a.id,
                "subject_id": subject.id,
                "purpose_id": subject.purpose_id.id,
            }
        )
        line.write({"enabled": True, **vals})
        return line

    def _own_unit(self, **vals):
        """A machine of the dealer's own brand."""
        own = self.env["product.product"].create(
            {
                "name": "Own brand",
                "is_storable": True,
                "tracking": "serial",
                "equipment_type_id": self.pump.equipment_type_id.id,
                "company_id": self.company_a.id,
            }
        )
        return self.env["equipment.unit"].create(
            {"product_id": own.id, "serial": "OWN-1", "company_id": self.company_a.id, **vals}
        )

    def _released(self):
        return (
            self.env["equipment.disclosure"]
            .with_user(self.oem_user)
            .search([("identity_id", "=", self.identity.id)])
        )

    def test_oem_sees_the_machine_and_its_dealer_but_no_unit(self):
        identity = self.identity.with_user(self.oem_user)
        self.assertEqual((identity.serial, identity.dealer_id), ("NET-1", self.dealer_a))
        self.assertEqual(identity.sudo().network_company_id, self.oem_company)
        self.assertFalse(self._released())
        with self.assertRaises(AccessError):
            self.unit.with_user(self.oem_user).read(["owner_id"])

    def test_company_that_becomes_a_dealers_brings_its_machines(self):
        company = self.env["res.company"].create({"name": "Was there before"})
        unit = self.env["equipment.unit"].create(
            {"product_id": self.pump.id, "serial": "NET-9", "company_id": company.id}
        )
        self.assertFalse(unit.identity_id.dealer_id)
        self.subdealer_a.company_id = company
        self.assertEqual(unit.identity_id.dealer_id, self.subdealer_a)
        self.subdealer_a.company_id = False
        self.assertEqual(unit.identity_id.dealer_id, self.subdealer_a, "it has it still")

    def test_rival_sees_nothing(self):
        with self.assertRaises(AccessError):
            self.identity.with_user(self.principal_b).read(["serial"])
        self._release("customers")
        Disclosure = self.env["equipment.disclosure"].with_user(self.principal_b)
        self.assertFalse(Disclosure.search([]))

    def test_dealer_reads_its_machine(self):
        self.assertEqual(self.identity.with_user(self.principal_a).serial, "NET-1")

    def test_own_product_of_a_dealer_is_unknown_to_the_oem(self):
        unit = self._own_unit()
        self.assertEqual(unit.identity_id.network_company_id, self.company_a)
        with self.assertRaises(AccessError):
            unit.identity_id.with_user(self.oem_user).read(["serial"])

    def test_only_what_is_released_is_shown(self):
        line = self._release("installed_base", field_names="site")
        shown = self._released()
        self.assertEqual(shown.site_address, "1 rue Cachée, Nantes")
        self.assertFalse(shown.customer_name or shown.meters)
        line.field_names = "meters"
        self.assertFalse(self._released().site_address)
        self._release("customers")
        self.assertEqual(self._released().customer_name, "Secret customer")

    def test_readings_and_owners_follow(self):
        self._release("installed_base")
        self._release("customers", field_names="name")
        meter = self.env["equipment.meter"].create({"name": "Hours", "company_id": False})
        self.env["equipment.meter.reading"].create(
            {"unit_id": self.unit.id, "meter_id": meter.id, "value": 42, "date": "2024-05-01"}
        )
        self.assertEqual(self._released().meters, "Hours: 42 (2024-05-01)")
        self.unit.owner_id = self.customer.copy({"name": "Next customer"})
        self.assertEqual(self._released().customer_name, "Next customer")
        self.assertFalse(self._released().customer_city)
        self.unit.state = "stock"
        self.assertFalse(self._released())

    def test_switched_off_is_gone_at_once(self):
        line = self._release("customers")
        self.assertTrue(self._released())
        line.with_user(self.principal_a).action_switch_off()
        self.assertFalse(self._released())

    def test_what_the_dealer_has_deleted_or_put_away_is_gone(self):
        self._release("customers")
        second = self.unit.copy({"product_id": self.pump.id, "serial": "NET-2", "state": "service"})
        Disclosure = self.env["equipment.disclosure"]
        self.assertEqual(len(Disclosure.search([("dealer_id", "=", self.dealer_a.id)])), 2)
        self.unit.active = False
        self.assertFalse(self._released())
        second.unlink()
        self.assertFalse(Disclosure.search([("dealer_id", "=", self.dealer_a.id)]))

    def test_what_a_dealer_released_goes_with_it(self):
        line = self._release("customers")
        self.assertTrue(self._released())
        self.dealer_a.sudo().company_id = False
        line.enabled = False
        self.assertFalse(self._released())

    def test_machines_of_a_dealers_own_are_not_among_what_it_releases(self):
        self._release("customers")
        unit = self._own_unit(owner_id=self.customer.id, state="service")
        Disclosure = self.env["equipment.disclosure"]
        self.assertFalse(Disclosure.search([("identity_id", "=", unit.identity_id.id)]))

    def test_release_ends_by_its_date(self):
        line = self._release("customers", date_to="2999-01-01")
        self.env.cr.execute(
            "UPDATE dealer_release SET date_to = '2020-01-01' WHERE id = %s", [line.id]
        )
        self.env.invalidate_all()
        with self.enter_registry_test_mode():
            self.env.ref(
                "equipment_registry_dealer_network.cron_disclosures"
            ).method_direct_trigger()
        self.assertFalse(self._released())

    def test_sub_dealer_without_company_knows_its_machine_by_its_dealer(self):
        self.identity.dealer_id = self.subdealer_a
        user = self._create_staff_user(self.subdealer_a, "role_principal", "t_principal_a1")
        self.assertEqual(self.identity.with_user(user).serial, "NET-1")

    def test_machine_of_a_dealer_without_company_comes_back(self):
        unit = self.env["equipment.unit"].create(
            {"product_id": self.pump.id, "serial": "NET-5", "company_id": self.oem_company.id}
        )
        move = self.env["stock.move"].new(
            {
                "company_id": self.oem_company.id,
                "partner_id": self.subdealer_a.partner_id.id,
                "date": "2024-05-01 10:00:00",
            }
        )
        unit._pass("delivered", move)
        self.assertEqual(unit.identity_id.dealer_id, self.subdealer_a)
        unit._pass("returned", move)
        self.assertFalse(unit.identity_id.dealer_id)

    def test_dealer_buys_no_commissioning(self):
        Protocol = self.env["equipment.protocol"]
        self.assertTrue(Protocol._is_end_customer(self.customer))
        self.assertFalse(Protocol._is_end_customer(self.dealer_b.partner_id))
