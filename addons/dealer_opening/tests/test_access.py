from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import OpeningCase


@tagged("post_install", "-at_install")
class TestAccess(OpeningCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.candidate_user = cls._create_staff_user(
            cls.prospect, "role_principal", "t_candidate", "dealer_network.group_dealer_manager"
        )

    def test_dealer_sees_its_opening_and_ticks_its_side_only(self):
        opening = self._start()
        own = opening.with_user(self.candidate_user)
        self.assertEqual(own.milestone_ids.mapped("name"), ["Contract", "People", "Signs"])
        people, contract = (
            self._milestone(opening, name).with_user(self.candidate_user)
            for name in ("People", "Contract")
        )
        self.assertTrue(people.can_do)
        self.assertFalse(contract.can_do)
        with self.assertRaisesRegex(AccessError, "other side"):
            contract.action_done()
        people.action_done()
        self.assertEqual((people.state, people.done_user_id), ("done", self.candidate_user))
        for action in (people.action_reopen, contract.action_skip, own.action_cancel):
            with self.assertRaises(AccessError):
                action()
        for values in ({"state": "done"}, {"blocking": False}, {"side": "dealer"}):
            with self.assertRaises(AccessError):
                contract.write(values)

    def test_rival_sees_no_opening(self):
        opening = self._start()
        for user in (self.principal_a, self.seller_b):
            for records in (opening, opening.milestone_ids):
                seen = records.with_user(user)
                self.assertFalse(seen.search([("id", "in", seen.ids)]))
                with self.assertRaises(AccessError):
                    seen.read(["display_name"])
            with self.assertRaises(AccessError):
                self._milestone(opening, "People").with_user(user).action_done()

    def test_parent_that_shares_sees_but_does_not_tick(self):
        """A sub-dealer's milestone is for its own people, not for the dealer above."""
        template = self.template
        template.type_ids = False
        sub = self._create_dealer(
            "T-A9",
            "Shared",
            "type_subdealer",
            self.dealer_a,
            state="prospect",
            share_with_parent=True,
        )
        milestone = self._milestone(self._start(sub), "People").with_user(self.principal_a)
        self.assertEqual(milestone.name, "People")
        with self.assertRaises(AccessError):
            milestone.action_done()

    def test_area_manager_reads_only(self):
        opening = self._start().with_user(self.oem_user)
        self.assertTrue(opening.milestone_ids)
        with self.assertRaises(AccessError):
            opening.milestone_ids[0].action_done()
        with self.assertRaises(AccessError):
            opening.action_cancel()

    def test_templates_are_the_administrators(self):
        for user, allowed in ((self.oem_manager, False), (self.principal_a, False),
                              (self.oem_admin, True)):  # fmt: skip
            self.assertEqual(self.template.with_user(user).has_access("write"), allowed)
        self.assertFalse(self.template.with_user(self.principal_a).has_access("read"))

    def test_dealer_prepares_no_leaving(self):
        for user in (self.principal_a, self.seller_a):
            with self.assertRaises(AccessError):
                self.dealer_a.with_user(user).action_leave()
        leaving = self.env["dealer.leaving"].create({"dealer_id": self.dealer_a.id})
        leaving.action_collect()
        self.assertEqual(len(leaving.with_user(self.principal_a).item_ids), 2)
        with self.assertRaises(AccessError):
            leaving.with_user(self.principal_a).action_complete()
        with self.assertRaises(AccessError):
            leaving.with_user(self.seller_a).read(["reason"])
