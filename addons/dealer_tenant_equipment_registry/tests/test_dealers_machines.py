"""Two dealers: each works at its machines, and gets at nothing of the other's."""

from odoo.tests import tagged

from odoo.addons.dealer_tenant.tests.common import DealerTenantCase

KINDS = [
    "equipment.demo",
    "equipment.identity",
    "equipment.meter",
    "equipment.meter.reading",
    "equipment.protocol",
    "equipment.protocol.line",
    "equipment.protocol.photo",
    "equipment.protocol.template",
    "equipment.protocol.template.line",
    "equipment.unit",
    "equipment.unit.event",
]


@tagged("post_install", "-at_install")
class TestDealersMachines(DealerTenantCase):
    def _check(self, kinds):
        self.patch(self.env.registry["dealer.isolation.check"], "_kinds", lambda check: list(kinds))
        return self.env["dealer.isolation.check"].run(self.dealer_a, self.dealer_b)

    def test_every_kind_is_made_and_every_door_stays_shut(self):
        check = self._check(KINDS)
        self.assertEqual(
            {line.model: line.verdict for line in check.line_ids},
            dict.fromkeys(KINDS, "tight"),
            check.line_ids.mapped("reason"),
        )

    def test_service_technician_has_his_group(self):
        role = self.env.ref("dealer_tenant.user_role_service_technician")
        self.assertIn(
            self.env.ref("equipment_registry.group_technician"), role.group_id.all_implied_ids
        )
