from odoo import fields
from odoo.exceptions import RedirectWarning, ValidationError
from odoo.tests import tagged

from .common import GuardRailCase


@tagged("post_install", "-at_install")
class TestAction(GuardRailCase):
    def _method_rail(self, **vals):
        action = self.env["guard.rail.action"].create(
            {
                "name": "Leave today",
                "model": "dealer.staff",
                "kind": "method",
                "method": "action_leave",
                "shows": "date_end",
                **vals,
            }
        )
        return self.env["guard.rail"].create(
            {
                "name": "Leaving",
                "action_id": action.id,
                "competence_id": self.offer.id,
                "skill_level_id": self.level_alone.id,
            }
        )

    def test_any_method_of_a_button_is_guarded_by_data(self):
        colleague = self._create_staff(self.dealer_a, "role_marketer", "Colleague")
        rail = self._method_rail()
        mine = self._as(self.principal_a, colleague)
        with self.assertRaises(RedirectWarning):
            mine.action_leave()
        self.assertFalse(colleague.date_end)
        rail.active = False
        mine.action_leave()
        self.assertTrue(colleague.date_end)

    def test_a_confirmed_method_is_called_with_the_holders_rights(self):
        colleague = self._create_staff(self.dealer_a, "role_marketer", "Colleague")
        rail = self._method_rail()
        request = self._ask(self.principal_a, colleague, rail)
        self.holder.group_ids += self.env.ref("dealer_network.group_dealer_manager")
        request.with_user(self.holder).action_confirm()
        self.assertTrue(colleague.date_end)
        self.assertEqual(colleague.write_uid, self.holder)

    def test_several_buttons_are_one_action(self):
        colleague = self._create_staff(self.dealer_a, "role_marketer", "Colleague")
        rail = self._method_rail(method="action_leave, action_archive")
        mine = self._as(self.principal_a, colleague)
        for door in (mine.action_leave, mine.action_archive):
            with self.assertRaises(RedirectWarning):
                door()
        request = self._ask(self.principal_a, colleague, rail)
        self.holder.group_ids += self.env.ref("dealer_network.group_dealer_manager")
        request.with_user(self.holder).action_confirm()
        self.assertTrue(colleague.date_end, "the first one is carried out")

    def test_a_state_that_was_written_is_confirmed_by_the_method(self):
        colleague = self._create_staff(self.dealer_a, "role_marketer", "Colleague")
        rail = self._method_rail(values='{"date_end": ["2099-12-31"]}')
        with self.assertRaises(RedirectWarning) as caught:
            self._as(self.principal_a, colleague).write({"date_end": "2099-12-31"})
        payload = caught.exception.args[3]["default_payload"]
        request = self._ask(self.principal_a, colleague, rail, payload=payload)
        self.holder.group_ids += self.env.ref("dealer_network.group_dealer_manager")
        request.with_user(self.holder).action_confirm()
        self.assertEqual(colleague.date_end, fields.Date.today())

    def test_private_and_general_methods_are_not_on_the_list(self):
        for method in ("_check_links", "unlink", "write", "not a name"):
            with self.assertRaisesRegex(ValidationError, "Leave today"):
                self._method_rail(method=method)

    def test_fields_that_are_not_there_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "no_field"):
            self._method_rail(shows="no_field")
        with self.assertRaisesRegex(ValidationError, "JSON"):
            self._method_rail(values="{")

    def test_the_list_shipped_fits_what_is_installed(self):
        for action in self.env["guard.rail.action"].search([]):
            if action.model in self.env:
                self.assertTrue(action.installed, action.name)
                self.assertIsNone(action._problem(), action.name)

    def test_the_allow_list_is_the_administrators(self):
        for user in (self.principal_a, self.oem_manager):
            self.assertFalse(self.env["guard.rail.action"].with_user(user).has_access("write"))
            self.assertFalse(self.env["guard.rail"].with_user(user).has_access("write"))
        self.assertTrue(self.env["guard.rail"].with_user(self.oem_admin).has_access("write"))
