from contextlib import suppress

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.queue_job.job import Job


@tagged("post_install", "-at_install")
class TestProvisioningTour(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        new_test_user(cls.env, "taken@tour.example")
        cls.admin = new_test_user(
            cls.env,
            "tour_oem_admin",
            password="tour_oem_admin",
            groups="base.group_user,dealer_network.group_network_administrator",
            company_ids=[Command.set(cls.env.company.ids)],
        )
        cls.done = cls._create_dealer("TOUR1", "Tour Pumps", "free@tour.example")
        cls.failing = cls._create_dealer("TOUR2", "Tour Valves", "taken@tour.example")

    @classmethod
    def _create_dealer(cls, code, name, email):
        dealer = cls.env["dealer.dealer"].create(
            {
                "code": code,
                "name": name,
                "type_id": cls.env.ref("dealer_network.type_dealer").id,
                "state": "active",
                "provision_invite": False,
            }
        )
        person = cls.env["dealer.person"].create({"name": f"Principal {name}", "email": email})
        cls.env["dealer.staff"].create(
            {
                "dealer_id": dealer.id,
                "role_id": cls.env.ref("dealer_network.role_principal").id,
                "person_id": person.id,
            }
        )
        return dealer

    def _run_jobs(self):
        """What the job runner of a region does: there is none beside a test."""
        jobs = self.env["queue.job"].search(
            [("method_name", "=", "_provision_job"), ("state", "=", "pending")]
        )
        for uuid in jobs.mapped("uuid"):
            with suppress(UserError):
                Job.load(self.env, uuid).perform()
        self.env.invalidate_all()
        return len(jobs)

    def test_administrator_provisions_dealers_from_the_list(self):
        self.start_tour("/odoo/provisioning", "dealer_provisioning_start", login=self.admin.login)
        self.assertEqual(self._run_jobs(), 2)
        self.start_tour("/odoo/provisioning", "dealer_provisioning_end", login=self.admin.login)
        self.assertEqual(self.done.provisioning_state, "done")
        self.assertEqual(self.failing.provisioning_state, "queued")
        self.assertTrue(self.failing.company_id)
        self.assertNotIn(self.admin, self.done.company_id.with_context(active_test=False).user_ids)
