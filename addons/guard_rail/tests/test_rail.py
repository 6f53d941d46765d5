from freezegun import freeze_time

from odoo.exceptions import AccessError, RedirectWarning, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import GuardRailCase


@tagged("post_install", "-at_install")
class TestRail(GuardRailCase):
    def test_without_the_competence_it_is_stopped_and_the_way_on_is_shown(self):
        with self.assertRaises(RedirectWarning) as caught:
            self.customer.unlink()
        message, action, _button, context = caught.exception.args
        self.assertIn("Customer", message)
        self.assertIn("Writes offers", message)
        self.assertEqual(action["res_model"], "guard.rail.request")
        self.assertEqual(context["default_res_ids"], str(self.customer.id))

    def test_the_warning_names_no_record_of_a_rival(self):
        """The rails look before the access rights do: a number must not buy a name."""
        self._needs_tenancy()
        with self.assertRaises(AccessError) as caught:
            self.customer.with_user(self.seller_b).unlink()
        self.assertNotIn("Customer", str(caught.exception))
        self.assertFalse(
            self.env["guard.rail.event"].search([("user_id", "=", self.seller_b.id)]),
            "nothing to tell the rival's principal about either",
        )

    def test_a_holder_passes(self):
        self.customer.with_user(self.holder).unlink()
        self.assertFalse(self.customer.exists())

    def test_a_level_too_low_does_not_do(self):
        self._gain(self.person_a, self.offer, self.level_knows)
        with self.assertRaises(RedirectWarning):
            self.customer.unlink()
        self._gain(self.person_a, self.offer)
        self.customer.unlink()

    def test_the_oem_and_the_system_are_not_bound(self):
        oem = self.env["res.partner"].create({"name": "Of the OEM"})
        self.oem_admin.group_ids = [Command.link(self.env.ref("base.group_partner_manager").id)]
        oem.with_user(self.oem_admin).unlink()
        self.customer.sudo().unlink()
        self.assertFalse((oem | self.customer).exists())

    def test_a_filter_lets_the_others_pass(self):
        self.rail.domain = "[('is_company', '=', True)]"
        self.customer.unlink()
        company = self._customer("Company", is_company=True)
        with self.assertRaises(RedirectWarning):
            company.unlink()

    def test_roles_that_are_not_bound_pass(self):
        self.rail.role_ids = self.env.ref("dealer_network.role_marketer")
        self.customer.unlink()

    def test_when_the_competence_expires_during_the_work_it_stops(self):
        with freeze_time("2026-03-01"):
            self.rail.write(
                {"competence_id": self.yearly.id, "skill_level_id": self.level_alone.id}
            )
            self._gain(self.person_a, self.yearly)
            first, second = self._customer("First"), self._customer("Second")
        with freeze_time("2027-02-28 10:00:00"):
            first.unlink()
        with freeze_time("2027-03-01 10:00:00"), self.assertRaises(RedirectWarning):
            second.unlink()

    def test_what_was_gained_elsewhere_counts_while_it_is_shared(self):
        self._gain(self.person_a, self.offer, dealer=self.dealer_b)
        with self.assertRaises(RedirectWarning):
            self.customer.unlink()
        share = self.env["dealer.passport.share"].create(
            {
                "person_id": self.person_a.id,
                "kind": "dealer",
                "dealer_id": self.dealer_a.id,
                "state": "allowed",
            }
        )
        self.env.flush_all()
        self.customer.check_access("unlink")
        share.state = "ended"
        with self.assertRaises(RedirectWarning):
            self.customer.unlink()

    def test_at_the_second_dealer_counts_what_is_held_there(self):
        self._work_at_b()
        self._gain(self.person_a, self.offer, dealer=self.dealer_a)
        theirs = self._customer_of_b()
        with self.assertRaises(RedirectWarning):
            self._as(self.seller_a, theirs).unlink()
        self._gain(self.person_a, self.offer, dealer=self.dealer_b)
        self._as(self.seller_a, theirs).unlink()
        self.assertFalse(theirs.exists())

    def test_archiving_is_archiving_by_every_door(self):
        self._rail("Archiving", "guard_rail.action_partner_archive")
        for door in (
            lambda: self.customer.action_archive(),
            lambda: self.customer.write({"active": False}),
            lambda: self.customer.write({"active": None}),
            lambda: self.customer.write({"active": ""}),
            lambda: self.customer.web_save({"active": False}, {}),
            lambda: setattr(self.customer, "active", False),
        ):
            with self.assertRaises(RedirectWarning):
                door()
        self.customer.write({"name": "Renamed"})
        self.assertTrue(self.customer.active)

    def test_a_record_that_is_born_as_the_action_leaves_it_is_stopped(self):
        self._rail("Archiving", "guard_rail.action_partner_archive")
        customers = self._as(self.seller_a, self.env["res.partner"])
        for values, context in (
            ({"name": "Born archived", "active": False}, {}),
            ({"name": "Born archived"}, {"default_active": False}),
        ):
            with self.assertRaisesRegex(UserError, "Born archived.*Writes offers"):
                customers.with_context(**context).create(values)
        self.assertTrue(customers.create({"name": "In use"}))

    def test_what_comes_along_decides_too(self):
        self._rail(
            "Archiving",
            "guard_rail.action_partner_archive",
            domain="[('ref', '=like', 'HQ%')]",
        )
        with self.assertRaises(RedirectWarning):
            self.customer.write({"active": False, "ref": "HQ 1"})
        office = self._customer("Head office", ref="HQ 2")
        with self.assertRaises(RedirectWarning):
            office.write({"active": False, "ref": "A 2"})
        self._rail(
            "Archiving companies",
            "guard_rail.action_partner_archive",
            domain="[('is_company', '=', True)]",
        )
        company = self._customer("Company", is_company=True)
        with self.assertRaises(RedirectWarning):
            # stock writes this field with all rights, before the others
            company.write({"active": False, "is_company": False})
        self.customer.write({"active": False, "comment": "Moved away"})
        self.assertFalse(self.customer.active)

    def test_a_record_is_not_taken_out_of_the_filter_first(self):
        rail = self._rail(
            "Archiving companies",
            "guard_rail.action_partner_archive",
            domain="[('is_company', '=', True), ('ref', '!=', False)]",
        )
        company = self._customer("Company", is_company=True, ref="C 1")
        for values in ({"is_company": False}, {"company_type": "person"}, {"ref": False}):
            with self.assertRaises(UserError) as caught:
                company.write(values)
            self.assertRegex(str(caught.exception), "Company.*Writes offers.*Archiving companies")
        self.assertTrue(company.is_company)
        company.ref = "C 2"  # still found
        self.customer.is_company = True  # nothing that the filter finds yet
        self.customer.is_company = False
        company.with_user(self.holder).is_company = False
        company.sudo().is_company = True
        rail.guards_leaving = False
        company.is_company = False
        self.assertFalse(company.is_company)

    def test_leaving_the_filter_names_no_record_of_a_rival(self):
        self._needs_tenancy()
        self._rail(
            "Archiving", "guard_rail.action_partner_archive", domain="[('is_company', '=', True)]"
        )
        company = self._customer("Company", is_company=True)
        with self.assertRaises(AccessError) as caught:
            company.with_user(self.seller_b).is_company = False
        self.assertNotIn("Company", str(caught.exception))

    def test_what_a_related_value_is_read_from_is_not_changed_first(self):
        action = self.env["guard.rail.action"].create(
            {
                "name": "Retitle a customer",
                "model": "res.partner",
                "kind": "write",
                "field_names": "function",
            }
        )
        parent = self._customer("Head office", ref="HQ", is_company=True)
        child = self._customer("Branch", parent_id=parent.id)
        rail = self.env["guard.rail"].create(
            {
                "name": "Branches of a customer",
                "action_id": action.id,
                "domain": "[('parent_name', '=', 'Head office')]",
                "competence_id": self.offer.id,
                "skill_level_id": self.level_alone.id,
            }
        )
        self.assertEqual(rail._leaving_names(rail._domain_names()), {"parent_id"})
        with self.assertRaisesRegex(UserError, "Branch"):
            child.parent_id = False

    def test_lines_are_how_much_a_record_is_and_may_be_changed(self):
        rail = self._rail(
            "Archiving",
            "guard_rail.action_partner_archive",
            domain="[('child_ids.ref', '=', 'HQ')]",
        )
        self.assertFalse(rail._leaving_names(rail._domain_names()))

    def test_an_archived_customer_is_guarded_as_well(self):
        self.rail.domain = "[('is_company', '=', True)]"
        company = self._customer("Company", is_company=True)
        company.action_archive()
        with self.assertRaises(RedirectWarning):
            company.unlink()

    def test_a_filter_on_what_is_written_looks_at_the_old_value_and_the_new(self):
        action = self.env["guard.rail.action"].create(
            {
                "name": "Change the reference",
                "model": "res.partner",
                "kind": "write",
                "field_names": "ref",
                "on_create": True,
            }
        )
        self.env["guard.rail"].create(
            {
                "name": "References of the head office",
                "action_id": action.id,
                "domain": "[('ref', '=like', 'HQ%')]",
                "competence_id": self.offer.id,
                "skill_level_id": self.level_alone.id,
            }
        )
        with self.assertRaises(RedirectWarning):
            self.customer.ref = "HQ 1"
        with self.assertRaises(UserError):
            self._customer("Of the head office", ref="HQ 2")
        self.customer.ref = "A 1"
        self.customer.sudo().ref = "HQ 1"
        with self.assertRaises(RedirectWarning):
            self.customer.ref = "A 2"
        self.assertEqual(self.customer.ref, "HQ 1")

    def test_a_batch_of_a_thousand_costs_one_query_more(self):
        customers = (
            self.env["res.partner"]
            .create(
                [{"name": f"C {n}", "company_id": self.customer.company_id.id} for n in range(1000)]
            )
            .with_user(self.seller_a)
        )
        rail = self._rail(
            "Archiving",
            "guard_rail.action_partner_archive",
            domain="[('is_company', '=', True)]",
        )
        checks = self.env["guard.rail"].with_user(self.seller_a)
        checks._check_write(customers, {"active": False})
        self.env.flush_all()
        for vals in ({"active": False}, {"active": False, "is_company": False}):
            customers.invalidate_recordset()
            with self.assertQueryCount(1):
                inside = checks._check_write(customers, vals)
                checks._check_written(customers, vals, inside)
        self._gain(self.person_a, self.offer)
        checks._check_write(customers[:1], {"active": False})
        with self.assertQueryCount(0):
            checks._check_write(customers, {"active": False})
        self.assertTrue(rail)

    def test_a_switched_off_rail_lets_pass(self):
        self.rail.active = False
        self.customer.unlink()

    def test_a_rail_that_cannot_work_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "Deleting"):
            self.rail.domain = "[('no_field', '=', 1)]"
        scale = self.env["hr.skill.type"].create(
            {
                "name": "Another scale",
                "skill_ids": [Command.create({"name": "x"})],
                "skill_level_ids": [Command.create({"name": "Half", "level_progress": 50})],
            }
        )
        with self.assertRaisesRegex(ValidationError, "Deleting"):
            self.rail.skill_level_id = scale.skill_level_ids
