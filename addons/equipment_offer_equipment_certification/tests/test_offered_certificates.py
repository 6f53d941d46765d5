from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.equipment_certification.tests.common import CertificationCase


@tagged("post_install", "-at_install")
class TestOfferedCertificates(CertificationCase):
    def _offered(self, *products):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "company_id": self.oem.id,
                "order_line": [Command.create({"product_id": product.id}) for product in products],
            }
        )
        seller = self._user("c_seller", "base.group_user,sales_team.group_sale_salesman_all_leads")
        return order.with_user(seller)._offer_certificates()

    def test_the_certificate_of_the_model_stands_on_the_offer(self):
        certificate = self._certificate(name="H-900")
        (line,) = self._offered(self.oven, self.pump)
        self.assertEqual(line.product, self.oven.product_tmpl_id.display_name)
        self.assertEqual(
            (line.name, line.number, line.body), ("Heat test", "H-900", "Heat laboratory")
        )
        self.assertEqual(line.valid_until, certificate.date_to)

    def test_without_one_the_offer_promises_it_with_the_machine(self):
        self._certificate("O1-0001")
        (line,) = self._offered(self.oven)
        self.assertEqual(line.number, "with the delivery, for each machine")
        self.assertFalse(line.valid_until)

    def test_nothing_is_listed_that_needs_nothing(self):
        self.assertEqual(self._offered(self.pump), [])
