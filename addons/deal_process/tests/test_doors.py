"""No lead becomes a deal without needs, customer data and contacts: through no door."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import DealProcessCase


@tagged("post_install", "-at_install")
class TestDoors(DealProcessCase):
    def bare_lead(self, **values):
        return self.Lead.with_user(self.seller).create(
            {"name": "Bare", "type": "lead", "team_id": self.team.id, **values}
        )

    def test_new_record_is_a_lead_unless_said_otherwise(self):
        self.assertEqual(self.Lead.with_user(self.seller).create({"name": "x"}).type, "lead")

    def test_button_says_exactly_what_is_missing(self):
        with self.assertRaises(UserError) as caught:
            self.bare_lead().action_make_deal()
        message = str(caught.exception)
        for word in ("Needs", "Qualification: nobody", "Customer: none", "Contacts"):
            self.assertIn(word, message)

    def test_stock_conversion_is_a_door_too(self):
        lead = self.bare_lead(contact_name="Jo", email_from="jo@x.example")
        wizard = (
            self.env["crm.lead2opportunity.partner"]
            .with_user(self.seller)
            .with_context(active_id=lead.id, active_ids=lead.ids, active_model="crm.lead")
            .create({"lead_id": lead.id, "name": "convert", "action": "create"})
        )
        with self.refused("Needs"):
            wizard.action_apply()

    def test_create_write_and_import_are_doors(self):
        Lead = self.Lead.with_user(self.seller)
        with self.refused("Needs"):
            Lead.create({"name": "RPC", "type": "opportunity", "team_id": self.team.id})
        with self.refused("Needs", "Qualification"):
            self.bare_lead().write({"type": "opportunity"})
        result = Lead.load(["name", "type"], [["Imported", "Opportunity"]])
        self.assertFalse(result["ids"])
        self.assertIn("Needs", result["messages"][0]["message"])

    def test_deal_of_another_team_is_a_door(self):
        """Without a process an opportunity is stock Odoo's; it is asked when it comes to a team."""
        self.firm_a.deal_process_id = False
        lead = self.Lead.with_user(self.seller).create({"name": "Free", "type": "opportunity"})
        self.assertFalse(lead.process_version_id)
        self.team.deal_process_id = self.process
        with self.refused("Needs"):
            lead.team_id = self.team

    def test_letter_makes_a_lead(self):
        lead = self.Lead.message_new(
            {"subject": "Pump", "email_from": "jo@x.example", "body": "", "author_id": False},
            {"type": "opportunity", "team_id": self.team.id},
        )
        self.assertEqual(lead.type, "lead")

    def test_merging_keeps_needs_and_asks_the_gates(self):
        first, second = self.make_lead(), self.make_lead(name="Second")
        merged = (first | second).merge_opportunity()
        self.assertEqual(len(merged.need_ids), 2)

    def test_merging_does_not_get_rid_of_a_review(self):
        refused, deal = self.make_deal(), self.make_deal(name="Second")
        refused.action_set_lost(lost_reason_id=self.reason.id)
        review = refused.sudo().deal_review_ids
        merged = (refused | deal).merge_opportunity()
        self.assertEqual(merged.sudo().deal_review_ids, review)

    def test_copy_of_a_deal_is_a_lead_with_its_needs(self):
        copy = self.make_deal().copy()
        self.assertEqual((copy.type, len(copy.need_ids)), ("lead", 1))
        self.assertFalse(copy.process_version_id)

    def test_organisation_needs_legal_data(self):
        firm = self.make_firm(vat=False, company_registry=False, bank_ids=False, street=False)
        lead = self.make_lead(partner=firm.child_ids)
        with self.assertRaises(UserError) as caught:
            lead.action_make_deal()
        message = str(caught.exception)
        for word in ("registration number", "tax number", "bank account", "street"):
            self.assertIn(word, message)
        self.assertNotIn("town", message)

    def test_entrepreneur_is_asked_like_an_organisation(self):
        person = self.make_person(customer_kind="entrepreneur")
        with self.refused("tax number"):
            self.make_lead(partner=person).action_make_deal()

    def test_private_person_needs_name_and_address_only(self):
        self.assertEqual(self.make_deal().deal_stage_id.code, "selection")
        with self.refused("town"):
            self.make_lead(partner=self.make_person(city=False)).action_make_deal()

    def test_switchboard_is_no_contact(self):
        firm = self.make_firm(phone="+33240000009")
        lead = self.make_lead(partner=firm)
        with self.refused("Contacts"):
            lead.action_make_deal()
        lead.contact_ids = firm.child_ids
        lead.action_make_deal()
        self.assertEqual(lead.type, "opportunity")

    def test_complete_opportunity_is_created_at_once(self):
        deal = self.Lead.with_user(self.seller).create(
            {
                "name": "At once",
                "type": "opportunity",
                "team_id": self.team.id,
                "partner_id": self.make_person().id,
                "need_ids": [Command.create({"kind_id": self.equipment.id, "name": "pump"})],
            }
        )
        self.assertEqual(deal.deal_stage_id.code, "selection")

    def test_stage_at_creation_is_a_move_through_all_gates(self):
        values = {
            "name": "Jump",
            "type": "opportunity",
            "team_id": self.team.id,
            "partner_id": self.make_person().id,
            "need_ids": [Command.create({"kind_id": self.equipment.id, "name": "pump"})],
        }
        for code in ("service", "closed"):
            with self.refused("Offer"):
                self.Lead.with_user(self.seller).create(
                    {**values, "deal_stage_id": self.version._stage(code=code).id}
                )

    def test_process_is_not_chosen_by_hand(self):
        with self.assertRaises(UserError):
            self.make_deal().write({"process_version_id": False})
        with self.assertRaises(UserError):
            self.bare_lead(process_version_id=self.version.id)

    def test_what_the_process_keeps_is_not_written_by_hand(self):
        """Neither over RPC nor by import: the outcome of a deal, its clock, a qualification."""
        deal, lead = self.make_deal(), self.bare_lead()
        for record, values in (
            (deal, {"deal_outcome": "closed"}),
            (deal, {"deal_deadline": "2099-01-01"}),
            (deal, {"deal_last_touch": "2099-01-01", "name": "x"}),
            (lead, {"qualification": "qualified"}),
        ):
            with self.refused("by itself"):
                record.write(values)
        with self.refused("Outcome of the deal"):
            self.bare_lead(deal_outcome="closed")
        result = self.Lead.with_user(self.seller).load(
            ["name", "qualification"], [["Imported", "Qualified"]]
        )
        self.assertFalse(result["ids"])

    def test_context_of_a_caller_judges_no_lead(self):
        """Defaults come with the caller's context: over RPC they are his to write."""
        lead = self.Lead.with_context(
            default_qualification="qualified", default_deal_outcome="closed"
        )
        lead = lead.with_user(self.seller).create({"name": "Bare", "type": "lead"})
        self.assertFalse(lead.qualification or lead.deal_outcome)

    def test_running_deal_is_not_hidden_from_the_review(self):
        deal = self.make_deal()
        for hide in (
            deal.action_archive,
            lambda: deal.write({"active": False}),
            lambda: deal.write({"type": "lead"}),
        ):
            # without a chance of winning it counts as lost, and a reason is asked for
            with self.refused("Deal"):
                hide()
        self.assertTrue(deal.active)
        deal.deal_stage_id = self.version._stage(code="not_lead")
        self.assertFalse(deal.active)

    def test_what_is_filled_in_with_the_move_counts_for_it(self):
        """The form saves the fields and the stage that was clicked at once."""
        deal = self.make_deal()
        with self.assertRaises(UserError) as caught:
            deal.write(
                {
                    "deal_way": "direct",
                    "deal_stage_id": self.version._stage(code="service").id,
                }
            )
        self.assertIn("Order: none is confirmed", str(caught.exception))
        self.assertNotIn("Offer", str(caught.exception))

    def test_kanban_move_asks_the_gates(self):
        deal = self.make_deal()
        with self.refused("Offer: none was sent"):
            deal.deal_stage_id = self.version._stage(code="production")
        with self.refused("Payment"):
            deal.action_set_won()

    def test_stock_won_stage_is_no_way_round(self):
        deal = self.make_deal()
        won = self.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        with self.refused("Payment"):
            deal.stage_id = won

    def test_unqualified_lead_stays_a_lead(self):
        lead = self.make_lead(judged=False)
        for door in (
            lead.action_make_deal,
            lambda: lead.convert_opportunity(lead.partner_id),
            lambda: lead.write({"type": "opportunity"}),
            lambda: lead.load([".id", "type"], [[str(lead.id), "Opportunity"]]),
        ):
            with self.refused("nobody has judged"):
                answer = door()
                self._raise_messages(answer)
        lead.action_preliminary()
        with self.refused("Preliminary interest"):
            lead.action_make_deal()
        lead.action_qualify()
        lead.action_make_deal()
        self.assertEqual(lead.qualification_user_id, self.seller)

    def _raise_messages(self, answer):
        """An import tells in its answer what other doors raise."""
        raise UserError(answer["messages"][0]["message"])

    def test_door_that_opens_while_the_lead_sleeps(self):
        """Archived, it may become an opportunity; it is judged when it comes back."""
        lead = self.make_lead(judged=False)
        lead.active = False
        lead.type = "opportunity"
        with self.refused("nobody has judged"):
            lead.active = True
        lead.action_qualify()
        lead.active = True
        self.assertEqual(lead.deal_stage_id.code, "selection")

    def test_who_enters_a_deal_has_judged_it(self):
        self.firm_a.deal_process_id = False
        free, lead = self.Lead.with_user(self.seller).create(
            [{"name": kind, "type": kind} for kind in ("opportunity", "lead")]
        )
        self.assertEqual(
            (free.qualification, free.qualification_user_id), ("qualified", self.seller)
        )
        self.assertTrue(free.qualification_date)
        self.assertFalse(
            lead.qualification or lead.qualification_user_id or lead.qualification_date
        )
        self.assertFalse(free.copy({"type": "lead"}).qualification)

    def test_what_becomes_a_lead_again_is_judged_anew(self):
        self.firm_a.deal_process_id = False
        free, judged = self.Lead.with_user(self.seller).create(
            [{"name": kind, "type": kind} for kind in ("opportunity", "lead")]
        )
        judged.action_preliminary()
        (free | judged).write({"type": "lead"})
        self.assertEqual((free | judged).mapped("qualification"), [False, "preliminary"])
        self.assertFalse(free.qualification_user_id or free.qualification_date)

    def test_judgement_that_is_loaded_with_a_lead_is_kept(self):
        """As a migration or the demo loads it."""
        lead = self.Lead.create({"name": "Old", "type": "lead", "qualification": "preliminary"})
        self.assertEqual(lead.qualification, "preliminary")
        self.assertTrue(lead.qualification_date)

    def test_head_passes_over_the_judgement(self):
        lead = self.make_lead(judged=False)
        self.pass_over(lead, "qualified")
        lead.action_make_deal()
        self.assertEqual(lead.deal_stage_id.code, "selection")

    def test_qualification_names_what_is_unknown(self):
        with self.assertRaises(UserError) as caught:
            self.bare_lead(contact_name="Jo").action_qualify()
        for word in ("telephone", "company", "what is needed"):
            self.assertIn(word, str(caught.exception))

    def test_spam_and_error_end_the_lead(self):
        spam, error = self.bare_lead(), self.bare_lead()
        spam.action_not_lead_spam()
        error.action_not_lead_error()
        self.assertEqual((spam | error).mapped("won_status"), ["lost", "lost"])
        self.assertEqual((spam.qualification, error.qualification), ("spam", "error"))
        self.assertFalse((spam | error).sudo().deal_review_ids)

    def test_override_takes_the_head_and_a_reason(self):
        lead = self.make_lead(partner=self.make_person(city=False))
        gate = self.env.ref("deal_process.gate_customer_data")
        values = {"lead_id": lead.id, "gate_id": gate.id, "reason": "Known for years"}
        Override = self.env["deal.gate.override"]
        with self.assertRaises(AccessError):
            Override.with_user(self.seller).create(values)
        with self.refused("say why"):
            Override.with_user(self.head).create({**values, "reason": "ok"})
        override = Override.with_user(self.head).create({**values, "user_id": self.seller.id})
        self.assertEqual((override.user_id, override.stage_id.code), (self.head, False))
        self.assertIn("town", override.problems)
        self.assertIn("Known for years", lead.message_ids[0].body)
        self.assertEqual(lead.deal_override_count, 1)
        lead.action_make_deal()
        self.assertEqual(lead.deal_stage_id.code, "selection")
        with self.assertRaises(UserError):
            override.reason = "changed"
        with self.assertRaises(AccessError):
            override.unlink()

    def test_gate_that_nobody_overrides(self):
        gate = self.env.ref("deal_process.gate_payment")
        gate.no_override = True
        with self.refused("cannot be passed over"):
            self.pass_over(self.make_deal(), "payment")

    def test_next_step_leads_to_what_is_missing(self):
        lead = self.bare_lead(partner_id=self.make_person(city=False).id)
        step = lead.next_step()
        self.assertEqual(
            [(problem["gate"], problem["page"]) for problem in step["problems"]],
            [("needs", "needs"), ("qualified", "qualification"), ("customer_data", False)],
        )
        self.assertEqual(lead.resolve_gate("needs"), {"page": "needs"})
        self.assertEqual(lead.resolve_gate("customer_data")["res_id"], lead.partner_id.id)
        self.assertFalse(lead.resolve_gate("nonsense"))

    def test_form_keeps_a_lead_a_lead(self):
        with Form(self.Lead.with_user(self.seller)) as form:
            form.name = "By hand"
            with form.need_ids.new() as need:
                need.kind_id = self.equipment
                need.name = "A pump"
        self.assertEqual((form.record.type, len(form.record.need_ids)), ("lead", 1))
