from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DealerAccessCase


@tagged("post_install", "-at_install")
class TestAudit(DealerAccessCase):
    def test_sign_in_is_written_down(self):
        self.seller_a.password = "a long and good password"
        credential = {
            "type": "password",
            "login": self.seller_a.login,
            "password": "a long and good password",
        }
        self.env["res.users"].authenticate(credential, {"interactive": False})
        event = self._events("login_ok", user_id=self.seller_a)
        self.assertEqual(event.dealer_id, self.dealer_a)
        self.assertEqual(event.detail, "password")

    @mute_logger("odoo.addons.base.models.res_users")
    def test_refused_sign_in_survives_the_rollback_and_is_not_repeated(self):
        with self.enter_registry_test_mode():
            for login in (self.seller_a.login, self.seller_a.login, "my password by mistake"):
                self._refused(login)
        self.env.invalidate_all()
        self.assertEqual(len(self._events("login_failed", user_id=self.seller_a)), 1)
        self.assertEqual(len(self._events("login_failed")), 1, "unknown logins leave no trace")

    def _refused(self, login):
        """Fail to sign in; ``assertRaises`` would roll back what another cursor commits."""
        credential = {"type": "password", "login": login, "password": "wrong"}
        try:
            self.env["res.users"].authenticate(credential, {"interactive": False})
        except AccessDenied:
            return
        self.fail("A wrong password was accepted")

    def test_rights_are_written_down_whichever_way_they_change(self):
        group = self.env.ref("base.group_partner_manager")
        self.env.cr.flush()
        self.seller_a.with_user(self.env.ref("base.user_admin")).write(
            {"group_ids": [Command.link(group.id)]}
        )
        self.env.cr.flush()
        given = self._events("groups_changed", user_id=self.seller_a)
        self.assertIn("+ ", given.detail)
        self.assertEqual(given.actor_id, self.env.ref("base.user_admin"))
        group.write({"user_ids": [Command.unlink(self.seller_a.id)]})
        self.env.cr.flush()
        self.assertEqual(len(self._events("groups_changed", user_id=self.seller_a)), 2)
        role = self.env["res.users.role"].create(
            {"name": "Extra", "implied_ids": [Command.link(group.id)]}
        )
        self.seller_a.write({"role_line_ids": [Command.create({"role_id": role.id})]})
        self.env.cr.flush()
        self.assertEqual(len(self._events("groups_changed", user_id=self.seller_a)), 3)

    def test_a_change_taken_back_in_the_same_step_is_none(self):
        group = self.env.ref("base.group_partner_manager")
        self.env.cr.flush()
        self.seller_a.group_ids += group
        self.seller_a.group_ids -= group
        self.env.cr.flush()
        self.assertFalse(self._events("groups_changed", user_id=self.seller_a))

    def test_states_and_logins(self):
        self.dealer_a.with_user(self.oem_manager).action_suspend("Unpaid")
        event = self._events("state_changed", dealer_id=self.dealer_a)
        self.assertEqual(event.detail, "active → suspended")
        self.assertEqual(event.actor_id, self.oem_manager)
        self.assertTrue(self._events("user_archived", user_id=self.seller_a))

    def test_nobody_changes_or_deletes(self):
        event = self.Events._log("login_ok", self.seller_a)
        for env in (self.env, self.env(user=self.oem_admin), self.env(su=True)):
            with self.assertRaises(UserError):
                event.with_env(env).write({"detail": "x"})
            with self.assertRaises(UserError):
                event.with_env(env).unlink()
        with self.assertRaises(AccessError):
            self.Events.with_user(self.oem_admin).create({"event": "login_ok"})

    def test_principal_reads_own_dealer_only(self):
        mine = self.Events._log("login_ok", self.seller_a)
        rivals = self.Events._log("login_ok", self.seller_b)
        oems = self.Events._log("login_ok", self.oem_user)
        as_principal = self.Events.with_user(self.principal_a)
        seen = as_principal.search([])
        self.assertIn(mine, seen)
        self.assertFalse((rivals | oems) & seen)
        self.assertEqual(seen.dealer_id, self.dealer_a)
        with self.assertRaises(AccessError):
            rivals.with_user(self.principal_a).read(["detail"])
        seen = self.Events.with_user(self.oem_admin).search([])
        self.assertLessEqual(set((mine | rivals | oems).ids), set(seen.ids))
        for user in (self.seller_a, self.oem_user):
            with self.assertRaises(AccessError):
                self.Events.with_user(user).search([])

    def test_importer_does_not_read_its_dealers_trail(self):
        principal = self._create_staff_user(
            self.importer,
            "role_principal",
            "t_principal_imp",
            "dealer_network.group_dealer_manager",
        )
        self.dealer_a.share_with_parent = True
        event = self.Events._log("login_ok", self.seller_a)
        self.assertIn(self.dealer_a, principal.dealer_scope_ids)
        self.assertNotIn(event, self.Events.with_user(principal).search([]))
