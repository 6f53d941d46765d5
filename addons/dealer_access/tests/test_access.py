from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import DealerAccessCase


@tagged("post_install", "-at_install")
class TestAccess(DealerAccessCase):
    """Every model of this add-on is in the registry of tenancy, and rivals get nothing."""

    def test_every_model_is_classified(self):
        models = (
            self.env["ir.model"]
            .search([])
            .filtered(lambda model: model.modules.startswith("dealer_access"))
        )
        self.assertIn("dealer.api.key", models.mapped("model"))
        policies = self.env["dealer.tenant.policy"]._policies()
        for model in models.mapped("model"):
            if model.startswith("dealer.") and not self.env[model]._abstract:
                self.assertIn(model, policies)

    def test_rules_are_global_two_party(self):
        for model in (
            "dealer.access.event",
            "dealer.api.key",
            "dealer.support.access",
            "dealer.support.access.log",
        ):
            rules = self.env["ir.rule"].search([("model_id.model", "=", model)])
            self.assertTrue(
                any("dealer_scope_ids" in rule.domain_force and rule["global"] for rule in rules),
                model,
            )

    def test_dealers_write_no_configuration(self):
        for model, values in (
            (
                "dealer.api.model",
                {"name": "x", "model": "dealer.api", "method": "x", "process": "x"},
            ),
            ("dealer.access.handover", {"model": "res.partner"}),
            ("dealer.api.key", {"name": "x"}),
            ("dealer.support.access", {"reason": "x", "dealer_id": self.dealer_a.id}),
        ):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.principal_a).create(values)

    def test_handover_list_is_closed_to_dealers(self):
        with self.assertRaises(AccessError):
            self.env["dealer.access.handover"].with_user(self.principal_a).search([])

    def test_login_fields_are_not_the_dealers_to_write(self):
        with self.assertRaises(AccessError):
            self.seller_a.with_user(self.principal_a).write({"active": False})
        with self.assertRaises(AccessError):
            self.seller_b.with_user(self.principal_a).write({"suspended_dealer_id": False})

    def test_own_dealer_form_reads(self):
        values = self.dealer_a.with_user(self.principal_a).read(
            ["login_count", "support_open_count", "api_key_count", "can_manage_staff"]
        )[0]
        self.assertEqual(values["login_count"], 2)
        self.assertTrue(values["can_manage_staff"])
        self.assertFalse(self.dealer_a.with_user(self.seller_a).can_manage_staff)
        self.assertTrue(self.dealer_b.with_user(self.oem_manager).can_manage_staff)
