"""Which dealer serves the customer, and what handing the request to him does."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.inquiry_desk.tests.common import InquiryDeskCase


@tagged("post_install", "-at_install")
class TestSuggestedDealer(InquiryDeskCase):
    """Here the OEM's desk is that of company A; company B is one of its dealers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        kind = cls.env.ref("dealer_network.type_dealer")
        if "agreement_required" in kind._fields:
            kind.agreement_required = False
        common = {
            "type_id": kind.id,
            "state": "active",
            "oem_company_id": cls.dealer_a.id,
            "country_id": cls.env.ref("base.fr").id,
        }
        Dealer = cls.env["dealer.dealer"]
        cls.nantes = Dealer.create({**common, "code": "T-N", "name": "Nantes"})
        person = cls.env["dealer.person"].create(
            {"name": "Head", "email": "head@nantes.example", "oem_company_id": cls.dealer_a.id}
        )
        cls.env["dealer.staff"].create(
            {
                "person_id": person.id,
                "dealer_id": cls.nantes.id,
                "role_id": cls.env.ref("dealer_network.role_head_of_sales").id,
                "user_id": cls.head_b.id,
            }
        )
        cls.head_b.group_ids += cls.env.ref("dealer_network.group_dealer_user")
        cls.nantes.company_id = cls.dealer_b
        cls.lyon = Dealer.create({**common, "code": "T-L", "name": "Lyon", "mode": "light"})
        cls.below = Dealer.create(
            {
                **common,
                "code": "T-S",
                "name": "Below",
                "mode": "light",
                "type_id": cls.env.ref("dealer_network.type_subdealer").id,
                "parent_id": cls.nantes.id,
            }
        )
        for dealer, city in ((cls.nantes, "Nantes"), (cls.lyon, "Lyon"), (cls.below, "Angers")):
            cls.env["dealer.outlet"].create(
                {
                    "dealer_id": dealer.id,
                    "name": city,
                    "city": city,
                    "country_id": cls.env.ref("base.fr").id,
                }
            )
        network = cls.env.ref("dealer_network.group_network_user")
        cls.head_a.group_ids += network

    def incoming(self, channel=None, **event):
        return self.call(
            channel or self.chat_a, email="luc@example.net", name="Luc", subject="Pump", **event
        )

    def served_b(self, **event):
        """Whom the desk of the dealer in Nantes is suggested for a French customer."""
        return self.incoming(self.chat_b, phone="+33 2 40 00 00 12", **event).suggested_dealer_id

    def test_dealer_of_the_customers_town(self):
        self.assertEqual(self.incoming(city="nantes").suggested_dealer_id, self.nantes)

    def test_nobody_where_no_dealer_is(self):
        self.assertFalse(self.incoming(city="Brest").suggested_dealer_id)
        self.assertFalse(self.incoming().suggested_dealer_id)

    def test_country_of_the_number_counts(self):
        self.assertFalse(self.incoming(city="Nantes", phone="+7 912 000 00 11").suggested_dealer_id)

    def test_rule_names_the_dealer(self):
        self.env["crm.inquiry.rule"].create(
            {
                "name": "Pumps",
                "company_id": self.dealer_a.id,
                "team_id": self.team_a.id,
                "words": "pump",
                "dealer_id": self.lyon.id,
            }
        )
        self.assertEqual(self.incoming(city="Nantes").suggested_dealer_id, self.lyon)

    def test_dealer_is_suggested_only_those_below_him(self):
        self.assertEqual(self.served_b(city="Angers"), self.below)

    def test_no_dealer_hears_of_a_dealer_beside_him(self):
        self.assertFalse(self.served_b(city="Lyon"))

    def test_suspended_dealer_is_not_suggested(self):
        self.nantes.with_context(dealer_state_reason="test")._write({"state": "suspended"})
        self.env.invalidate_all()
        self.assertFalse(self.incoming(city="Nantes").suggested_dealer_id)

    def test_table_of_states_says_who_receives_leads(self):
        suspended = self.env.ref("dealer_network.permission_suspended_receive_leads")
        suspended.allowed = True
        self.nantes.with_context(dealer_state_reason="test")._write({"state": "suspended"})
        self.env.invalidate_all()
        inquiry = self.incoming(city="Nantes")
        self.assertEqual(inquiry.suggested_dealer_id, self.nantes)
        suspended.allowed = False
        with self.assertRaisesRegex(UserError, "Nantes receives no leads"):
            inquiry.with_user(self.head_a).action_hand_to_dealer()
        self.assertNotEqual(inquiry.state, "done")

    def test_handed_request_is_on_the_dealers_desk(self):
        inquiry = self.incoming(city="Nantes", attachments=[("plan.pdf", b"plan", "text/plain")])
        inquiry.with_user(self.head_a).action_hand_to_dealer()
        self.assertRecordValues(
            inquiry, [{"state": "done", "outcome": "dealer", "dealer_id": self.nantes.id}]
        )
        self.assertEqual(inquiry.lead_id.won_status, "lost")
        self.assertIn("Nantes", inquiry.with_user(self.head_a).story)
        theirs = self.Inquiry.with_user(self.head_b).search([])
        self.assertRecordValues(
            theirs,
            [
                {
                    "company_id": self.dealer_b.id,
                    "contact_name": "Luc",
                    "email": "luc@example.net",
                    "state": "queued",
                    "relation": "new",
                }
            ],
        )
        self.assertIn("plan.pdf", theirs.sudo()._attachments().mapped("name"))
        self.assertEqual(self.events(self.head_b), ["new"])
        with self.assertRaises(AccessError):
            theirs.with_user(self.head_a).read(["subject"])

    def test_handing_over_twice_makes_one_request(self):
        inquiry = self.incoming(city="Nantes")
        inquiry.with_user(self.head_a).action_hand_to_dealer()
        inquiry.with_user(self.head_a).action_hand_to_dealer()
        self.assertEqual(self.Inquiry.with_user(self.head_b).search_count([]), 1)

    def test_dealer_without_a_desk_is_named(self):
        inquiry = self.incoming(city="Lyon")
        with self.assertRaisesRegex(UserError, "Lyon"):
            inquiry.with_user(self.head_a).action_hand_to_dealer()
        with self.assertRaisesRegex(UserError, "No dealer"):
            self.incoming(city="Brest", key="x").with_user(self.head_a).action_hand_to_dealer()
        self.assertEqual(inquiry.state, "queued")

    def test_salesman_without_the_network_sees_no_dealers(self):
        inquiry = self.incoming(city="Nantes").with_user(self.seller_a)
        with self.assertRaises(AccessError):
            inquiry.read(["suggested_dealer_id"])
        self.assertNotIn("suggested_dealer_id", inquiry.read()[0])
