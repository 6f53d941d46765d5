from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import GuardRailCase


@tagged("post_install", "-at_install")
class TestUndo(GuardRailCase):
    def _last(self, user, record=None):
        record = self.customer if record is None else record
        found = self._as(user, self.env["guard.undo"]).last(record._name, record.id)
        return self._as(user, self.env["guard.undo"]).browse(found and found["id"])

    def test_an_archived_customer_comes_back(self):
        self.customer.action_archive()
        change = self._last(self.seller_a)
        self.assertEqual(change.old_values, {"active": True})
        change.action_undo()
        self.assertTrue(self.customer.active)
        self.assertFalse(self._last(self.seller_a), "taking back is no change")
        event = self.env["guard.rail.event"].search([("event", "=", "undone")], limit=1)
        self.assertEqual(event.user_id, self.seller_a)

    def test_it_stands_for_a_day(self):
        self.customer.action_archive()
        change = self._last(self.seller_a)
        change.sudo().date = fields.Datetime.now() - timedelta(hours=25)
        self.assertFalse(self._last(self.seller_a))
        with self.assertRaisesRegex(UserError, "a day only"):
            change.action_undo()

    def test_what_somebody_changed_since_is_not_undone(self):
        self.customer.action_archive()
        change = self._last(self.seller_a)
        self.customer.with_user(self.holder).action_unarchive()
        with self.assertRaisesRegex(UserError, "changed by somebody"):
            change.action_undo()

    def test_taking_back_leaves_the_other_changes(self):
        if "crm.lead" not in self.env:
            self.skipTest("needs a record with more than one field that can be undone")
        self.seller_a.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
        teams = self.env["crm.team"].create(
            [
                {"name": name, "company_id": self.company_a.id, "member_ids": [(6, 0, users.ids)]}
                for name, users in (("One", self.seller_a), ("Two", self.holder))
            ]
        )
        lead = self.env["crm.lead"].create(
            {
                "name": "Deal",
                "company_id": self.company_a.id,
                "user_id": self.seller_a.id,
                "team_id": teams[1].id,
            }
        )
        mine = self._as(self.seller_a, lead)
        mine.user_id = self.holder
        assigned = self._last(self.seller_a, lead)
        lead.sudo().team_id = teams[0]
        lead.sudo().team_id = teams[1]
        mine.stage_id = mine.stage_id.search([("id", "!=", mine.stage_id.id)], limit=1)
        moved = self._last(self.seller_a, lead)
        assigned.action_undo()
        self.assertEqual((lead.user_id, lead.team_id), (self.seller_a, teams[1]))
        self.assertEqual(self._last(self.seller_a, lead), moved)

    def test_only_who_changed_it_takes_it_back(self):
        self.customer.action_archive()
        change = self._last(self.seller_a)
        self.assertFalse(self._last(self.holder))
        with self.assertRaises(AccessError):
            self._as(self.holder, change).action_undo()

    def test_a_change_that_changes_nothing_leaves_nothing(self):
        self.customer.write({"active": True})
        self.assertFalse(self._last(self.seller_a))
        self.customer.sudo().action_archive()
        self.assertFalse(self.env["guard.undo"].search([("res_id", "=", self.customer.id)]))

    def test_old_changes_are_forgotten(self):
        self.customer.action_archive()
        change = self._last(self.seller_a).sudo()
        change.date = fields.Datetime.now() - timedelta(days=3)
        self.env["guard.undo"]._gc_old()
        self.assertFalse(change.exists())
