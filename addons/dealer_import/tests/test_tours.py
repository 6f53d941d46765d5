from odoo.tests import HttpCase, tagged

from .common import DATA, ImportCase


@tagged("post_install", "-at_install")
class TestImportTour(ImportCase, HttpCase):
    def test_dirty_file_then_clean_file(self):
        self.oem_manager.password = "t_oem_manager"
        self.env["ir.attachment"].sudo().create(
            [
                {
                    "name": name,
                    "raw": (DATA / name).read_bytes(),
                    "public": True,
                    "url": f"/dealer_import_test/{name}",
                    "type": "binary",
                }
                for name in ("network_dirty.csv", "network_french_cp1252.csv")
            ]
        )
        self.start_tour("/odoo", "dealer_import_tour", login="t_oem_manager")
        self.assertEqual(self.env["dealer.dealer"].search_count([("code", "=like", "FR-%")]), 17)
        runs = self.env["dealer.import.run"].search([("user_id", "=", self.oem_manager.id)])
        self.assertEqual(runs.mapped("state"), ["loaded", "refused"])
