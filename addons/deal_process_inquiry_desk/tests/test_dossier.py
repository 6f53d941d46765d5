"""What came to the desk is in the deal's dossier."""

from odoo import Command
from odoo.tests import tagged

from odoo.addons.inquiry_desk.tests.common import InquiryDeskCase


@tagged("post_install", "-at_install")
class TestDossier(InquiryDeskCase):
    def test_letters_and_calls_are_listed_apart(self):
        self.dealer_a.deal_process_id = self.env.ref("deal_process.process_standard")
        phone = self._make_channel("telephone", self.head_a, self.team_a)
        self.team_a.use_leads = False
        letter = self.call(phone="0240555555", text="We need a pump")
        call = self.call(phone, phone="0240555555")
        lead = letter.lead_id
        self.assertEqual(lead.type, "lead")
        call.lead_id = lead
        lead.partner_id.write(
            {"street": "1 rue", "city": "Nantes", "country_id": self.env.ref("base.fr").id}
        )
        lead.need_ids = [
            Command.create(
                {"kind_id": self.env.ref("deal_process.need_kind_equipment").id, "name": "pump"}
            )
        ]
        lead = lead.with_user(self.head_a)
        lead.action_qualify()
        lead.action_make_deal()
        kinds = {kind["name"]: kind for stage in lead.dossier() for kind in stage["kinds"]}
        self.assertEqual([row["id"] for row in kinds["Inquiry"]["documents"]], letter.ids)
        self.assertEqual([row["id"] for row in kinds["Call"]["documents"]], call.ids)
        self.assertTrue(kinds["Call"]["documents"][0]["open"])

    def test_merging_leads_keeps_what_came_to_the_desk(self):
        self.team_a.use_leads = False
        inquiries = self.call(phone="0240555555") | self.call(phone="0240666666")
        self.assertEqual(len(inquiries.lead_id), 2)
        merged = inquiries.lead_id.merge_opportunity()
        self.assertEqual(inquiries.lead_id, merged)
