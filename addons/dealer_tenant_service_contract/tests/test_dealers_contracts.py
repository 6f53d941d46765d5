"""Two dealers: contracts of one are not seen by the other."""

from odoo.tests import tagged

from odoo.addons.dealer_tenant.tests.common import DealerTenantCase

KINDS = [
    "service.contract",
    "service.offer",
    "service.plan",
    "service.refusal.reason",
    "service.visit",
]


@tagged("post_install", "-at_install")
class TestDealersContracts(DealerTenantCase):
    def test_every_kind_is_made_and_every_door_stays_shut(self):
        self.patch(self.env.registry["dealer.isolation.check"], "_kinds", lambda check: list(KINDS))
        check = self.env["dealer.isolation.check"].run(self.dealer_a, self.dealer_b)
        self.assertEqual(
            {line.model: line.verdict for line in check.line_ids},
            dict.fromkeys(KINDS, "tight"),
            check.line_ids.mapped("reason"),
        )
