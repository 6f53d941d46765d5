from odoo.tests import HttpCase, tagged

from .common import DealerTenantCase

KINDS = ["res.partner", "res.users", "ir.filters"]


@tagged("post_install", "-at_install")
class TestIsolationTour(DealerTenantCase, HttpCase):
    def test_a_principal_reads_the_proof(self):
        self.patch(self.env.registry["dealer.isolation.check"], "_kinds", lambda check: list(KINDS))
        # no job runner listens to a test's transaction
        self.patch(
            self.env.registry["dealer.isolation.check"], "_enqueue", lambda check: check._run_job()
        )
        action = self.env.ref("dealer_network.dealer_dealer_action")
        self.start_tour(
            f"/odoo/action-{action.id}/{self.dealer_a.id}",
            "dealer_tenant_isolation_check",
            login=self.principal_a.login,
        )
        self.assertEqual(self.dealer_a.isolation_check_ids.mapped("state"), ["tight"])
