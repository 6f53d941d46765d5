import json
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tests import tagged

from .common import GuardRailCase


@tagged("post_install", "-at_install")
class TestRequest(GuardRailCase):
    def _told(self):
        """Return {partner id: message} of what has been put before people since the last look."""
        self.env.cr.precommit.run()
        sent = self.env["bus.bus"].search([("message", "like", "simple_notification")])
        told = {
            json.loads(line.channel)[2]: json.loads(line.message)["payload"]["message"]
            for line in sent
        }
        self.env["bus.bus"].search([]).unlink()
        return told

    def test_a_holder_confirms_in_one_click(self):
        request = self._ask(self.seller_a, self.customer)
        self.assertTrue(self.customer.exists())
        mine = self._as(self.holder, request)
        self.assertTrue(mine.can_confirm)
        mine.action_confirm()
        self.assertFalse(self.customer.exists())
        self.assertEqual((request.state, request.answered_by_id), ("confirmed", self.holder))
        events = self.env["guard.rail.event"].search([("request_id", "=", request.id)])
        self.assertEqual(set(events.mapped("event")), {"asked", "confirmed"})

    def test_the_difference_is_shown(self):
        rail = self._rail("Archiving", "guard_rail.action_partner_archive")
        self.customer.email = "one@x.example"
        request = self._ask(
            self.seller_a, self.customer, rail, payload=json.dumps({"values": {"active": False}})
        )
        rows = {row["field"]: row for row in self._as(self.holder, request).difference}
        self.assertEqual(rows["Email"]["before"], "one@x.example")
        self.assertEqual((rows["Active"]["before"], rows["Active"]["after"]), ("True", "False"))
        self._as(self.holder, request).action_confirm()
        self.assertFalse(self.customer.active)

    def test_the_difference_names_nobody_whom_the_reader_may_not_know(self):
        if "crm.lead" not in self.env:
            self.skipTest("needs a guarded field that leads to people")
        self._needs_tenancy()
        self.seller_a.group_ids += self.env.ref("sales_team.group_sale_salesman")
        rail = self._rail("Assigning", "guard_rail.action_lead_assign")
        lead = self.env["crm.lead"].create(
            {"name": "Deal", "company_id": self.company_a.id, "user_id": self.seller_a.id}
        )
        for wanted, shown in ((self.holder, self.holder.name), (self.seller_b, "")):
            payload = json.dumps({"values": {"user_id": wanted.id}})
            request = self._ask(self.seller_a, lead, rail, payload=payload)
            rows = self._as(self.seller_a, request).difference
            after = [row["after"] for row in rows if row["field"] == "Salesperson"]
            self.assertEqual(after, [shown])

    def test_what_changed_since_is_not_confirmed_unseen(self):
        self.customer.email = "one@x.example"
        request = self._ask(self.seller_a, self.customer)
        self.customer.email = "another@x.example"
        mine = self._as(self.holder, request)
        mine.invalidate_recordset()
        self.assertTrue(mine.has_changed)
        with self.assertRaisesRegex(UserError, "changed since"):
            mine.action_confirm()
        self.assertTrue(self.customer.exists())

    def test_colleagues_of_two_languages_see_the_same_record(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.seller_a.lang = "fr_FR"
        self.rail.action_id.shows = "type,partner_latitude"
        self.customer.sudo().write({"type": "other", "partner_latitude": 12.5})
        french = self._as(self.seller_a, self.env["guard.rail.request"]).with_context(lang="fr_FR")
        request = french.create({"rail_id": self.rail.id, "res_ids": str(self.customer.id)})
        mine = self._as(self.holder, request).with_context(lang="en_US")
        self.assertFalse(mine.has_changed)
        self.customer.sudo().partner_latitude = 99
        mine.invalidate_recordset()
        self.assertTrue(mine.has_changed)

    def test_who_asks_or_does_not_hold_or_is_a_rival_does_not_confirm(self):
        request = self._ask(self.seller_a, self.customer)
        self._gain(self.person_b, self.offer)
        for user in (self.seller_a, self.principal_a, self.seller_b):
            with self.assertRaises(AccessError, msg=user.login):
                self._as(user, request).action_confirm()
        self._gain(self.person_a, self.offer)
        with self.assertRaises(AccessError):
            self._as(self.seller_a, request).action_confirm()
        self.assertTrue(self.customer.exists())

    def test_the_rights_are_those_of_who_confirms(self):
        request = self._ask(self.seller_a, self.customer)
        self.holder.group_ids -= self.env.ref("base.group_partner_manager")
        with self.assertRaises(AccessError):
            self._as(self.holder, request).action_confirm()

    def test_who_confirms_is_bound_by_the_other_rails_of_the_action(self):
        self._rail("Of the large", "guard_rail.action_partner_unlink", competence_id=self.yearly.id)
        request = self._as(self.holder, self._ask(self.seller_a, self.customer))
        with self.assertRaisesRegex(RedirectWarning, self.yearly.name), self.cr.savepoint():
            request.action_confirm()
        self.assertEqual(request.state, "asked")
        self._gain(self.person_holder, self.yearly)
        request.action_confirm()
        self.assertFalse(self.customer.exists())

    def test_of_many_records_none_is_confirmed_unseen(self):
        customers = self.env["res.partner"].union(
            *(self._customer(f"Customer {number:02}") for number in range(25))
        )
        request = self._ask(self.seller_a, customers)
        self.assertIn("Customer 02 and 22 more", request.what)
        customers[24].sudo().email = "new@x.example"
        mine = self._as(self.holder, request)
        mine.invalidate_recordset()
        self.assertIn("Customer 24", mine.difference_html, "what has moved comes first")
        with self.assertRaisesRegex(UserError, "has changed since"):
            mine.action_confirm()

    def test_a_question_about_the_second_dealers_record_is_that_dealers(self):
        self._work_at_b()
        request = self._ask(self.seller_a, self._customer_of_b())
        self.assertEqual(request.sudo().dealer_id, self.dealer_b)
        self.assertTrue(self._sees(self.seller_a, request))
        self.assertTrue(self._sees(self.principal_b, request))
        self.assertFalse(self._sees(self.holder, request), "not for the colleagues at A")

    def test_refusing_wants_a_reason(self):
        request = self._ask(self.seller_a, self.customer)
        mine = self._as(self.holder, request)
        with self.assertRaises(UserError):
            mine.action_refuse(" ")
        mine.action_refuse("He still owes us money")
        self.assertEqual((request.state, request.reason), ("refused", "He still owes us money"))
        with self.assertRaises(AccessError):
            mine.action_confirm()

    def test_the_principal_overrides_in_an_emergency_with_a_reason(self):
        request = self._ask(self.seller_a, self.customer)
        mine = self._as(self.principal_a, request)
        self.assertFalse(mine.can_confirm)
        wizard = self._as(self.principal_a, self.env["guard.rail.answer"]).create(
            {"request_id": request.id, "answer": "override", "reason": "The law asks for it today"}
        )
        wizard.action_answer()
        self.assertFalse(self.customer.exists())
        self.assertTrue(request.is_emergency)
        event = self.env["guard.rail.event"].search([("event", "=", "overridden")], limit=1)
        self.assertEqual(
            (event.reason, event.user_id), ("The law asks for it today", self.principal_a)
        )
        other = self._ask(self.seller_a, self._customer("Another"))
        with self.assertRaises(AccessError):
            self._as(self.seller_a, other).action_override("Me too")

    def test_what_an_emergency_opens_is_part_of_it(self):
        rail = self._rail(
            "Archiving", "guard_rail.action_partner_archive", domain="[('name', '!=', False)]"
        )
        request = self._ask(
            self.seller_a, self.customer, rail, payload=json.dumps({"values": {"active": False}})
        )
        mine = self._as(self.principal_a, self.customer)
        self._as(self.principal_a, request).action_override("The customer asks for it today")
        mine.active = True
        mine.active = False
        with self.assertRaises(RedirectWarning):
            self._as(self.principal_a, self._customer("Another")).action_archive()
        request.sudo().answer_date = fields.Datetime.now() - timedelta(hours=2)
        mine.active = True
        with self.assertRaises(RedirectWarning):
            mine.active = False

    def test_who_can_answer_is_told_and_who_asked_hears_the_answer(self):
        request = self._ask(self.seller_a, self.customer)
        self.assertEqual(self._told(), {self.holder.partner_id.id: request.what})
        self._as(self.holder, request).action_refuse("He still owes us money")
        told = self._told()
        self.assertEqual(list(told), [self.seller_a.partner_id.id])
        self.assertIn("He still owes us money", told[self.seller_a.partner_id.id])

    def test_where_nobody_can_answer_the_principal_is_told(self):
        self.person_holder.competence_ids.unlink()
        request = self._ask(self.seller_a, self.customer)
        self.assertEqual(self._told(), {self.principal_a.partner_id.id: request.what})

    def test_what_nobody_answers_becomes_a_task(self):
        request = self._ask(self.seller_a, self.customer)
        request.sudo().deadline = fields.Datetime.now() - timedelta(minutes=1)
        self.env["res.lang"]._activate_lang("fr_FR")
        self.principal_a.lang = "fr_FR"
        self.env["guard.rail.request"]._cron_expire()
        self.assertEqual(request.state, "expired")
        activity = self.dealer_a.activity_ids
        self.assertEqual(activity.user_id, self.principal_a)
        self.assertIn("Customer", activity.summary)
        self.assertIn("Non confirmé à temps", activity.summary, "in the reader's language")
        self.env["guard.rail.request"]._cron_expire()
        self.assertEqual(self.dealer_a.activity_ids, activity)

    def test_a_request_says_what_the_rail_says_not_what_the_caller_says(self):
        request = self._ask(
            self.seller_a,
            self.customer,
            model="res.users",
            what="Harmless",
            state="confirmed",
            user_id=self.holder.id,
            dealer_id=self.dealer_b.id,
            payload=json.dumps({"values": {"name": "Hacked"}}),
        )
        self.assertEqual((request.model, request.state), ("res.partner", "asked"))
        self.assertEqual((request.user_id, request.dealer_id), (self.seller_a, self.dealer_a))
        self.assertIn("Customer", request.what)
        self.assertEqual(json.loads(request.payload), {})
        with self.assertRaises(AccessError):
            self._as(self.seller_a, request).write({"payload": "{}"})
        rail = self._rail("Archiving", "guard_rail.action_partner_archive")
        with self.assertRaisesRegex(UserError, "nothing would be changed"):
            self._ask(
                self.seller_a,
                self.customer,
                rail,
                payload=json.dumps({"values": {"name": "Hacked"}}),
            )

    def test_a_record_out_of_sight_is_not_asked_about(self):
        self._needs_tenancy()
        theirs = self._customer("Of B", self.seller_b)
        with self.assertRaises(AccessError):
            self._ask(self.seller_a, theirs.sudo())

    def test_requests_and_log_are_the_dealers(self):
        request = self._ask(self.seller_a, self.customer)
        event = self.env["guard.rail.event"].search([("request_id", "=", request.id)])
        for user in (self.principal_b, self.seller_b):
            self.assertFalse(self._sees(user, request.sudo()), user.login)
        self.assertTrue(self._sees(self.principal_a, event))
        self.assertFalse(self._sees(self.principal_b, event))
        for records in (request, event):
            with self.assertRaises(AccessError):
                self._as(self.oem_admin, records).read(["what"])
        with self.assertRaises(AccessError):
            self._as(self.principal_a, event).write({"reason": "Nothing happened"})

    def test_a_stop_is_logged_after_the_roll_back(self):
        values = (
            self.env["guard.rail.event"]
            .with_user(self.seller_a)
            ._log_stop(self.rail, self.customer)
        )
        event = self.env["guard.rail.event"].create(values)
        self.assertEqual((event.event, event.user_id), ("stopped", self.seller_a))
        self.assertEqual(event.dealer_id, self.dealer_a)
