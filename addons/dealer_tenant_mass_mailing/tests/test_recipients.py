from odoo.tests import tagged

from odoo.addons.dealer_tenant.tests.common import DealerTenantCase


@tagged("post_install", "-at_install")
class TestRecipients(DealerTenantCase):
    def setUp(self):
        super().setUp()
        for user in (self.seller_a, self.seller_b):
            self._grant(user, "mass_mailing.group_mass_mailing_user")
        self.mailing = self._as(self.seller_b, "mailing.mailing").create(
            {
                "subject": "To everybody",
                "mailing_model_id": self.env["ir.model"]._get_id("res.partner"),
                "mailing_domain": "[]",
            }
        )

    def test_a_mailing_to_everybody_reaches_no_rivals_customer(self):
        """The cron that sends looks with the eyes of the administrator."""
        recipients = self.mailing.sudo()._get_recipients()
        self.assertIn(self.customer_b.id, recipients)
        self.assertNotIn(self.customer_a.id, recipients)
        self.assertNotIn(self.oem_customer.id, recipients)

    def test_a_mailing_whose_author_left_reaches_nobody(self):
        self.mailing.sudo().user_id = False
        self.seller_b.active = False
        self.assertEqual(self.mailing.sudo()._get_recipients(), [])

    def test_lists_and_mailings_are_per_dealer(self):
        mailing_list = self._as(self.seller_b, "mailing.list").create({"name": "Customers"})
        for record in (mailing_list.sudo(), self.mailing.sudo()):
            self.assertEqual(record.company_id, self.company_b)
            self.assertTrue(self._sees(self.seller_b, record))
            self.assertFalse(self._sees(self.seller_a, record))
