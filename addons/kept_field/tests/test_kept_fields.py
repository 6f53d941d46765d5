"""What a record keeps is refused to users and named; the superuser's code writes it."""

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestKeptFields(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "kept_user", groups="base.group_user")
        cls.Mixin = cls.env["kept.field.mixin"]

    def setUp(self):
        super().setUp()
        self.patch(type(self.Mixin), "_kept_fields", frozenset({"display_name"}))
        # an abstract model is nobody's to write; those who inherit it have access rules
        self.patch(type(self.Mixin), "check_access", lambda records, operation: None)

    def test_users_values_are_refused_by_label(self):
        with self.assertRaisesRegex(UserError, "Display Name"):
            self.Mixin.with_user(self.user)._check_not_kept(
                {"display_name": "mine", "id": 1}, "write"
            )

    def test_defaults_that_a_client_sends_back_are_no_values_of_its_own(self):
        sent = {"display_name": False, "id": 1}
        self.assertEqual(self.Mixin._beyond_defaults(sent), {"id": 1})
        self.assertEqual(self.Mixin._beyond_defaults({"display_name": "x"}), {"display_name": "x"})

    def test_other_fields_are_the_users(self):
        self.Mixin.with_user(self.user)._check_not_kept({"id": 1}, "write")

    def test_the_superusers_code_writes(self):
        self.Mixin._check_not_kept({"display_name": "ours"}, "write")

    def test_the_refusal_is_translated(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"].search([("name", "=", "kept_field")])._update_translations(
            ["fr_FR"]
        )
        french = self.Mixin.with_user(self.user).with_context(lang="fr_FR")
        with self.assertRaisesRegex(UserError, "renseigne"):
            french._check_not_kept({"display_name": "le mien"}, "write")
