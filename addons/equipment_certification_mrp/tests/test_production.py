from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from odoo.addons.equipment_certification.tests.common import CertificationCase


@tagged("post_install", "-at_install")
class TestProduction(CertificationCase):
    def test_what_is_made_is_applied_for_and_shipped_when_certified(self):
        with Form(self.env["mrp.production"]) as form:
            form.product_id = self.oven
        production = form.record
        production.action_confirm()
        self.assertFalse(production.lacks_certificate)
        production.lot_producing_ids = self.env["stock.lot"].create(
            {"name": "O1-0500", "product_id": self.oven.id}
        )
        self.assertTrue(production.lacks_certificate)
        production.qty_producing = 1
        production.button_mark_done()
        self.assertEqual(production.state, "done", "production itself needs no certificate")
        self.engineer.group_ids |= self.env.ref("mrp.group_mrp_user")
        action = production.with_user(self.engineer).action_apply_for_certification()
        application = self.env["certification.application"].browse(action["res_id"])
        self.assertEqual(application.lot_ids, production.lot_producing_ids)
        delivery = self._delivery(production.lot_producing_ids)
        with self.assertRaises(UserError):
            delivery.button_validate()
        self._certificate("O1-0500")
        production.invalidate_recordset()
        self.assertFalse(production.lacks_certificate)
        delivery.button_validate()
        self.assertEqual(delivery.state, "done")
