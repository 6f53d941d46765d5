"""A rival gets at no call, answer or script of a dealer's."""

from odoo.tests import tagged

from odoo.addons.dealer_tenant.tests.common import DealerTenantCase

KINDS = [
    "deal.quality.answer",
    "deal.quality.call",
    "deal.quality.question",
    "deal.quality.script",
]


@tagged("post_install", "-at_install")
class TestIsolation(DealerTenantCase):
    def test_every_kind_is_made_and_every_door_stays_shut(self):
        self.patch(self.env.registry["dealer.isolation.check"], "_kinds", lambda check: list(KINDS))
        check = self.env["dealer.isolation.check"].run(self.dealer_a, self.dealer_b)
        self.assertEqual(set(check.line_ids.mapped("verdict")), {"tight"})
        self.assertTrue(all(check.line_ids.mapped("owner_sees")))
