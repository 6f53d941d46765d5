"""The dealer of the customer's postal code."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.inquiry_desk.tests.common import InquiryDeskCase


@tagged("post_install", "-at_install")
class TestTerritory(InquiryDeskCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        kind = cls.env.ref("dealer_network.type_dealer")
        if "agreement_required" in kind._fields:
            kind.agreement_required = False
        cls.west, cls.east = cls.env["dealer.dealer"].create(
            [
                {
                    "code": code,
                    "name": code,
                    "type_id": kind.id,
                    "state": "active",
                    "mode": "light",
                    "oem_company_id": cls.dealer_a.id,
                }
                for code in ("T-WEST", "T-EAST")
            ]
        )
        france = cls.env.ref("base.fr")
        area = cls.env["dealer.territory"].create(
            {"code": "T-W", "name": "West", "country_id": france.id, "postal_codes": "99"}
        )
        cls.part = cls.env["dealer.territory"].create(
            {
                "code": "T-W1",
                "name": "Part",
                "country_id": france.id,
                "postal_codes": "991",
                "parent_id": area.id,
            }
        )
        today = fields.Date.today()
        cls.assigned = cls.env["dealer.territory.assignment"].create(
            {"territory_id": area.id, "dealer_id": cls.west.id, "date_from": today}
        )
        cls.env["dealer.outlet"].create(
            {"dealer_id": cls.east.id, "name": "E", "city": "Eaux", "country_id": france.id}
        )

    def suggested(self, **event):
        return self.call(email="luc@example.net", **event).suggested_dealer_id

    def test_postal_code_of_a_form(self):
        self.assertEqual(self.suggested(zip="99200"), self.west)

    def test_part_without_a_dealer_is_served_by_the_whole(self):
        self.assertEqual(self.suggested(zip="99140"), self.west)

    def test_territory_goes_before_the_outlet_in_the_town(self):
        self.assertEqual(self.suggested(zip="99200", city="Eaux"), self.west)
        self.assertEqual(self.suggested(zip="01000", city="Eaux", key="2"), self.east)

    def test_postal_code_in_a_letter(self):
        letter = (
            "Bonjour, il nous faut une pompe.\n\nCordialement,\nLuc Roy\n3 quai Bas, 99200 Eaux"
        )
        self.assertEqual(self.deliver(self.make_mail(letter)).suggested_dealer_id, self.west)

    def test_assignment_of_yesterday_is_over(self):
        yesterday = fields.Date.today() - timedelta(days=1)
        self.assigned.write({"date_from": yesterday, "date_to": yesterday})
        self.assertFalse(self.suggested(zip="99200"))

    def test_another_countrys_number(self):
        self.assertFalse(self.suggested(zip="99200", phone="+7 912 000 00 12"))
