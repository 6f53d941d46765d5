import base64

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ImportCase

MODELS = (
    "dealer.import.run",
    "dealer.import.problem",
    "dealer.import.wizard",
    "dealer.import.line",
    "dealer.import.column",
    "dealer.import.value",
)


@tagged("post_install", "-at_install")
class TestAccess(ImportCase):
    def test_dealers_and_area_managers_have_no_door(self):
        for user in (self.principal_a, self.seller_a, self.oem_user):
            for model in MODELS:
                for operation in ("read", "write", "create", "unlink"):
                    self.assertFalse(
                        self.env[model].with_user(user).has_access(operation),
                        (user.login, model, operation),
                    )
            with self.assertRaises(AccessError):
                self.env["dealer.import.run"].with_user(user)._start(b"Code\nA", "a.csv")

    def test_dealer_cannot_load_a_run_that_it_guesses(self):
        run, _report = self._start([("Code", "City"), ("T-B", "Brest")])
        self.assertEqual(run.state, "checked")
        with self.assertRaises(AccessError):
            run.with_user(self.principal_a).action_load()
        with self.assertRaises(AccessError):
            run.with_user(self.principal_a).read(["file"])
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [("res_model", "=", run._name), ("res_id", "=", run.id), ("res_field", "=", "file")]
            )
        )
        self.assertTrue(attachment)
        with self.assertRaises(AccessError):
            attachment.with_user(self.principal_a).read(["datas"])

    def test_files_of_another_oem_company_stay_there(self):
        run, _report = self._start([("Code", "City"), ("T-A", "Brest")])
        other = self.env["res.company"].create({"name": "Other OEM"})
        stranger = self._create_oem_user("t_stranger", "group_network_manager")
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        runs = self.env["dealer.import.run"].with_user(stranger)
        self.assertNotIn(run, runs.search([]))
        with self.assertRaises(AccessError):
            run.with_user(stranger).read(["name"])

    def test_managers_keep_the_evidence(self):
        run, _report = self._start([("Code", "City"), ("T-A", "Brest")])
        with self.assertRaises(AccessError):
            run.with_user(self.oem_manager).unlink()
        with self.assertRaises(AccessError):
            self.env["dealer.import.column"].with_user(self.oem_manager).create(
                {"name": "Nr", "key": "code"}
            )
        self.assertEqual(
            base64.b64decode(run.with_user(self.oem_manager).file), b"Code;City\nT-A;Brest"
        )
