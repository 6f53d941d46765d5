from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import OpeningCase


@tagged("post_install", "-at_install")
class TestLeaving(OpeningCase):
    """Dealer A leaves, dealer B takes over."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Partner = cls.env["res.partner"]
        cls.firm = Partner.create(
            {
                "name": "Water utility",
                "is_company": True,
                "company_id": cls.company_a.id,
                "city": "Nantes",
                "comment": "Pays late, do not tell",
            }
        )
        cls.buyer = Partner.create(
            {
                "name": "Ida Pryce",
                "parent_id": cls.firm.id,
                "company_id": cls.company_a.id,
                "email": "ida@utility.example",
            }
        )
        cls.rivals_customer = Partner.create(
            {"name": "Customer of B", "company_id": cls.company_b.id}
        )
        cls.today = fields.Date.context_today(cls.dealer_a)

    def _prepare(self, **values):
        action = self.dealer_a.with_user(self.oem_manager).action_leave()
        leaving = self.env["dealer.leaving"].browse(action["res_id"])
        leaving.write({"reason": "Retires", "successor_id": self.dealer_b.id, **values})
        return leaving.with_user(self.oem_manager)

    def _customers(self, company):
        return self.env["res.partner"].search(
            [("company_id", "=", company.id), ("name", "in", ("Water utility", "Ida Pryce"))]
        )

    def test_what_there_is_to_hand_over_is_counted(self):
        leaving = self._prepare()
        counts = {item.kind: item.count for item in leaving.item_ids}
        self.assertEqual(counts, {"customers": 2, "subdealers": 1})
        self.env["res.partner"].create({"name": "New", "company_id": self.company_a.id})
        leaving.action_collect()
        self.assertEqual(leaving.item_ids.filtered(lambda item: item.kind == "customers").count, 3)
        self.assertEqual(self.dealer_a.leaving_count, 1)
        self.assertEqual(self.dealer_a.action_leave()["res_id"], leaving.id)

    def test_no_customer_without_a_ground(self):
        leaving = self._prepare()
        for ground in (False, "consent", "contract", "law"):
            leaving.legal_ground = ground
            with self.assertRaisesRegex(UserError, "recorded consent"):
                leaving.action_complete()
        self.assertEqual(self.dealer_a.state, "active")
        self.assertFalse(self._customers(self.company_b))

    def test_consent_is_the_leaving_dealers_managers(self):
        leaving = self._prepare(legal_ground="consent")
        for user in (self.oem_manager, self.oem_admin, self.seller_a, self.principal_b):
            with self.assertRaises(AccessError):
                leaving.with_user(user).action_consent()
        leaving.with_user(self.principal_a).action_consent()
        self.assertEqual(leaving.consent_user_id, self.principal_a)
        leaving.successor_id = self.importer
        self.assertFalse(leaving.consent_user_id, "consent was to another successor")

    def test_copy_hands_over_addresses_and_keeps_history(self):
        leaving = self._prepare(legal_ground="consent")
        leaving.with_user(self.principal_a).action_consent()
        leaving.action_complete()
        copies = self._customers(self.company_b)
        self.assertEqual(set(copies.mapped("name")), {"Water utility", "Ida Pryce"})
        person = copies.filtered("parent_id")
        self.assertEqual(person.parent_id.name, "Water utility")
        self.assertEqual((person.email, person.parent_id.city), ("ida@utility.example", "Nantes"))
        self.assertFalse(person.parent_id.comment, "notes stay with the leaving dealer")
        self.assertEqual(self.firm.company_id, self.company_a)
        seen = (
            self.env["res.partner"].with_user(self.principal_b).search([("id", "in", copies.ids)])
        )
        self.assertEqual(seen, copies)
        self.assertEqual(leaving.item_ids.mapped("done_count"), [2, 1])

    def test_who_carries_it_out_does_not_follow_the_copies(self):
        leaving = self._prepare(legal_ground="law", ground_reference="Court order 7")
        leaving.with_context(tracking_disable=False).action_complete()
        copies = self._customers(self.company_b)
        self.assertEqual(len(copies), 2)
        self.assertFalse(copies.message_partner_ids)

    def test_move_takes_them_out_of_the_leaving_company(self):
        leaving = self._prepare(
            legal_ground="contract", ground_reference="§ 14.2", customer_method="move"
        )
        leaving.action_complete()
        self.assertEqual(self._customers(self.company_b), self.firm | self.buyer)
        self.assertFalse(self._customers(self.company_a))

    def test_end_of_jobs_releases_and_the_dealer(self):
        release = self.env["dealer.release"].create(
            {
                "dealer_id": self.dealer_a.id,
                "subject_id": self.env["dealer.release.subject"].search([], limit=1).id,
                "purpose_id": self.env["dealer.release.purpose"].search([], limit=1).id,
            }
        )
        release.with_user(self.principal_a).enabled = True
        future = self._create_staff(
            self.dealer_a,
            "role_salesperson",
            "Nell Lockhart",
            date_start=self.today + timedelta(days=9),
        )
        staff = self.dealer_a.staff_ids
        lines = len(staff)
        leaving = self._prepare(legal_ground="law", ground_reference="Court order 7")
        leaving.action_complete()
        self.assertEqual((self.dealer_a.state, leaving.state), ("terminated", "done"))
        self.assertEqual(self.dealer_a.state_reason, "Retires")
        self.assertEqual(len(self.dealer_a.staff_ids), lines, "history is kept")
        self.assertEqual((staff - future).mapped("date_end"), [self.today] * (lines - 1))
        self.assertEqual(future.date_end, future.date_start)
        self.assertFalse(release.enabled)
        self.assertEqual(self.subdealer_a.parent_id, self.dealer_b)
        self.assertIn(self.dealer_a, self.subdealer_a.affiliation_ids.parent_id)
        with self.assertRaisesRegex(UserError, "has ended"):
            leaving.action_complete()

    def test_rival_is_untouched_and_sees_nothing_of_it(self):
        leaving = self._prepare(legal_ground="law", ground_reference="Court order 7")
        self.assertFalse(
            self.env["dealer.leaving"].with_user(self.principal_b).search([("id", "=", leaving.id)])
        )
        leaving.action_complete()
        self.assertEqual(self.rivals_customer.company_id, self.company_b)
        self.assertEqual(self.dealer_b.state, "active")
        self.assertFalse(self.dealer_b.staff_ids.filtered("date_end"))

    def test_what_is_unticked_stays(self):
        leaving = self._prepare()
        leaving.item_ids.hand_over = False
        leaving.successor_id = False
        leaving.action_complete()
        self.assertEqual(self.dealer_a.state, "terminated")
        self.assertFalse(self._customers(self.company_b))
        self.assertEqual(self.subdealer_a.parent_id, self.dealer_a)

    def test_incomplete_leavings_are_refused(self):
        leaving = self._prepare(legal_ground="law", ground_reference="x")
        for values, text in (
            ({"reason": False}, "reason is missing"),
            ({"successor_id": False}, "choose a successor"),
            ({"date_end": self.today + timedelta(days=1)}, "works until"),
            ({"successor_id": self.importer.id}, "no company"),
        ):
            kept = {name: leaving[name] for name in values}
            leaving.write(values)
            with self.assertRaisesRegex(UserError, text):
                leaving.action_complete()
            leaving.write(
                {name: value.id if hasattr(value, "id") else value for name, value in kept.items()}
            )
        with self.assertRaises(ValidationError):
            leaving.successor_id = self.dealer_a

    def test_nothing_is_half_done(self):
        """The successor may not have the sub-dealer: customers are not handed over either."""
        leaving = self._prepare(legal_ground="law", ground_reference="x")
        point = self._create_dealer(
            "T-P",
            "Point",
            "type_service_point",
            company_id=self.env["res.company"].create({"name": "Company of Point"}).id,
        )
        leaving.successor_id = point
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            leaving.action_complete()
        self.assertFalse(self._customers(point.company_id))
        self.assertEqual(self.dealer_a.state, "active")

    def test_cancelled_leaving_changes_nothing(self):
        leaving = self._prepare()
        leaving.action_cancel()
        self.assertEqual((leaving.state, self.dealer_a.state), ("cancelled", "active"))
        self.assertNotEqual(self.dealer_a.action_leave()["res_id"], leaving.id)
