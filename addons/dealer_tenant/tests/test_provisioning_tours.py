from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestProvisioningTour(HttpCase):
    def test_administrator_provisions_dealers(self):
        """Jobs run at once here: there is no job runner beside a test."""
        new_test_user(self.env, "taken@tour.example")
        admin = new_test_user(
            self.env,
            "tour_oem_admin",
            password="tour_oem_admin",
            groups="base.group_user,dealer_network.group_network_administrator",
            company_ids=[Command.set(self.env.company.ids)],
        )
        done, failing = self.env["dealer.dealer"].create(
            [
                {
                    "code": code,
                    "name": name,
                    "type_id": self.env.ref("dealer_network.type_dealer").id,
                    "state": "active",
                    "provision_invite": False,
                }
                for code, name in (("TOUR1", "Tour Pumps"), ("TOUR2", "Tour Valves"))
            ]
        )
        for dealer, email in ((done, "free@tour.example"), (failing, "taken@tour.example")):
            self.env["dealer.staff"].create(
                {
                    "dealer_id": dealer.id,
                    "role_id": self.env.ref("dealer_network.role_principal").id,
                    "person_id": self.env["dealer.person"].create(
                        {"name": f"Principal of {dealer.name}", "email": email}
                    ).id,
                }
            )
        with patch.dict("os.environ", QUEUE_JOB__NO_DELAY="1"):
            self.start_tour("/odoo/provisioning", "dealer_provisioning", login=admin.login)
        self.assertEqual(done.provisioning_state, "done")
        self.assertEqual(failing.provisioning_state, "failed")
        self.assertNotIn(admin, done.company_id.with_context(active_test=False).user_ids)
