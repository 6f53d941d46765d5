from odoo.tests import tagged

from odoo.addons.inquiry_desk.tests.common import SAMPLES, InquiryDeskCase


@tagged("post_install", "-at_install")
class TestOrder(InquiryDeskCase):
    def order(self, partner, **values):
        product = self.env["product.product"].create(
            {"name": "Pump", "list_price": 100, "type": "service"}
        )
        return self.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "company_id": partner.company_id.id,
                "order_line": [(0, 0, {"product_id": product.id})],
                **values,
            }
        )

    def test_first_order_makes_a_customer(self):
        partner = self.call(phone="0240555501", name="Anna").partner_id
        order = self.order(partner)
        self.assertEqual(partner.customer_type, "potential")
        order.action_confirm()
        self.assertEqual(partner.customer_type, "customer")

    def test_answer_with_the_orders_number_joins_the_order(self):
        if not SAMPLES.is_dir():
            self.skipTest("the shared samples are not beside the project")
        self.mailbox_b.mailbox = "sales@kompressor-servis.example.ru"
        partner = self.env["res.partner"].create(
            {
                "name": "Ильин",
                "email": "p.ilin@obrazec-snab.example.ru",
                "company_id": self.dealer_b.id,
            }
        )
        deal = self.env["crm.lead"].create(
            {
                "name": "Deal",
                "type": "opportunity",
                "partner_id": partner.id,
                "company_id": self.dealer_b.id,
            }
        )
        order = self.order(partner, name="S00015", opportunity_id=deal.id, user_id=self.head_b.id)
        inquiry = self.deliver((SAMPLES / "hand" / "hand_02_reply_existing.eml").read_bytes())
        self.assertRecordValues(
            inquiry, [{"relation": "reply", "lead_id": deal.id, "user_id": self.head_b.id}]
        )
        self.assertIn("Выставляйте счёт", order.message_ids[0].body)

    def test_strangers_mail_with_an_orders_number_is_a_new_lead(self):
        order = self.order(
            self.env["res.partner"].create({"name": "X", "company_id": self.dealer_a.id}),
            name="S77777",
        )
        inquiry = self.deliver(self.make_mail("hello", subject="[S77777]"))
        self.assertEqual(inquiry.relation, "new")
        self.assertNotIn("hello", order.message_ids.mapped("body")[0])
